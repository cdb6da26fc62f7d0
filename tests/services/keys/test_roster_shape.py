"""The server reads a roster as browsers do: what is none is refused, however it is broken; known answers hold."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.services.keys.given import KeysRefused, PublicKey
from server.services.keys.roster_shape import parsed
from server.services.keys.vouching import require_signed, roster_text, rotation_text

KNOWN: dict[str, Any] = json.loads((Path(__file__).parents[2] / "vectors" / "sealing.json").read_text("utf-8"))
ROSTER: dict[str, Any] = KNOWN["roster"]["roster"]
VOUCH = KNOWN["rotation"]["history"][2]["vouch_key"]


def test_the_browsers_known_answers_hold_here() -> None:
    told = KNOWN["roster"]
    found = parsed(told["body"])
    assert (found.team, found.version, found.members, found.partners) == (7, 3, {4: ROSTER["members"][0]["key"]}, {9})
    require_signed(VOUCH, roster_text(told["body"]), told["signature"], "the roster")
    first, second, third = (PublicKey(**key) for key in KNOWN["rotation"]["history"])
    for before, key in ((first, second), (second, third)):
        require_signed(before.vouch_key, rotation_text(7, before.vouch_key, key), key.signature, "the key")
        with pytest.raises(KeysRefused):
            require_signed(before.vouch_key, rotation_text(8, before.vouch_key, key), key.signature, "the key")


def test_a_changed_letter_is_not_what_was_signed() -> None:
    told = KNOWN["roster"]
    flipped = ("A" if told["signature"][0] != "A" else "B") + told["signature"][1:]
    for vouch, body, signature in (
        (VOUCH, told["body"] + " ", told["signature"]),
        (VOUCH, told["body"], flipped),
        (KNOWN["rotation"]["history"][0]["vouch_key"], told["body"], told["signature"]),
        ("A" * 43, told["body"], told["signature"]),
    ):
        with pytest.raises(KeysRefused):
            require_signed(vouch, roster_text(body), signature, "the roster")


BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "another version of the format": lambda it: it.update(v=2),
    "a part too many": lambda it: it.update(more=1),
    "a part too few": lambda it: it.pop("recovery"),
    "no number": lambda it: it.update(version=0),
    "true for one": lambda it: it.update(team=True),
    "a fraction": lambda it: it.update(version=1.0),
    "a number no row has": lambda it: it.update(version=2**31),
    "no list": lambda it: it.update(members={}),
    "a member twice": lambda it: it["members"].append(it["members"][0]),
    "a partner twice": lambda it: it["partners"].append(it["partners"][0]),
    "itself as partner": lambda it: it["partners"][0].update(team=7),
    "a member without key": lambda it: it["members"][0].pop("key"),
    "a member with a secret": lambda it: it["members"][0].update(key="AGE-SECRET-KEY-1" + "Q" * 58),
    "a partner without vouching key": lambda it: it["partners"][0].update(vouch_key=""),
    "a key without recipient": lambda it: it["keys"][0].update(age_recipient=None),
    "a key whose number is a text": lambda it: it["keys"][0].update(n="1"),
    "a signature that is none": lambda it: it["keys"][1].update(signature="x"),
    "no recovery recipient": lambda it: it.update(recovery="paper"),
    "a number for a list's part": lambda it: it.update(partners=[1]),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_browsers_would_not_read_is_refused(name: str) -> None:
    broken = copy.deepcopy(ROSTER)
    BREAKS[name](broken)
    with pytest.raises(KeysRefused):
        parsed(json.dumps(broken))


@pytest.mark.parametrize("body", ["", "null", "[]", "[" * 100_000, "{", '{"v":' + "9" * 5000 + "}", "NaN", "\x00"])
def test_any_text_is_refused_and_none_is_a_fault(body: str) -> None:
    with pytest.raises(KeysRefused):
        parsed(body)


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(part=st.sampled_from(sorted(ROSTER)), value=_ANY)
def test_any_value_in_any_part_is_read_or_refused(part: str, value: object) -> None:
    try:
        parsed(json.dumps({**ROSTER, part: value}))
    except KeysRefused:
        return
    assert part in ("v", "team", "version", "keys", "members", "partners", "recovery")
