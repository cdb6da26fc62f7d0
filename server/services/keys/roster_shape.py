"""The shape of a roster: the list of keys that a team signs. The same as in frontend/src/sealing/roster.ts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.services.keys.given import PublicKey, is_recipient, is_vouch_key, require, require_key


@dataclass(frozen=True, slots=True)
class Roster:
    """`keys`: the team's own, the oldest first. `members`: the key of each by their number. `recovery`: "" while there
    is none. `partners`: numbers of the teams whose keys two people compared."""

    team: int
    version: int
    keys: tuple[PublicKey, ...]
    members: Mapping[int, str]
    recovery: str
    partners: frozenset[int]


def parsed(body: str) -> Roster:
    """The roster in a text. Raises KeysRefused for anything that browsers would not read as one."""
    found = _json(body)
    require(_has(found, "v", "team", "version", "keys", "members", "recovery", "partners"), "the roster")
    require(found["v"] == 1 and _is_number(found["team"]) and _is_number(found["version"]), "the roster's number")
    require(found["recovery"] == "" or is_recipient(found["recovery"]), "the roster's recovery recipient")
    for part in ("keys", "members", "partners"):
        require(isinstance(found[part], list), f"the roster's list of {part}")
    members, partners = list(map(_member, found["members"])), list(map(_partner, found["partners"]))
    require(len(dict(members)) == len(members), "a member who stands on the roster twice")
    require(len(set(partners)) == len(partners), "a partner who stands on the roster twice")
    require(found["team"] not in partners, "the team as its own partner")
    keys = tuple(map(_key, found["keys"]))
    return Roster(found["team"], found["version"], keys, dict(members), found["recovery"], frozenset(partners))


def _json(body: str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _key(one: Any) -> PublicKey:
    require(_has(one, "n", "age_recipient", "vouch_key", "signature"), "a key on the roster")
    key = PublicKey(one["n"], one["age_recipient"], one["vouch_key"], one["signature"])
    require_key(key)
    return key


def _member(one: Any) -> tuple[int, str]:
    require(_has(one, "id", "key") and _is_number(one["id"]) and is_recipient(one["key"]), "a member on the roster")
    return one["id"], one["key"]


def _partner(one: Any) -> int:
    holds = (
        _has(one, "team", "n", "age_recipient", "vouch_key")
        and (_is_number(one["team"]) and _is_number(one["n"]))
        and (is_recipient(one["age_recipient"]) and is_vouch_key(one["vouch_key"]))
    )
    require(holds, "a partner on the roster")
    number: int = one["team"]
    return number


def _has(found: Any, *names: str) -> bool:
    return isinstance(found, dict) and found.keys() == set(names)


def _is_number(value: Any) -> bool:
    # `true` is 1 in Python; no number of ours is larger than a row's.
    return type(value) is int and 0 < value < 2**31
