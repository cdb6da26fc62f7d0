"""The catalogues as they stand on disk, ready to be shown: words for the phone, translations for the inbox.

Must never show a fuzzy or empty entry: where a translation is missing, the English text is shown instead.
"""

import functools
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale as CldrLocale
from babel.core import UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from server.translating import pseudo

SOURCE = "en"
DOMAINS = ("phone", "inbox", "cards")
# What a language needs before people at work are offered it; the words for the person are a matter of their own.
_AT_WORK = ("phone", "inbox")
# Where the words stand: the two places a catalogue folder can be, in a checkout and inside the wheel.
_PLACES = (Path(__file__).parents[2] / "translations", Path(__file__).with_suffix(""))


class NoTranslationsFolder(RuntimeError):
    """Neither the checkout nor the installed package holds a translations folder."""


class UnknownLocale(LookupError):
    """The locale asked for is not one of those offered."""


@dataclass(frozen=True)
class Locale:
    """A language people can choose, with what must be said about its words.

    `tag` is the BCP 47 tag used in folder names and on the wire, `dir` is "ltr" or "rtl", `state` is one of
    "source", "draft by machine", "checked by a speaker", "checked by two" or "for testing".
    `cards` is the state of the words for the person: they are read and checked by themselves.
    `plurals` are the CLDR categories in the order of the gettext plural index.
    """

    tag: str
    autonym: str
    dir: str
    state: str
    plurals: tuple[str, ...]
    cards: str = "draft by machine"


@functools.cache
def translations_folder() -> Path:
    """The folder that holds locales.json and one folder a language. Raises NoTranslationsFolder."""
    for place in _PLACES:
        if (place / "locales.json").is_file():
            return place
    raise NoTranslationsFolder("No translations/locales.json beside the server package: reinstall Heed.")


@functools.cache
def known_locales() -> dict[str, Locale]:
    """Every language listed in translations/locales.json, by tag, also those without a catalogue yet."""
    listed = json.loads((translations_folder() / "locales.json").read_text("utf-8"))["locales"]
    return {
        entry["tag"]: Locale(
            tag=entry["tag"],
            autonym=entry["autonym"],
            dir=entry["dir"],
            state=entry.get("state", "draft by machine"),
            plurals=tuple(entry["plurals"]),
            cards="source" if entry["tag"] == SOURCE else entry.get("cards", "draft by machine"),
        )
        for entry in listed
    }


def po_file(tag: str, domain: str) -> Path:
    """Where the catalogue of one language and domain is, whether or not it exists."""
    return translations_folder() / tag / "LC_MESSAGES" / f"{domain}.po"


@functools.cache
def catalogue(tag: str, domain: str) -> Catalog:
    """One catalogue, read once per process. An absent file gives an empty catalogue."""
    path = po_file(tag, domain)
    if not path.is_file():
        return Catalog(locale=cldr(tag), domain=domain)
    with path.open("rb") as stream:
        return read_po(stream, locale=cldr(tag), domain=domain)


def cldr(tag: str) -> CldrLocale | None:
    """The CLDR data of a tag, or None where Babel has none."""
    try:
        return CldrLocale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@functools.cache
def locales() -> tuple[Locale, ...]:
    """The languages on offer: English first, then in listed order each language that people at work can use whole.

    The pseudo-language en-XA joins them only when HEED_PSEUDO_LOCALE is set (see pseudo.py).
    """
    known = known_locales()
    offered = [known[SOURCE]]
    offered += [
        locale for tag, locale in known.items() if tag != SOURCE and all(po_file(tag, d).is_file() for d in _AT_WORK)
    ]
    if pseudo.wanted():
        offered.append(Locale(pseudo.TAG, "[Ëñğļîšĥ]", "ltr", "for testing", known[SOURCE].plurals))
    return tuple(offered)


def locale(tag: str) -> Locale:
    """One of the languages on offer. Raises UnknownLocale."""
    for offered in locales():
        if offered.tag == tag:
            return offered
    raise UnknownLocale(tag)


def english_of(message: Message) -> tuple[str, str | None]:
    """The English of one entry: its text, and its plural or None."""
    return (message.id, None) if isinstance(message.id, str) else (message.id[0], message.id[1])


def forms_of(message: Message) -> tuple[str, ...]:
    """The translation of one entry: one text, or the plural forms in order; empty texts where it has none."""
    given = (message.string,) if isinstance(message.string, str) else message.string
    return tuple(form or "" for form in given or ("",))


@functools.cache
def english(domain: str) -> tuple[tuple[str, str | None], ...]:
    """Every English message of a domain, as the catalogues hold them, with its plural or None."""
    messages: dict[str, str | None] = {}
    for tag in known_locales():
        for message in catalogue(tag, domain):
            if message.id:
                messages.setdefault(*english_of(message))
    return tuple(sorted(messages.items()))


@functools.cache
def sources(domain: str) -> dict[str, frozenset[str]]:
    """Every English message of a domain with the source files that say it, as the catalogues name them."""
    found: dict[str, frozenset[str]] = {}
    for tag in known_locales():
        for message in catalogue(tag, domain):
            if message.id:
                english_text = english_of(message)[0]
                said_in = frozenset(path for path, _line in message.locations)
                found[english_text] = found.get(english_text, frozenset()) | said_in
    return found


def words(tag: str) -> dict[str, Any]:
    """The phone's words in one language, as the wire carries them (architecture.md, 6).

    Gives {locale, dir, state, categories, messages}; `messages` maps the English text to its translation, or
    to the list of plural forms in the order of `categories`; English holds plural forms only. Raises
    UnknownLocale.
    """
    chosen = locale(tag)
    messages: dict[str, str | list[str]] = {}
    if tag == SOURCE:
        messages = {one: [one, other] for one, other in english("phone") if other is not None}
    elif tag == pseudo.TAG:
        messages = {
            one: pseudo.disguise(one) if other is None else [pseudo.disguise(one), pseudo.disguise(other)]
            for one, other in english("phone")
        }
    else:
        for message in catalogue(tag, "phone"):
            forms = forms_of(message)
            if not message.id or message.fuzzy or not all(forms):
                continue
            one, other = english_of(message)
            messages[one] = forms[0] if other is None else list(forms)
    return {
        "locale": chosen.tag,
        "dir": chosen.dir,
        "state": chosen.state,
        "categories": list(chosen.plurals),
        "messages": messages,
    }


@functools.cache
def translations(tag: str, domain: str) -> NullTranslations:
    """What gettext needs to translate one domain ("inbox", or "phone" for the words of definitions).

    English and unknown tags give the texts back unchanged.
    """
    if tag == pseudo.TAG and pseudo.wanted():
        return pseudo.Disguise()
    if tag == SOURCE or tag not in known_locales():
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(tag, domain))
    compiled.seek(0)
    return Translations(compiled, domain)
