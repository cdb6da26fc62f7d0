"""Finds what a pack holds and nothing uses: a number nobody is told to ring, a law nobody is shown, a question whose
answer changes nothing. Such a leftover is a mistake in a rule, or a fact asked of somebody for nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.screening.reading import ContentError
from server.screening.satisfiable import Predicate

Pack = Mapping[str, Any]
_SECTIONS = ("macros", "facts", "actions", "contacts", "legal")


def check_uses(packs: Iterable[Pack], own: str, file: str) -> None:
    """Raises ContentError, with file and key, for an entry that the file of pack `own` brought in and that none of the
    resolved `packs` uses. A rule that a switch keeps off uses what it names: it waits."""
    every = list(packs)
    used: dict[str, set[str]] = {section: set() for section in _SECTIONS}
    for pack in every:
        for section, names in _used(pack).items():
            used[section] |= names
    for pack in every:
        for section in _SECTIONS:
            for name in pack[section]:
                if pack["brought_by"][section, name] == own and name not in used[section]:
                    raise ContentError(file, f"{section}.{name}", "is used by nothing: use it or take it out")


def _used(pack: Pack) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {section: set() for section in _SECTIONS}
    for rule in pack["rules"]:
        _look_at(rule["when"], pack, used)
        used["actions"] |= {action for action, _ in rule["do"]}
        used["legal"] |= {rule["legal"]} if "legal" in rule else set()
    for fact in pack["facts"].values():
        _look_at(fact.get("ask_when", {"all": []}), pack, used)
    for default in pack["defaults_if"]:
        _look_at(default["when"], pack, used)
    for body in pack["derive"].values():
        used["facts"] |= set(body.get("facts", {}))
    for action in used["actions"]:
        used["contacts"] |= set(pack["actions"][action].get("contacts", ()))
    return used


def _look_at(predicate: Predicate, pack: Pack, used: dict[str, set[str]]) -> None:
    if "fact" in predicate:
        used["facts"].add(predicate["fact"])
    elif "macro" in predicate:
        if predicate["macro"] not in used["macros"]:
            used["macros"].add(predicate["macro"])
            _look_at(pack["macros"][predicate["macro"]], pack, used)
    elif "not" in predicate:
        _look_at(predicate["not"], pack, used)
    else:
        for part in (*predicate.get("all", ()), *predicate.get("any", ())):
            _look_at(part, pack, used)
