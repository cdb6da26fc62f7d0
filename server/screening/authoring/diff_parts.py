"""The differences of compiled definitions, apart: what is read on a screen, and what decides. Each is a sentence
that names its place."""

from collections.abc import Iterator, Mapping
from typing import Any

Definitions = Mapping[tuple[str, str], Mapping[str, Any]]
Path = tuple[str, ...]
Leaves = dict[Path, Any]

# What is read: the last key of a path, or the one above an index.
_WORDS = frozenset(
    {
        "title", "for_whom", "question", "label", "why", "look_for", "person_question", "before_you_start",
        "what_not_to_ask", "ask", "do", "no_number", "name", "hours", "note", "line", "text", "urgency_words",
        "state", "status", "checked", "checked_on", "source",
    }
)  # fmt: skip
# Told among the versions.
_NEITHER = frozenset({"version", "bank_version"})


def leaves(value: Any, path: Path = ()) -> Leaves:
    """Every text and number of a definition by its path. Entries that have an id are known by it, so that one more in a
    list does not change all that follow; lists of texts are one leaf."""
    if isinstance(value, Mapping):
        return {place: leaf for key, part in value.items() for place, leaf in leaves(part, (*path, str(key))).items()}
    if isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
        found: Leaves = {}
        for index, part in enumerate(value):
            named = part.get("id", part.get("code", index)) if isinstance(part, Mapping) else index
            found |= leaves(part, (*path, str(named)))
        return found
    return {path: tuple(map(str, value)) if isinstance(value, list) else value}


def wording_changed(old: Definitions, new: Definitions) -> Iterator[str]:
    """Every changed, new and dropped text, once, with both texts. A sign is told once, whichever lists ask it."""
    yield from _changed(_words(old), _words(new))


def rules_changed(old: Definitions, new: Definitions) -> Iterator[str]:
    """Every difference that decides something: ladders, sets, rules, macros, defaults, order, numbers to ring."""
    seen: dict[tuple[str, Path, str], list[str]] = {}
    for kind, name in sorted(old.keys() & new.keys()):
        before, after = _rules(old[kind, name]), _rules(new[kind, name])
        for place in sorted(before.keys() | after.keys()):
            if before.get(place) != after.get(place):
                what = _difference(before.get(place), after.get(place))
                seen.setdefault((kind, place, what), []).append(name)
    for (kind, place, what), names in seen.items():
        yield f"{kind} {', '.join(names)}: {'.'.join(place)}: {what}"


def _words(definitions: Definitions) -> Leaves:
    found: Leaves = {}
    for (kind, name), definition in sorted(definitions.items()):
        for place, text in leaves(definition).items():
            if _is_word(place):
                where = ("sign", *place[1:]) if place[0] == "indicators" else (f"{kind} {name}", *place)
                found[where] = text
    return found


def _rules(definition: Mapping[str, Any]) -> Leaves:
    return {
        place: value for place, value in leaves(definition).items() if not _is_word(place) and place[-1] not in _NEITHER
    }


def _is_word(place: Path) -> bool:
    if place[0] == "rules":
        return place[-1] == "why"
    if place[0] == "derive":
        return place[-1] == "how"
    # Names of ladders and sets are not read; the number of a contact is a rule, for it decides whom a worker reaches.
    if place[0] == "routes" and "sections" not in place:
        return False
    return bool({place[-1], *place[:1]} & _WORDS)


def _changed(old: Leaves, new: Leaves) -> Iterator[str]:
    for place in sorted(old.keys() | new.keys()):
        if old.get(place) != new.get(place):
            yield f"{'.'.join(place)}: {_difference(old.get(place), new.get(place))}"


def _difference(old: Any, new: Any) -> str:
    if isinstance(old, tuple) and isinstance(new, tuple):
        gone, added = [one for one in old if one not in new], [one for one in new if one not in old]
        if gone or added:
            return "; ".join([*(f"- {one}" for one in gone), *(f"+ {one}" for one in added)])
        return f"now in the order {', '.join(new)}"
    return f"{_quoted(old)} -> {_quoted(new)}"


def _quoted(value: Any) -> str:
    if value is None:
        return "(nothing)"
    return repr(", ".join(value)) if isinstance(value, tuple) else repr(value)
