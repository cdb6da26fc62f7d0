"""The signs of a referral, by what they say about trafficking, with how each is known. What was not asked,
what was declined and what is unknown are never put together.
"""

from dataclasses import dataclass
from typing import Any

from server.inbox import words
from server.locale import content
from server.screening.narrowing import asked_of

PILLARS = ("act", "means", "purpose")


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign in its own words, and how the worker knows of it (empty unless it was a yes)."""

    label: str
    known: str


@dataclass(frozen=True, slots=True)
class Element:
    """`state` is full, open (something could still show it) or empty."""

    name: str
    state: str
    signs: list[Sign]


@dataclass(frozen=True, slots=True)
class Answered:
    """All signs that got the same answer."""

    answer: str
    labels: list[str]


@dataclass(frozen=True, slots=True)
class Signs:
    """`elements` hold what was answered yes, `others` everything else; `by_code` is true when the sender's
    list is not known here, and signs can only be shown by their codes."""

    elements: list[Element]
    others: list[Answered]
    by_code: bool


def signs_of(coded: dict[str, Any], checklist: dict[str, Any] | None, result: dict[str, Any] | None) -> Signs:
    """Arrange the answers. In: the coded part; the sender's checklist and the server's screening, or None."""
    answers: dict[str, dict[str, Any]] = coded["answers"]
    indicators: dict[str, dict[str, Any]] = checklist["indicators"] if checklist else {}
    asked = _asked(coded, checklist, result)
    yes = [name for name in asked if _answer(answers, name) == "yes"]
    elements = [_element(pillar, yes, answers, indicators, result) for pillar in PILLARS]
    around = [name for name in yes if not set(indicators.get(name, {}).get("elements", ())) & set(PILLARS)]
    if around:
        elements.append(Element(words.element("other"), "full", [_sign(n, answers, indicators) for n in around]))
    others = [
        Answered(
            words.answer(code),
            [label_of(name, indicators) for name in asked if _answer(answers, name) == code],
        )
        for code in ("dont_know", "declined", "not_asked", "no")
    ]
    return Signs(elements, [group for group in others if group.labels], by_code=checklist is None)


def label_of(name: str, indicators: dict[str, dict[str, Any]]) -> str:
    """A sign's short statement in the page's language; its code where it is not known here."""
    return content(indicators[name]["label"]) if name in indicators else name


def _asked(coded: dict[str, Any], checklist: dict[str, Any] | None, result: dict[str, Any] | None) -> list[str]:
    """Every sign of the way through the list that was taken, then whatever else was sent."""
    asked = asked_of(checklist, result["route"], coded["setting"]) if checklist and result else {}
    items: list[str] = list(asked.get("items", ()))
    return items + [name for name in coded["answers"] if name not in items]


def _element(
    pillar: str,
    yes: list[str],
    answers: dict[str, Any],
    indicators: dict[str, dict[str, Any]],
    result: dict[str, Any] | None,
) -> Element:
    mine = [name for name in yes if pillar in indicators.get(name, {}).get("elements", ())]
    state = result["elements"][pillar]["state"] if result else "full" if mine else "open"
    return Element(words.element(pillar), state, [_sign(name, answers, indicators) for name in mine])


def _sign(name: str, answers: dict[str, Any], indicators: dict[str, dict[str, Any]]) -> Sign:
    how = [words.known(code) for code in answers[name].get("known", ())]
    return Sign(label_of(name, indicators), " · ".join(how))


def _answer(answers: dict[str, Any], name: str) -> str:
    return str(answers.get(name, {}).get("answer", "not_asked"))
