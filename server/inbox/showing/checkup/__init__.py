"""Findings of the checkup as an administrator reads them: what was looked at, what was found, what to do. It leaves no
finding out, also none that it has no words for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from babel.numbers import format_decimal

from server.inbox import times
from server.inbox.showing.checkup.of_hosts import HOSTS
from server.inbox.showing.checkup.of_people import PEOPLE
from server.inbox.showing.checkup.of_upkeep import UPKEEP
from server.inbox.showing.checkup.said import Said
from server.locale import _, ngettext
from server.services.checkup.finding import FAULT, GOOD, LOOK, UNSEEN, WRONG, Finding

# So many teams are named; a nation's list would bury the rest of the page.
MOST_NAMED = 20

_WORDS = {**HOSTS, **PEOPLE, **UPKEEP}
_ICONS = {WRONG: "stop", LOOK: "search", UNSEEN: "hold", GOOD: "done"}
_TAGS = {WRONG: "red", LOOK: "amber", UNSEEN: "heather", GOOD: ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One finding. `advice` is empty when it is good. `named`: teams, each with its organisation and a number in words;
    `more`: how many are not named."""

    title: str
    found: str
    advice: str
    named: Sequence[tuple[str, str, str]]
    more: int


@dataclass(frozen=True, slots=True)
class Part:
    """The findings of one state, with its word, icon and tag."""

    state: str
    word: str
    icon: str
    tag: str
    lines: Sequence[Line]


def parts_of(findings: Iterable[Finding]) -> list[Part]:
    """The findings by state, in the order they came in."""
    return [
        Part(state, _state(state), _ICONS[state], _TAGS[state], [_line(one) for one in found])
        for state, found in groupby(findings, key=lambda one: one.state)
    ]


def said_of(finding: Finding) -> Said:
    """The words of a finding, with its numbers and times in them."""
    said = _WORDS[finding.about](finding)
    if finding.found == FAULT:
        return Said(said.title, _("This could not be looked at."), _fault_advice())
    facts = {name: _shown(fact) for name, fact in finding.facts.items()}
    return Said(said.title, said.found % facts if facts else said.found, said.advice % facts if facts else said.advice)


def _line(finding: Finding) -> Line:
    said = said_of(finding)
    named = [
        (one.team or one.organisation, one.organisation if one.team else "", _people(one.people))
        for one in finding.places
    ]
    return Line(said.title, said.found, said.advice, named[:MOST_NAMED], max(0, len(named) - MOST_NAMED))


def _people(number: int | None) -> str:
    return "" if number is None else ngettext("%(num)s person", "%(num)s people", number)


def _shown(fact: int | str | datetime) -> str:
    """A time, a number or an address in the page's language; an address keeps its direction (Unicode's isolates)."""
    if isinstance(fact, datetime):
        return times.absolute(fact)
    return f"\u2066{fact}\u2069" if isinstance(fact, str) else str(format_decimal(fact, locale=times.cldr_locale()))


def _state(state: str) -> str:
    return {
        WRONG: _("Wrong"),
        LOOK: _("Look at this"),
        UNSEEN: _("Not checked"),
        GOOD: _("Good"),
    }[state]


def _fault_advice() -> str:
    return _("Open this page again. If it stays so, look into the server’s log.")
