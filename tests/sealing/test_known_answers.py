"""The vectors that the browser's code is held against are what the description of our formats says."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyrage

from tests.sealing import formats

KNOWN: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors" / "sealing.json").read_text("utf-8"))


def test_identities() -> None:
    for one in KNOWN["identity"]:
        assert formats.identity(formats.from_base64url(one["seed"])) == one["secret"]
        assert str(pyrage.x25519.Identity.from_str(one["secret"]).to_public()) == one["recipient"]


def test_replies() -> None:
    for one in KNOWN["reply"]:
        identity = pyrage.x25519.Identity.from_str(formats.reply_identity(one["reply_key"]))
        assert str(identity.to_public()) == one["recipient"]
        for place in one["tags"]:
            tag = place.pop("tag")
            assert formats.message_tag(one["reply_key"], **place) == tag


def test_invitations_and_notes() -> None:
    for one in KNOWN["invitation"]:
        assert formats.join_secret(one["secret"]) == one["join"]
        assert hashlib.sha256(one["join"].encode()).hexdigest() == one["join_sha256"]
        assert formats.voucher(one["secret"]) == one["voucher"]
        for note in one["notes"]:
            assert formats.note_tag(one["voucher"], note["envelope"]) == note["tag"]


def test_words() -> None:
    for one in KNOWN["words"]:
        kind, (first, second) = ("team", one["team"].values()) if "team" in one else ("member", one["member"].values())
        assert formats.words(f"{kind}\n{first}\n{second}") == one["words"]


def test_history_and_roster() -> None:
    team, history = KNOWN["rotation"]["team"], KNOWN["rotation"]["history"]
    for before, key in pairwise(history):
        text = formats.rotation_text(team, key["n"], before["vouch_key"], key["age_recipient"], key["vouch_key"])
        assert formats.is_signed(before["vouch_key"], text, key["signature"])
    roster = KNOWN["roster"]
    signed = formats.sign_roster(formats.from_base64url(roster["seed"]), roster["roster"])
    assert signed == (roster["body"], roster["signature"])
