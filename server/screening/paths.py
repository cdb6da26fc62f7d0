"""Proves, over every setting and all facts that its predicates can tell apart, that a compiled checklist can be walked:
each sign is reached, each path ends, and nobody is asked what must not be asked of them.

It looks at every case and never at a sample: no finding is a proof.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from server.screening.bank import Bank
from server.screening.narrowing import asked_of
from server.screening.pathway import holds
from server.screening.satisfiable import tests_in
from server.screening.sections import KINDS, LONGEST, LONGEST_FOR_SPECIALISTS

Definition = Mapping[str, Any]
Facts = dict[str, str]

# What must be asked at once after a yes on a sign with the mark; the second only where the person may be a child.
_ASKED_AT_ONCE = {"danger": "danger", "parent_exempt": "parent_care"}
# Stands for every value that no predicate names, and for a fact that nobody gave.
_ANY_OTHER = "(any other)"
# A setting that is no part; the part of no checklist may have this name.
NO_PART = "any"


class Finding(NamedTuple):
    """What is wrong with a checklist: its file, the place in it, and a sentence."""

    file: str
    key: str
    problem: str


class Path(NamedTuple):
    """One way through a checklist. `facts` and `setting` lead to it; `asked` holds its sections and items."""

    facts: Facts
    setting: str
    route: str
    asked: Definition

    @property
    def is_adult(self) -> bool:
        """Whether the person is known to be 18 or over. A place is nobody."""
        return self.facts["subject"] == "person" and self.facts["age"] == "adult"

    @property
    def key(self) -> str:
        """Where it stands in the checklist."""
        return self.route if self.setting == NO_PART else f"{self.setting} ({self.route})"


def findings(checklist: Definition, bank: Bank) -> list[Finding]:
    """Everything that is wrong with the paths of a compiled checklist; empty when it is proven sound.

    The same thing under many facts is said once, with the first of them.
    """
    every = list(paths(checklist))
    found = [*_wrong_routes(checklist), *_wrong_show_card(checklist)]
    for path in every:
        found += [(key, problem, path.facts) for key, problem in _wrong_on(path, checklist, bank)]
    found += [(key, problem, {}) for key, problem in _never(checklist, every)]
    first: dict[tuple[str, str], Facts] = {}
    for key, problem, facts in found:
        first.setdefault((key, problem), facts)
    file = f"{checklist['id']}.yaml"
    return [Finding(file, key, f"{problem}{_said(facts)}") for (key, problem), facts in first.items()]


def paths(checklist: Definition) -> Iterator[Path]:
    """Every path: each set of facts that can be told apart, with each part and with none."""
    for facts in _all_facts(checklist):
        route = next(iter(_routes_for(checklist, facts)), None)
        for setting in (NO_PART, *checklist["parts"]):
            if route:
                yield Path(facts, setting, route, asked_of(checklist, route, setting))


def can_fire(checklist: Definition, ask: Definition) -> bool:
    """Whether any path asks a sign after which `ask` opens."""
    return any(_opens(ask, path) and _marked(checklist, path, ask["mark"]) for path in paths(checklist))


# (key, problem); and the facts that show it, where it is not found on a path.
_Problem = tuple[str, str]
_ProblemOf = tuple[str, str, Facts]


def _wrong_routes(checklist: Definition) -> Iterator[_ProblemOf]:
    for facts in _all_facts(checklist):
        held = _routes_for(checklist, facts)
        if len(held) > 1:
            yield f"routes.{held[1]}.when", f"holds together with {held[0]}", facts
        for route in held:
            if not any(holds(entry["when"], {}, facts) for entry in checklist["routes"][route]["ladders"]):
                yield f"routes.{route}.ladders", "none of them decides", facts
    for name, part in checklist["parts"].items():
        for route in part["routes"].keys() - checklist["routes"].keys():
            yield f"parts.{name}.routes.{route}", "is no route of the checklist", {}


def _wrong_show_card(checklist: Definition) -> Iterator[_ProblemOf]:
    wanted = {"subject": "person", "age": "adult", "contact": "in_person"}
    for facts in _all_facts(checklist):
        if holds(checklist["show_card"], {}, facts) and not wanted.items() <= facts.items():
            yield "show_card", "turns the phone round to somebody who is no adult that was met", facts


def _wrong_on(path: Path, checklist: Definition, bank: Bank) -> Iterator[_Problem]:
    sections, items = path.asked["sections"], path.asked["items"]
    walked = [sign for section in sections for sign in section["indicators"]]
    most = LONGEST_FOR_SPECIALISTS if checklist["specialist"] else LONGEST
    if walked != items:
        yield path.key, "the items are not the signs of its sections in their order"
    if len(items) > most:
        yield path.key, f"{len(items)} signs; nobody answers more than {most}"
    kinds = [section["kind"] for section in sections]
    if kinds != sorted(kinds, key=KINDS.index):
        yield path.key, f"sections must be in the order {', '.join(KINDS)}"
    if "told" in kinds and not path.is_adult:
        yield path.key, "asks somebody who is not known to be an adult"
    for sign in checklist["routes"][path.route]["items"]:
        if sign not in items:
            yield path.key, f"leaves out {sign!r}, which the checklist asks everybody"
    for sign in dict.fromkeys(walked):
        if walked.count(sign) > 1:
            yield path.key, f"{sign!r} is asked twice, so that the path goes in a circle"
        if sign not in checklist["indicators"]:
            yield path.key, f"{sign!r} is not described"
        else:
            yield from _wrong_sign(sign, path, checklist, bank)


def _wrong_sign(sign: str, path: Path, checklist: Definition, bank: Bank) -> Iterator[_Problem]:
    whom = bank.indicators[sign].applies_to if sign in bank.indicators else "nobody in the bank"
    fits = "place" if path.facts["subject"] == "place" else "adult" if path.is_adult else "child"
    if whom not in (fits, "both"):
        yield path.key, f"{sign!r} is a sign for {whom}, and is asked where it must be for {fits}"
    if fits == "place" and "person_question" in checklist["indicators"][sign]:
        yield f"indicators.{sign}", "has a question for the person, and at a place nobody is asked"
    opened = {(ask["mark"], ask["fact"]) for ask in checklist["asks"] if _opens(ask, path)}
    for mark in checklist["indicators"][sign]["marks"]:
        needed = _ASKED_AT_ONCE.get(mark) if mark != "parent_exempt" or fits == "child" else None
        if needed and (mark, needed) not in opened:
            yield f"{path.key}.{sign}", f"carries the mark {mark}, and its yes does not ask for {needed}"


def _never(checklist: Definition, every: list[Path]) -> Iterator[_Problem]:
    """What stands in the checklist and no path comes to."""
    reached = {sign for path in every for sign in path.asked["items"]}
    for sign in checklist["indicators"].keys() - reached:
        yield f"indicators.{sign}", "is never reached"
    taken = {(path.setting, path.route) for path in every}
    for route, body in checklist["routes"].items():
        if (NO_PART, route) not in taken:
            yield f"routes.{route}", "is never taken"
        for entry in body["ladders"]:
            if not any(path.route == route and holds(entry["when"], {}, path.facts) for path in every):
                yield f"routes.{route}.ladders.{entry['name']}", "never decides"
    joined = {(name, route) for name, part in checklist["parts"].items() for route in part["routes"]}
    for name, route in sorted(joined - taken):
        yield f"parts.{name}.routes.{route}", "is never asked"
    for ask in checklist["asks"]:
        if not can_fire(checklist, ask):
            yield f"asks.{ask['fact']}", "never opens"


def _routes_for(checklist: Definition, facts: Facts) -> list[str]:
    return [route for route in checklist["route_order"] if holds(checklist["routes"][route]["when"], {}, facts)]


def _opens(ask: Definition, path: Path) -> bool:
    return holds(ask["when"], {}, path.facts)


def _marked(checklist: Definition, path: Path, mark: str) -> bool:
    signs = checklist["indicators"]
    return any(mark in signs[sign]["marks"] for sign in path.asked["items"] if sign in signs)


def _all_facts(checklist: Definition) -> Iterator[Facts]:
    """One of every sort of facts that the predicates of the checklist can tell apart."""
    routes = checklist["routes"].values()
    predicates = [checklist["show_card"], *(route["when"] for route in routes)]
    predicates += [entry["when"] for route in routes for entry in route["ladders"]]
    predicates += [ask["when"] for ask in checklist["asks"]]
    values: dict[str, list[str]] = {"subject": ["person", "place"], "age": ["adult"], "contact": ["in_person"]}
    for predicate in predicates:
        for fact, named in tests_in(predicate, {}):
            values.setdefault(fact, []).extend(named)
    names = sorted(values)
    for chosen in product(*([*dict.fromkeys(values[name]), _ANY_OTHER] for name in names)):
        yield dict(zip(names, chosen, strict=True))


def _said(facts: Facts) -> str:
    named = ", ".join(f"{name} {value}" for name, value in facts.items() if value != _ANY_OTHER)
    return f" ({named})" if named else ""
