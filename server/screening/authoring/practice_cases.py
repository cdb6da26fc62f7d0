"""The practice cases of content/practice-cases.yaml: invented situations with the answers of somebody who reads them
well.

They are the fixed cases on which two versions of the content are compared. They prove that a rule changed, never
that it is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.concern import LEVELS
from server.screening.screen import screen

_ANSWERED = ("checklist", "setting", "nation", "facts", "yes")
_EXPECTED = ("expert", "concern", "could_be", "actions")
_TOLD = ("title", "you_are", "vignette", "why", "common_slips", "feedback")
_OPTIONAL = ("no", "leave_unknown", "cautions")

Definition = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What a case comes to; `actions` are texts of action and urgency, in their order."""

    concern: str
    could_be: str
    actions: list[str]


@dataclass(frozen=True)
class PracticeCase:
    """One case. `answers` are those of a good reader, `expert` the level that its writer would give, `expected` what
    the content that it travels with makes of it."""

    id: str
    checklist: str
    setting: str
    nation: str
    facts: dict[str, Any]
    answers: dict[str, str]
    leave_unknown: list[str]
    expert: str
    expected: Outcome


def load_cases(content: Path) -> list[PracticeCase]:
    """The cases of a content folder, in their order. Raises ContentError, with file and key."""
    path = content / "practice-cases.yaml"
    file = path.name
    whole = reading.read_yaml(path)
    reading.only_keys(whole, ("version", "state", "cases"), (), file, "(top)")
    return [
        _case(reading.mapping(entry, file, f"cases[{index}]"), file, f"cases[{index}]")
        for index, entry in enumerate(reading.items(whole["cases"], file, "cases"))
    ]


def outcome(case: PracticeCase, checklist: Definition, pathway: Definition) -> Outcome:
    """What a case comes to by these definitions. Raises NoSuchRoute."""
    result = screen(checklist, pathway, case.answers, {**case.facts, "setting": case.setting})
    actions = [f"{entry['action']} {entry['urgency']}" for entry in result["actions"]]
    return Outcome(result["concern"], result["could_be"], actions)


def _case(entry: dict[str, Any], file: str, key: str) -> PracticeCase:
    reading.only_keys(entry, ("id", *_ANSWERED, *_EXPECTED, *_TOLD), _OPTIONAL, file, key)
    for name in ("title", "you_are", "vignette", "why", "feedback"):
        reading.text(entry[name], file, f"{key}.{name}")
    reading.texts(entry["common_slips"], file, f"{key}.common_slips")
    answers = {}
    for index, sign in enumerate(reading.items(entry["yes"], file, f"{key}.yes")):
        reading.only_keys(
            reading.mapping(sign, file, f"{key}.yes[{index}]"), ("id", "known"), (), file, f"{key}.yes[{index}]"
        )
        answers[reading.text(sign["id"], file, f"{key}.yes[{index}].id")] = "yes"
    answers |= dict.fromkeys(reading.texts(entry.get("no", []), file, f"{key}.no"), "no")
    return PracticeCase(
        id=reading.text(entry["id"], file, f"{key}.id"),
        checklist=reading.text(entry["checklist"], file, f"{key}.checklist"),
        setting=reading.text(entry["setting"], file, f"{key}.setting"),
        nation=reading.text(entry["nation"], file, f"{key}.nation"),
        facts=reading.mapping(entry["facts"], file, f"{key}.facts"),
        answers=answers,
        leave_unknown=reading.texts(entry.get("leave_unknown", []), file, f"{key}.leave_unknown"),
        expert=reading.one_of(entry["expert"], LEVELS, file, f"{key}.expert"),
        expected=Outcome(
            reading.one_of(entry["concern"], LEVELS, file, f"{key}.concern"),
            reading.one_of(entry["could_be"], LEVELS, file, f"{key}.could_be"),
            reading.texts(entry["actions"], file, f"{key}.actions"),
        ),
    )
