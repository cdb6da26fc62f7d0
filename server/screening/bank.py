"""The indicator bank: every sign a checklist may ask about, loaded and checked once.

A sign is a prompt about what a worker saw or was told. Who a person is (nationality, ethnicity, language,
immigration status, religion, sex work, a refusal to answer) must never become one.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.reading import ContentError

ELEMENTS = ("act", "means", "purpose", "context", "vulnerability")
MARKS = frozenset(
    {
        "danger",
        "threat",
        "lawful_alone",
        "labour_standard",
        "child_soft",
        "parent_exempt",
        "unscored",
        "observe_only",
    }
)
TYPES = frozenset(
    {
        "labour",
        "sexual",
        "child-sexual",
        "criminal",
        "domestic-servitude",
        "organ-removal",
        "forced-marriage",
        "forced-begging",
        "financial-or-benefit",
        "other",
    }
)
PLACE_GROUPS = frozenset({"conditions", "money-or-papers", "movement-or-housing", "control"})
STRENGTHS = frozenset({"strong", "medium", "weak"})
STRENGTH_LISTS = frozenset({"adult_labour", "child_labour", "adult_sexual", "child_sexual"})
CHECKED = frozenset({"to be confirmed", "confirmed"})

_REQUIRED = (
    "id",
    "question",
    "why",
    "look_for",
    "element",
    "weight",
    "applies_to",
    "types",
    "sectors",
    "evidence",
    "source",
    "checked",
)
_OPTIONAL = (
    "label",
    "person_question",
    "person_yes_means",
    "also_element",
    "decisive",
    "marks",
    "place_group",
    "ilo_item",
    "note",
)


@dataclass(frozen=True)
class Indicator:
    """One sign of the bank; empty text where it carries no such field. Fields as in
    content/indicators.yaml."""

    id: str
    label: str
    question: str
    why: str
    look_for: str
    person_question: str
    person_yes_means: str
    elements: tuple[str, ...]
    weight: int
    decisive: str
    marks: frozenset[str]
    applies_to: str
    place_group: str
    ilo_item: str
    types: tuple[str, ...]
    sectors: tuple[str, ...]
    evidence: str
    source: str
    checked: str

    @property
    def ilo_dimension(self) -> str:
        """The ILO dimension that its ILO item belongs to, or an empty text."""
        return self.ilo_item.partition(".")[0]


@dataclass(frozen=True)
class Bank:
    """All signs by id, in bank order, and the published strengths of the ILO items they answer to."""

    version: int
    indicators: dict[str, Indicator]
    ilo_strengths: dict[str, dict[str, str]]


def load_bank(folder: Path) -> Bank:
    """The bank from indicators.yaml and ilo-items.yaml in `folder`.

    Raises ContentError, with file and key, for anything missing, unknown or contradictory.
    """
    ilo_strengths = _ilo_strengths(folder / "ilo-items.yaml")
    path = folder / "indicators.yaml"
    file = path.name
    whole = reading.read_yaml(path)
    reading.only_keys(whole, ("version", "state", "source_keys", "indicators"), (), file, "(top)")
    indicators: dict[str, Indicator] = {}
    for index, entry in enumerate(reading.items(whole["indicators"], file, "indicators")):
        indicator = _indicator(entry, ilo_strengths, file, f"indicators[{index}]")
        if indicator.id in indicators:
            raise ContentError(file, indicator.id, "stands in the bank twice")
        indicators[indicator.id] = indicator
    return Bank(reading.integer(whole["version"], file, "version"), indicators, ilo_strengths)


def _ilo_strengths(path: Path) -> dict[str, dict[str, str]]:
    whole = reading.read_yaml(path)
    reading.only_keys(whole, ("version", "state", "items"), (), path.name, "(top)")
    strengths: dict[str, dict[str, str]] = {}
    for name, found in reading.mapping(whole["items"], path.name, "items").items():
        key = f"items.{name}"
        reading.only_keys(reading.mapping(found, path.name, key), (), STRENGTH_LISTS, path.name, key)
        strengths[name] = {
            which: reading.one_of(value, STRENGTHS, path.name, f"{key}.{which}") for which, value in found.items()
        }
    return strengths


def _indicator(entry: Any, ilo_strengths: dict[str, dict[str, str]], file: str, place: str) -> Indicator:
    fields = reading.mapping(entry, file, place)
    key = reading.text(fields.get("id"), file, f"{place}.id")
    reading.only_keys(fields, _REQUIRED, _OPTIONAL, file, key)

    def word(name: str, allowed: frozenset[str], *, needed: bool = True) -> str:
        if name not in fields and not needed:
            return ""
        return reading.one_of(fields[name], allowed, file, f"{key}.{name}")

    def words(name: str, allowed: frozenset[str]) -> tuple[str, ...]:
        found = reading.texts(fields.get(name, []), file, f"{key}.{name}")
        return tuple(reading.one_of(value, allowed, file, f"{key}.{name}") for value in found)

    def prose(name: str) -> str:
        return reading.text(fields[name], file, f"{key}.{name}") if name in fields else ""

    if ("person_question" in fields) != ("person_yes_means" in fields):
        raise ContentError(file, f"{key}.person_yes_means", "a person question and what its yes means go together")
    elements = (word("element", frozenset(ELEMENTS)), *words("also_element", frozenset(ELEMENTS)))
    if len(set(elements)) != len(elements):
        raise ContentError(file, f"{key}.also_element", "repeats an element of the same sign")
    marks = frozenset(words("marks", MARKS))
    applies_to = word("applies_to", frozenset({"adult", "child", "both", "place"}))
    if "person_question" in fields and ("observe_only" in marks or applies_to in {"child", "place"}):
        raise ContentError(
            file, f"{key}.person_question", "is never put to a child, at a place, or for an observed sign"
        )
    weight = reading.integer(fields["weight"], file, f"{key}.weight")
    if not 0 <= weight <= 3:
        raise ContentError(file, f"{key}.weight", "must be from 0 to 3")
    return Indicator(
        id=key,
        label=prose("label"),
        question=prose("question"),
        why=prose("why"),
        look_for=prose("look_for"),
        person_question=prose("person_question"),
        person_yes_means=word("person_yes_means", frozenset({"sign", "no_sign"}), needed=False),
        elements=elements,
        weight=weight,
        decisive=word("decisive", frozenset({"strong", "some"}), needed=False),
        marks=marks,
        applies_to=applies_to,
        place_group=word("place_group", PLACE_GROUPS, needed=False),
        ilo_item=word("ilo_item", frozenset(ilo_strengths), needed=False),
        types=words("types", TYPES),
        sectors=tuple(reading.texts(fields["sectors"], file, f"{key}.sectors")),
        evidence=word("evidence", frozenset({"observed", "disclosed", "either"})),
        source=prose("source"),
        checked=word("checked", CHECKED),
    )
