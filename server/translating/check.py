"""Says what is wrong with a catalogue: missing, stale, not checked, or broken words.

It compares with a template made now, from the code as it stands; it never changes a catalogue.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message

from server.translating.catalogues import Locale, forms_of

_PLACEHOLDER = re.compile(r"\{\w+\}|%\(\w+\)[sd]")
_MARKUP = re.compile(r"<[^<>]*>|&\w+;|[<>]")
_DIGITS = re.compile(r"\d+")
# Controls that turn the direction of everything after them. Isolates are fine when each is closed again.
_OVERRIDES = re.compile("[\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}]")
_OPENERS = re.compile("[\N{LEFT-TO-RIGHT ISOLATE}-\N{FIRST STRONG ISOLATE}]")
_CLOSER = "\N{POP DIRECTIONAL ISOLATE}"
# Words on buttons and chips must fit: longer than this many times the English, they break on a 320 px screen.
LONGEST = 2.2
_SHORT = 30
# Only plural forms that stand for one or two exact numbers may leave the number out.
_MAY_OMIT = {"zero", "one", "two"}


@dataclass(frozen=True)
class Fault:
    """One thing to mend: what kind, in which message, and what to do about it."""

    kind: str
    message: str
    advice: str

    def __str__(self) -> str:
        return f"{self.kind}: “{self.message}” {self.advice}".rstrip()


def faults(template: Catalog, catalogue: Catalog, locale: Locale) -> Iterator[Fault]:
    """Everything to mend in one catalogue, held against a fresh template of the same domain."""
    expected = {_key(message): message for message in template if message.id}
    held = {_key(message): message for message in catalogue if message.id}
    if catalogue.num_plurals != len(locale.plurals):
        yield Fault("plurals", "header", f"has {catalogue.num_plurals} forms, not {len(locale.plurals)}")
    for key in held.keys() - expected.keys():
        yield Fault("stale", key, "is no longer said: run heed words update")
    earlier = [_key(message) for message in catalogue.obsolete.values() if message.id]
    for key, wanted in expected.items():
        message = held.get(key)
        if message is None or not any(forms_of(message)):
            near = difflib.get_close_matches(key, earlier, n=1, cutoff=0.8)
            yield Fault("missing", key, f"(before: “{near[0]}”)" if near else "")
        elif message.fuzzy:
            yield Fault("fuzzy", key, "needs a look, then remove the mark")
        elif _english(message) != _english(wanted):
            yield Fault("stale", key, "has another English plural now: run heed words update")
        else:
            yield from _broken(key, message, locale)


def _broken(key: str, message: Message, locale: Locale) -> Iterator[Fault]:
    english = _english(message)
    forms = forms_of(message)
    categories: tuple[str, ...] = locale.plurals if len(english) > 1 else ("other",)
    if len(forms) != len(categories) or not all(forms):
        yield Fault("plurals", key, f"needs {len(categories)} forms: {', '.join(categories)}")
        return
    for category, form in zip(categories, forms, strict=True):
        for kind, advice in _faults_of(english, form, category, locale):
            yield Fault(kind, key, f"({category}) {advice}" if len(english) > 1 else advice)


def _faults_of(english: tuple[str, ...], form: str, category: str, locale: Locale) -> Iterator[tuple[str, str]]:
    source = english[-1]
    wanted, given = set(_PLACEHOLDER.findall(source)), set(_PLACEHOLDER.findall(form))
    if given - wanted or (wanted - given and not (len(english) > 1 and category in _MAY_OMIT)):
        yield "placeholders", f"must hold {sorted(wanted)}, holds {sorted(given)}"
    if form != form.strip():
        yield "spaces", "has a space or line break at an end"
    if sorted(_MARKUP.findall(form)) != sorted(_MARKUP.findall(source)):
        yield "markup", "must hold the same markup as the English, and no other"
    if _OVERRIDES.search(form) or len(_OPENERS.findall(form)) != form.count(_CLOSER):
        yield "direction", "holds a control that turns the direction of what follows"
    elif locale.dir == "ltr" and _OPENERS.search(form):
        yield "direction", "needs no direction controls"
    if len(english) == 1 and sorted(_DIGITS.findall(form)) != sorted(_DIGITS.findall(source)):
        yield "numbers", "must hold the same numbers, in the digits 0 to 9"
    if len(source) <= _SHORT and len(form) > max(12, LONGEST * len(source)):
        yield "too long", f"has {len(form)} letters where the English has {len(source)}"


def _english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _key(message: Message) -> str:
    return _english(message)[0]
