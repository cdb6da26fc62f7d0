"""Throw-away identities for the demonstration: what a coordinator's browser makes otherwise, in the same
formats."""

import base64
import json
from dataclasses import dataclass, field

import pyrage

from server.demo import passphrase_file, words

# RFC 8032, 7.1, tests 1 and 2: published keys, which nobody can take for ones that vouch for anything.
_VOUCHING = (
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    ),
)


@dataclass(frozen=True, slots=True)
class DemoKeys:
    """The first keys of a team and of its one member, as `services.keys` stores them, and what unlocks
    them."""

    passphrase: str = field(repr=False)
    identity_recipient: str
    identity_wrapped: bytes
    team_recipient: str
    vouch_key: str
    team_wrap: bytes


def make_keys(number: int) -> DemoKeys:
    """New keys; `number` (0 or 1) picks the published vouching key."""
    secret, public = (bytes.fromhex(half) for half in _VOUCHING[number])
    member, team = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    passphrase = words.passphrase()
    inside = json.dumps({"v": 1, "x25519": str(team), "ed25519": _base64url(secret)})
    return DemoKeys(
        passphrase=passphrase,
        identity_recipient=str(member.to_public()),
        identity_wrapped=passphrase_file.lock(str(member).encode(), passphrase),
        team_recipient=str(team.to_public()),
        vouch_key=_base64url(public),
        team_wrap=pyrage.encrypt(inside.encode(), [member.to_public()]),
    )


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
