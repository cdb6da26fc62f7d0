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
from server.translating import catalogues, word_keys

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
    """The index: what there is, by hash, with sizes in bytes before compression."""
    shipped = definitions.shipped()
    holders = {held: bundle for bundle in _bundles() for held in bundle["holds"]}
    found = {
        "published": _published(shipped),
        "oldest_supported": 1,
        "bundles": [_told(bundle) for bundle in _bundles()],
        "definitions": [
            _told(
                {
                    "kind": definition["kind"],
                    "id": definition["id"],
                    "version": definition["version"],
                    "hash": key,
                    "url": holders[key]["url"],
                    "bytes": len(canonical_json(definition)),
                    "first": holders[key]["first"],
                }
            )
            for key, definition in shipped.items()
        ],
        "words": _words_index(),
        "withdrawn_contacts": [],
    }
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return ContentFile(name="index", hash=hashlib.sha256(body).hexdigest(), body=body)


def _told(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "file"}


@functools.cache
def _bundles() -> list[dict[str, Any]]:
    shipped = definitions.shipped()
    found = []
    for name, first, holds in definitions.bundles():
        file = _file("definitions", {key: shipped[key] for key in holds})
        found.append({"name": name, "first": first, "holds": holds, "file": file} | _named(file))
    return found


@functools.cache
def _words() -> dict[str, tuple[ContentFile, ContentFile]]:
    found = {}
    for locale in catalogues.locales():
        first, rest = word_keys.in_two(locale.tag)
        found[locale.tag] = _file(f"words.{locale.tag}", first), _file(f"words.{locale.tag}", rest)
    return found


def _words_index() -> list[dict[str, Any]]:
    return [
        {"locale": locale.tag, "autonym": locale.autonym, "dir": locale.dir, "state": locale.state}
        | _named(_words()[locale.tag][0])
        | {"more": _named(_words()[locale.tag][1])}
        for locale in catalogues.locales()
    ]


def _named(file: ContentFile) -> dict[str, Any]:
    return {"hash": file.hash, "url": f"content/{file.name}", "bytes": len(file.body)}


@functools.cache
def _files() -> dict[str, ContentFile]:
    files = [bundle["file"] for bundle in _bundles()] + [file for parts in _words().values() for file in parts]
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
