"""What the browser seals, any age tool opens, and the other way round: our own code against pyrage."""

import base64
import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pyrage
import pytest

from server.demo import passphrase_file
from server.demo.keys import make_keys
from server.translating.typescript import node
from tests.sealing import formats

SCRIPT = Path(__file__).parents[2] / "frontend" / "tests" / "sealing" / "interop.ts"
PASSPHRASE = "alpha bread candy desert engine forest garden"
SHOWN = {"referral_id": "0b8e6f6e-3f0a-4c53-8d0a-b6a9f3b1c001", "coded_sha256": "ab" * 32}
TEXT = {"where": "„Hinterhof“, 2nd door", "safe_contact": "", "words_used": "شكرا", "reach_me": "until 19:00"}
REPLY_KEY = formats.base64url(bytes(range(32)))
ENVELOPE = {"v": 1, "kind": "note", **SHOWN, "seq": 0, "reply_key": REPLY_KEY, "text": TEXT}
MESSAGE = {"v": 1, "kind": "message", **SHOWN, "seq": 2, "reply_key": "", "text": {"text": "We call at six. نعم"}}


def browser(request: dict[str, Any]) -> Any:
    """What the browser's code answers."""
    done = subprocess.run([node(), str(SCRIPT)], input=json.dumps(request), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def text_of(file: bytes) -> str:
    return base64.b64encode(file).decode()


@pytest.mark.parametrize("envelope", [ENVELOPE, MESSAGE], ids=["note", "message"])
def test_pyrage_opens_what_the_browser_sealed_and_finds_a_full_bucket(envelope: dict[str, Any]) -> None:
    team = pyrage.x25519.Identity.generate()
    sealed = browser({"do": "seal", "recipient": str(team.to_public()), "envelope": envelope})
    opened = pyrage.decrypt(base64.b64decode(sealed), [team])
    assert len(opened) == 1024
    found = json.loads(opened)
    assert set(found.pop("padding")) == {" "}
    assert found == envelope


@pytest.mark.parametrize("number", [0, 1])
def test_the_browser_opens_what_the_demo_and_pyrage_made(number: int) -> None:
    keys = make_keys(number)
    recipient = pyrage.x25519.Recipient.from_str(keys.team_recipient)
    voucher = formats.voucher(REPLY_KEY)
    note = {**ENVELOPE, "vouch": formats.note_tag(voucher, ENVELOPE)}
    asked = {
        "do": "open",
        "passphrase": keys.passphrase,
        "identity_wrapped": text_of(keys.identity_wrapped),
        "team_wrap": text_of(keys.team_wrap),
        "file": text_of(pyrage.encrypt(formats.packed(note), [recipient])),
        "shown": {**SHOWN, "coded_sha256": "cd" * 32},
        "voucher": voucher,
    }
    assert browser(asked) == {"envelope": note, "changed": ["answers"], "vouched": True}
    assert browser({**asked, "voucher": formats.voucher(formats.base64url(bytes(32)))})["vouched"] is False


def test_pyrage_unlocks_the_keys_a_browser_made_old_and_new() -> None:
    made = browser({"do": "make", "passphrase": PASSPHRASE})
    wrapped = base64.b64decode(made["identity_wrapped"])
    assert wrapped.startswith(b"age-encryption.org/v1\n")
    identity = json.loads(pyrage.passphrase.decrypt(wrapped, PASSPHRASE))
    member = pyrage.x25519.Identity.from_str(identity["secret"])
    assert str(member.to_public()) == made["identity_recipient"]
    assert identity["anchor"] == made["history"][0]["vouch_key"]

    keyring = json.loads(pyrage.decrypt(base64.b64decode(made["team_wrap"]), [member]))
    assert [key["n"] for key in keyring["keys"]] == [1, 2]
    for key, public in zip(keyring["keys"], made["history"], strict=True):
        assert str(pyrage.x25519.Identity.from_str(key["x25519"]).to_public()) == public["age_recipient"]
        assert formats.vouch_key(formats.from_base64url(key["ed25519"])) == public["vouch_key"]
    first, second = made["history"]
    text = formats.rotation_text(1, 2, first["vouch_key"], second["age_recipient"], second["vouch_key"])
    assert formats.is_signed(first["vouch_key"], text, second["signature"])
    assert not formats.is_signed(second["vouch_key"], text, second["signature"])


def test_a_message_to_the_phone_opens_with_what_pyrage_is_given_of_the_reply_key() -> None:
    made = browser({"do": "reply", "reply_key": REPLY_KEY, "envelope": MESSAGE})
    file = base64.b64decode(made["file"])
    phone = pyrage.x25519.Identity.from_str(formats.reply_identity(REPLY_KEY))
    found = json.loads(pyrage.decrypt(file, [phone]))
    assert {**found, "padding": None} == {**MESSAGE, "padding": None}
    place = (SHOWN["referral_id"], "to_phone", 2, hashlib.sha256(file).hexdigest())
    assert made["mac"] == formats.message_tag(REPLY_KEY, *place)


def test_pyrage_opens_a_file_that_the_demo_locked() -> None:
    assert pyrage.passphrase.decrypt(passphrase_file.lock(b"AGE-SECRET-KEY-1", PASSPHRASE), PASSPHRASE)
