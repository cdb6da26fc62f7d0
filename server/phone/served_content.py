"""What phones are given to work with: definitions in bundles, words by language, and the index that names
both.

It is made once in a process, of public content only. Every file is named by its hash and never changes.
"""

import functools
import hashlib
import json
from dataclasses import dataclass
from typing import Any

import brotli

from server.screening import definitions
from server.screening.canonical import canonical_json
from server.translating import catalogues, person_words, word_keys

# Brotli's slowest: each file is compressed once and sent to every phone.
_BROTLI_QUALITY = 11


class NoSuchFile(LookupError):
    """No content file has this name; the index names those there are."""


@dataclass(frozen=True)
class ContentFile:
    """One immutable file. `name` is what stands in the index's `url`, after `content/`."""

    name: str
    hash: str
    body: bytes

    @functools.cached_property
    def brotli(self) -> bytes:
        """The body compressed, made at its first use so that a start is quick."""
        return bytes(brotli.compress(self.body, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY))


def file_named(name: str) -> ContentFile:
    """A content file by its name. Raises NoSuchFile."""
    found = _files().get(name)
    if found is None:
        raise NoSuchFile
    return found


@functools.cache
def index() -> ContentFile:
    """The index: what there is, by hash. It is part of every first load, so what a bundle holds stands in the bundle
    alone."""
    shipped = definitions.shipped()
    found = {
        "published": _published(shipped),
        "oldest_supported": 1,
        "bundles": [({"nation": nation} if nation else {}) | _named(file) for nation, file in _bundles()],
        "words": _words_index(),
        "person_words": _named(_person_list()),
        "withdrawn_contacts": definitions.withdrawn(),
    }
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return ContentFile(name="index", hash=hashlib.sha256(body).hexdigest(), body=body)


@functools.cache
def _bundles() -> list[tuple[str, ContentFile]]:
    """The file of each bundle, with the nation that it is for ("" for all)."""
    shipped = definitions.shipped()
    return [
        (bundle.nation, _file("definitions", {key: shipped[key] for key in bundle.holds}))
        for bundle in definitions.bundles()
    ]


@functools.cache
def _words() -> dict[str, list[ContentFile]]:
    return {
        locale.tag: [_file(f"words.{locale.tag}", word_keys.packed(part)) for part in word_keys.in_parts(locale.tag)]
        for locale in catalogues.locales()
    }


def _words_index() -> list[dict[str, Any]]:
    return [
        {"locale": locale.tag, "autonym": locale.autonym, "dir": locale.dir, "state": locale.state}
        | _named(_words()[locale.tag][0])
        | {"more": _named(_words()[locale.tag][1]), "abroad": _named(_words()[locale.tag][2])}
        for locale in catalogues.locales()
    ]


@functools.cache
def _person_words() -> dict[str, ContentFile]:
    """The words for the person by language; English needs none, it stands for itself."""
    tags = [locale.tag for locale in person_words.languages() if locale.tag != catalogues.SOURCE]
    return {tag: _file(f"person.{tag}", person_words.words(tag)) for tag in tags}


@functools.cache
def _person_list() -> ContentFile:
    """The languages that the person can choose, in a file of its own: the first load does without it."""
    found = []
    for locale in person_words.languages():
        words = _person_words().get(locale.tag)
        told = {"locale": locale.tag, "autonym": locale.autonym, "dir": locale.dir, "state": locale.cards}
        found.append(told | {"mine": person_words.mine(locale)} | (_named(words) if words else {}))
    return _file("person", {"languages": found})


def _named(file: ContentFile) -> dict[str, Any]:
    return {"hash": file.hash, "url": f"content/{file.name}"}


@functools.cache
def _files() -> dict[str, ContentFile]:
    files = [file for _nation, file in _bundles()] + [file for parts in _words().values() for file in parts]
    files += [_person_list(), *_person_words().values()]
    return {file.name: file for file in files}


def _file(prefix: str, value: Any) -> ContentFile:
    body = canonical_json(value)
    digest = hashlib.sha256(body).hexdigest()
    return ContentFile(name=f"{prefix}.{digest}.json", hash=digest, body=body)


def _published(shipped: dict[str, dict[str, Any]]) -> str:
    """The newest day on which a contact of this content was checked: that is how old what the phone says may
    be."""
    days = [
        str(contact["checked_on"])
        for definition in shipped.values()
        for contact in definition.get("contacts", {}).values()
        if "checked_on" in contact
    ]
    return max(days, default="")
