"""What a browser made and nobody else may ever see, dug out with the words that only the browser showed."""

import base64
import json
import sqlite3
from pathlib import Path

import pyrage

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def secrets_of(database: Path, sign_in_name: str, passphrase: str) -> list[str | bytes]:
    """The words, the member's identity and both halves of the team's, as text and as bytes."""
    with sqlite3.connect(database) as connection:
        asked = (
            "SELECT member.identity_wrapped, team_wrap.file FROM member "
            "JOIN team_wrap ON team_wrap.member_id = member.id WHERE member.sign_in_name = ?"
        )
        wrapped, team_wrap = connection.execute(asked, (sign_in_name,)).fetchone()
    identity = pyrage.passphrase.decrypt(wrapped, passphrase).decode().strip()
    inside = json.loads(pyrage.decrypt(team_wrap, [pyrage.x25519.Identity.from_str(identity)]))
    vouching = str(inside["ed25519"])
    return [
        passphrase,
        identity,
        _bytes(identity),
        str(inside["x25519"]),
        _bytes(str(inside["x25519"])),
        base64.urlsafe_b64decode(vouching + "=" * (-len(vouching) % 4)),
    ]


def _bytes(bech32: str) -> bytes:
    """The 32 bytes of AGE-SECRET-KEY-1… (BIP 173, without its checksum)."""
    values = [_BECH32.index(letter) for letter in bech32.lower().rpartition("1")[2][:-6]]
    number = int("".join(f"{value:05b}" for value in values)[:256], 2)
    return number.to_bytes(32, "big")
