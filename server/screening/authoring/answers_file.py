"""Answers to one check, read from a file that a person or a program wrote (docs/checklists.md, "Answers").

It holds coded answers and facts only. There is no place in it for a name or a note, and a key it does not know is
refused.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from server.screening import reading
from server.screening.reading import ContentError

ANSWERS = ("yes", "no", "dont_know", "declined", "not_asked")
KNOWN = ("seen", "heard", "person_said", "other_said")
# Facts that no pathway declares, and that decide all the same.
ASIDE = {"parent_care": ("yes", "no", "unknown"), "raised": ("some", "strong")}

Definition = Mapping[str, Any]


@dataclass(frozen=True)
class Answered:
    """One check as its file has it; `checklist` and `nation` are empty where the file does not name them."""

    file: str
    checklist: str
    nation: str
    facts: dict[str, str | list[str]]
    answers: dict[str, str]
    known: dict[str, list[str]] = field(default_factory=dict)


def read_answers(text: str, file: str) -> Answered:
    """The answers in a YAML or JSON text; `file` is what messages call it.

    Raises ContentError, with the key, for what is not of the form. Signs, facts and values are looked at by `check`.
    """
    whole = reading.parse_yaml(text, file)
    reading.only_keys(whole, ("answers",), ("checklist", "nation", "setting", "facts"), file, "(top)")
    facts: dict[str, str | list[str]] = {}
    for name, value in reading.mapping(whole.get("facts", {}), file, "facts").items():
        key = f"facts.{name}"
        facts[name] = reading.texts(value, file, key) if isinstance(value, list) else reading.text(value, file, key)
    if "setting" in whole:
        facts["setting"] = reading.text(whole["setting"], file, "setting")
    answers, known = {}, {}
    for sign, value in reading.mapping(whole["answers"], file, "answers").items():
        key = f"answers.{sign}"
        if isinstance(value, dict):
            reading.only_keys(value, ("answer",), ("known",), file, key)
            known[sign] = [
                _one_of(one, KNOWN, file, f"{key}.known")
                for one in reading.texts(value.get("known", []), file, f"{key}.known")
            ]
            value = value["answer"]
        answers[sign] = _one_of(value, ANSWERS, file, key)
    return Answered(
        file,
        reading.text(whole["checklist"], file, "checklist") if "checklist" in whole else "",
        reading.text(whole["nation"], file, "nation") if "nation" in whole else "",
        facts,
        answers,
        known,
    )


def check(given: Answered, checklist: Definition, pathway: Definition) -> None:
    """Raises ContentError, with the key and the nearest name, for a sign, setting, fact or value that neither the
    checklist nor the pathway has: a misspelt one must not be screened as not asked."""
    file = given.file
    for sign in given.answers:
        _named(sign, checklist["indicators"], file, f"answers.{sign}", f"a sign of the checklist {checklist['id']!r}")
    for name, value in given.facts.items():
        if name == "setting":
            if value != "any":
                _named(value, checklist["parts"], file, "setting", f"a part of the checklist {checklist['id']!r}")
            continue
        facts = {known: body["values"] for known, body in pathway["facts"].items()} | ASIDE
        _named(name, facts, file, f"facts.{name}", f"a fact of the pathway {pathway['id']!r}")
        is_set = "set" in pathway["facts"].get(name, {})
        if is_set != isinstance(value, list):
            raise ContentError(file, f"facts.{name}", "must be a list" if is_set else "must be one word, not a list")
        for one in value if isinstance(value, list) else [value]:
            _one_of(one, facts[name], file, f"facts.{name}")
    subject = given.facts.get("subject", checklist["subject"])
    if subject != checklist["subject"]:
        raise ContentError(
            file, "facts.subject", f"this checklist is about a {checklist['subject']}; choose another one"
        )


def nearest(name: object, there: Collection[str]) -> str:
    """The end of a message: the names most like `name`, or all of them when none is."""
    like = get_close_matches(str(name), there, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(like)}?" if like else f"use one of {', '.join(sorted(there))}"


def _named(name: object, there: Collection[str], file: str, key: str, what: str) -> None:
    if name not in there:
        said = nearest(name, there) if there else "it has none: leave the key out"
        raise ContentError(file, key, f"{name!r} is not {what}; {said}")


def _one_of(value: object, allowed: Collection[str], file: str, key: str) -> str:
    if isinstance(value, str) and value in allowed:
        return value
    raise ContentError(file, key, f"{value!r} is not known; use one of {', '.join(allowed)}")
