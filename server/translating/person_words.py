"""The words for the person: one domain of their own, offered in a language only when all of them are there.

Consent wording must never leave here in a translation that no speaker has checked: phones are not even given it.
"""

import functools
from collections.abc import Iterator
from typing import Any

from server.screening.cards import comments_of
from server.screening.definitions import CONTENT, shipped
from server.translating import catalogues, pseudo
from server.translating.catalogues import SOURCE, Locale
from server.translating.word_keys import KeysCollide, key_of

DOMAIN = "cards"
#: A line of the language picker: the first thing that somebody reads who knows no English.
_MINE = "card.language.mine"
_CHECKED = frozenset({"source", "checked by a speaker", "checked by two"})
_TURNS = {"sign": "A yes means that the sign is there", "no_sign": "A yes means that the sign is NOT there"}


class NotOffered(LookupError):
    """The safety set of this language is not complete."""


def messages() -> Iterator[tuple[str, str, list[str]]]:
    """Every message of the safety set: where it stands, its English, and what translators are told of it."""
    comments = comments_of(CONTENT / "cards.yaml")
    for name, card in cards()["messages"].items():
        last = ["Shown only from a translation that a speaker has checked."] if card["checked_only"] else []
        yield "server/screening/content/cards.yaml", card["text"], [f"{name}: {comments[name]}", *last]
    for name, sign in _asked().items():
        turned = f"{_TURNS[sign['person_yes_means']]}: keep it so."
        about = f"{name}: a question to the person. {turned} The worker is asked: {sign['question']}"
        yield "server/screening/content/indicators.yaml", sign["person_question"], [about]


def cards() -> dict[str, Any]:
    """The definition of the cards."""
    return next(one for one in shipped().values() if one["kind"] == "cards")


@functools.cache
def languages() -> tuple[Locale, ...]:
    """The languages that can be offered to the person: English, and each whose safety set is complete."""
    known = catalogues.known_locales()
    wanted = {english for _place, english, _comments in messages()}
    offered = [known[SOURCE]]
    offered += [locale for tag, locale in known.items() if tag != SOURCE and wanted <= _said(tag).keys()]
    if pseudo.wanted():
        offered.append(catalogues.locale(pseudo.TAG))
    return tuple(offered)


def mine(locale: Locale) -> str:
    """“This is my language.” in a language on offer."""
    english = str(cards()["messages"][_MINE]["text"])
    return _told(locale.tag).get(english, english)


def words(tag: str) -> dict[str, Any]:
    """The words for the person as phones are given them: {locale, dir, state, messages}, by the key of the English.

    `state` is that of the safety set. English holds none: it stands for itself. Raises NotOffered, KeysCollide.
    """
    chosen = next((one for one in languages() if one.tag == tag), None)
    if chosen is None:
        raise NotOffered(tag)
    guarded = {one["text"] for one in cards()["messages"].values() if one["checked_only"]}
    owners: dict[str, str] = {}
    told: dict[str, str] = {}
    for english, said in _told(tag).items():
        if english in guarded and chosen.cards not in _CHECKED:
            continue
        key = key_of(english)
        if owners.setdefault(key, english) != english:
            raise KeysCollide(f"{english!r} and {owners[key]!r}")
        told[key] = said
    return {"locale": chosen.tag, "dir": chosen.dir, "state": chosen.cards, "messages": told}


def _told(tag: str) -> dict[str, str]:
    if tag == SOURCE:
        return {}
    wanted = {english for _place, english, _comments in messages()}
    if tag == pseudo.TAG:
        return {english: pseudo.disguise(english) for english in sorted(wanted)}
    return {english: said for english, said in _said(tag).items() if english in wanted}


def _said(tag: str) -> dict[str, str]:
    """English to its translation, without what is missing or uncertain."""
    found = {}
    for message in catalogues.catalogue(tag, DOMAIN):
        if message.id and not message.fuzzy and all(catalogues.forms_of(message)):
            found[catalogues.english_of(message)[0]] = catalogues.forms_of(message)[0]
    return found


def _asked() -> dict[str, dict[str, Any]]:
    """Every sign with a question for the person, of all checklists, by its id."""
    return {
        name: sign
        for definition in shipped().values()
        if definition["kind"] == "checklist"
        for name, sign in definition["indicators"].items()
        if "person_question" in sign
    }
