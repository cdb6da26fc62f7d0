"""What the browser seals, any age tool opens, and the other way round: our own code against pyrage."""

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import pyrage
import pytest

from server.demo import passphrase_file
from server.demo.keys import make_keys
from server.services.keys import AGE_HEADER
from server.translating.typescript import node

SCRIPT = Path(__file__).parents[2] / "frontend" / "tests" / "sealing" / "interop.ts"
PASSPHRASE = "alpha bread candy desert engine forest garden"
SHOWN = {"referral_id": "0b8e6f6e-3f0a-4c53-8d0a-b6a9f3b1c001", "coded_sha256": "ab" * 32}
TEXT = {"where": "„Hinterhof“, 2nd door", "safe_contact": "", "words_used": "شكرا", "reach_me": "until 19:00"}
ENVELOPE = {"v": 1, "kind": "note", **SHOWN, "seq": 0, "reply_key": "A" * 43, "text": TEXT}


def browser(request: dict[str, Any]) -> Any:
    """What the browser's code answers."""
    done = subprocess.run([node(), str(SCRIPT)], input=json.dumps(request), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def text_of(file: bytes) -> str:
    return base64.b64encode(file).decode()


def test_pyrage_opens_what_the_browser_sealed_and_finds_a_full_bucket() -> None:
    team = pyrage.x25519.Identity.generate()
    sealed = browser({"do": "seal", "recipient": str(team.to_public()), "envelope": ENVELOPE})
    opened = pyrage.decrypt(base64.b64decode(sealed), [team])
    assert len(opened) == 1024
    found = json.loads(opened)
    assert set(found.pop("padding")) == {" "}
    assert found == ENVELOPE


@pytest.mark.parametrize("number", [0, 1])
def test_the_browser_opens_what_the_demo_and_pyrage_made(number: int) -> None:
    keys = make_keys(number)
    recipient = pyrage.x25519.Recipient.from_str(keys.team_recipient)
    asked = {
        "do": "open",
        "passphrase": keys.passphrase,
        "identity_wrapped": text_of(keys.identity_wrapped),
        "team_wrap": text_of(keys.team_wrap),
        "file": text_of(pyrage.encrypt(json.dumps({**ENVELOPE, "padding": ""}).encode(), [recipient])),
        "shown": {**SHOWN, "coded_sha256": "cd" * 32},
    }
    assert browser(asked) == {"envelope": ENVELOPE, "changed": ["answers"]}


def test_pyrage_unlocks_the_keys_a_browser_made() -> None:
    made = browser({"do": "make", "passphrase": PASSPHRASE})
    wrapped = base64.b64decode(made["identity_wrapped"])
    assert wrapped.startswith(AGE_HEADER)
    secret = pyrage.passphrase.decrypt(wrapped, PASSPHRASE).decode()
    member = pyrage.x25519.Identity.from_str(secret)
    assert str(member.to_public()) == made["identity_recipient"]
    team = json.loads(pyrage.decrypt(base64.b64decode(made["team_wrap"]), [member]))
    assert team["v"] == 1
    assert str(pyrage.x25519.Identity.from_str(team["x25519"]).to_public()) == made["team_recipient"]
    assert len(base64.urlsafe_b64decode(team["ed25519"] + "=")) == 32


def test_pyrage_opens_a_file_that_the_demo_locked() -> None:
    assert pyrage.passphrase.decrypt(passphrase_file.lock(b"AGE-SECRET-KEY-1", PASSPHRASE), PASSPHRASE)
