"""What changed between two versions of the content: words, rules, versions, and results on the practice cases.

Content is changed as data, with a new version, never silently: what changed and kept its version is said first.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.authoring.diff_parts import leaves, rules_changed, wording_changed
from server.screening.authoring.practice_cases import Outcome, PracticeCase, load_cases, outcome
from server.screening.compiling import Key, compiled
from server.screening.own_content import SHIPPED, content
from server.screening.screen import NoSuchRoute

# How many places of a changed file are named before it is cut short.
_MOST_NAMED = 6
_SOURCES = ("*.yaml", "checklists/*.yaml", "pathways/*.yaml", "areas/*.json")


@dataclass(frozen=True)
class Version:
    """One version of the content. `sources` are the files it was compiled from, where those are at hand."""

    definitions: Mapping[Key, Mapping[str, Any]]
    sources: Mapping[str, Mapping[str, Any]]
    cases: list[PracticeCase]


@dataclass(frozen=True)
class Changes:
    """What changed, a sentence each."""

    not_raised: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    wording: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)

    def told(self) -> Iterator[tuple[str, list[str]]]:
        """Headings with what stands under them; one heading alone when nothing changed."""
        headings = {
            "Changed, and no version was raised: raise it, and write why": self.not_raised,
            "Versions": self.versions,
            "Words": self.wording,
            "Rules": self.rules,
            "Results on the practice cases": self.results,
        }
        if not any(headings.values()):
            yield "Nothing changed.", []
            return
        for heading, lines in headings.items():
            yield f"{heading} ({len(lines)})", lines


@contextmanager
def opened(folder: Path) -> Iterator[Version]:
    """A version in a folder: definitions as JSON, a whole content folder, or one to lay over ours. Raises
    ContentError."""
    held = sorted(folder.glob("*.json"))
    if held:
        found = [reading.read_json(path) for path in held]
        definitions = {(one.get("kind", "?"), one.get("id", "?")): one for one in found}
        yield Version(definitions, {}, load_cases(SHIPPED))
        return
    with content(folder) as whole:
        sources = {
            str(path.relative_to(whole)): reading.read_json(path) if path.suffix == ".json" else reading.read_yaml(path)
            for pattern in _SOURCES
            for path in sorted(whole.glob(pattern))
        }
        yield Version(compiled(whole), sources, load_cases(whole) if "practice-cases.yaml" in sources else [])


def compare(old: Version, new: Version) -> Changes:
    """Everything that changed from `old` to `new`. The cases are those of `new`, or of `old` where it has none."""
    changes = Changes()
    for kind, name in sorted(old.definitions.keys() | new.definitions.keys()):
        before, after = old.definitions.get((kind, name)), new.definitions.get((kind, name))
        called = f"{kind} {name}"
        if before is None or after is None:
            changes.versions.append(f"{called}: {'new' if before is None else 'gone'}")
        elif before != after:
            told = (_numbered(before), _numbered(after))
            changes.versions.append(f"{called}: {told[0]} -> {told[1]}")
            changes.not_raised.extend(_kept_its_version(called, before, after))
    changes.not_raised.extend(_sources_not_raised(old.sources, new.sources))
    changes.wording.extend(wording_changed(old.definitions, new.definitions))
    changes.rules.extend(rules_changed(old.definitions, new.definitions))
    for case in new.cases or old.cases:
        was, now = _result(case, old), _result(case, new)
        if was != now:
            changes.results.extend(_told(case, was, now))
    return changes


def _numbered(definition: Mapping[str, Any]) -> str:
    number = f"version {definition['version']}"
    return f"{number}, signs {definition['bank_version']}" if "bank_version" in definition else number


def _kept_its_version(called: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """A sign belongs to the bank, what a checklist says of itself to the checklist. What is compiled from shared rules
    shows in the sources only."""
    if "bank_version" not in before:
        if before["version"] == after.get("version"):
            yield f"{called}: version {before['version']} stands for two different texts"
        return
    both = before["indicators"].keys() & after["indicators"].keys()
    signs = [sign for sign in both if before["indicators"][sign] != after["indicators"][sign]]
    if signs and before["bank_version"] == after["bank_version"]:
        yield f"{called}: signs {before['bank_version']} stands for two different texts: {', '.join(sorted(signs))}"
    if before["version"] == after["version"] and _own(before) != _own(after):
        yield f"{called}: version {before['version']} stands for two different lists"


def _own(checklist: Mapping[str, Any]) -> dict[str, Any]:
    shared = {"format", "bank_version", "indicators", "asks", "show_card", "routes", "parts", "route_order"}
    asked = {route: body["sections"] for route, body in checklist["routes"].items()}
    parts = {
        part: {**body, "routes": {route: joined["sections"] for route, joined in body["routes"].items()}}
        for part, body in checklist["parts"].items()
    }
    return {**{key: value for key, value in checklist.items() if key not in shared}, "asked": asked, "in_parts": parts}


def _sources_not_raised(old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name in sorted(old.keys() & new.keys()):
        before, after = old[name], new[name]
        if before != after and "version" in before and before["version"] == after.get("version"):
            places = sorted({".".join(place[:2]) for place, _ in leaves(before).items() ^ leaves(after).items()})
            named = ", ".join(places[:_MOST_NAMED]) + (", ..." if len(places) > _MOST_NAMED else "")
            yield f"{name}: changed ({named}), still version {before['version']}"


def _result(case: PracticeCase, version: Version) -> Outcome | str:
    checklist = version.definitions.get(("checklist", case.checklist))
    pathway = next(
        (
            one
            for (kind, _), one in version.definitions.items()
            if kind == "pathway" and case.nation in one["jurisdictions"]
        ),
        None,
    )
    if checklist is None or pathway is None:
        return "cannot be asked: its checklist or its nation is not there"
    if checklist["format"] != 2:
        return f"cannot be asked: format {checklist['format']}"
    try:
        return outcome(case, checklist, pathway)
    except NoSuchRoute as refused:
        return f"cannot be asked: {refused}"


def _told(case: PracticeCase, was: Outcome | str, now: Outcome | str) -> Iterator[str]:
    if isinstance(was, str) or isinstance(now, str):
        before, after = (one if isinstance(one, str) else one.concern for one in (was, now))
        yield f"{case.id}: {before} -> {after}"
        return
    for name in ("concern", "could_be"):
        before, after = getattr(was, name), getattr(now, name)
        if before != after:
            yield f"{case.id}: {name} {before} -> {after} (its writer says {case.expert})"
    for sign, actions, other in (("-", was.actions, now.actions), ("+", now.actions, was.actions)):
        yield from (f"{case.id}: {sign} {action}" for action in actions if action not in other)
    if sorted(was.actions) == sorted(now.actions) and was.actions != now.actions:
        yield f"{case.id}: the same actions in another order: {', '.join(now.actions)}"
