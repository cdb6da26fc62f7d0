"""Throw-away identities for the demonstration: what a coordinator's browser makes otherwise, in the same
formats."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.demo import passphrase_file, words
from server.screening.canonical import canonical_json
from server.services.keys.given import Identity, PublicKey, Recovery, SignedRoster
from server.services.keys.vouching import roster_text

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
    """The first keys of a team and of its one member, as `services.keys` stores them, and what unlocks them: the
    passphrase, or `recovery` (AGE-SECRET-KEY-1…), which stands on paper otherwise."""

    passphrase: str = field(repr=False)
    recovery: str = field(repr=False)
    seed: bytes = field(repr=False)
    identity_recipient: str
    identity_wrapped: bytes
    team_recipient: str
    vouch_key: str
    team_wrap: bytes
    recovery_recipient: str
    recovery_file: bytes

    @property
    def identity(self) -> Identity:
        """The member's key."""
        return Identity(self.identity_recipient, self.identity_wrapped)

    @property
    def key(self) -> PublicKey:
        """The team's public halves."""
        return PublicKey(1, self.team_recipient, self.vouch_key, "")

    @property
    def sheet(self) -> Recovery:
        """The keyring for the recovery key."""
        return Recovery(self.recovery_recipient, self.recovery_file)


def make_keys(number: int) -> DemoKeys:
    """New keys; `number` (0 or 1) picks the published vouching key."""
    seed, public = (bytes.fromhex(half) for half in _VOUCHING[number])
    member, team, recovery = (pyrage.x25519.Identity.generate() for _ in range(3))
    passphrase, vouch_key = words.passphrase(), _base64url(public)
    identity = json.dumps({"v": 2, "secret": str(member), "anchor": vouch_key})
    keyring = json.dumps({"v": 2, "keys": [{"n": 1, "x25519": str(team), "ed25519": _base64url(seed)}]})
    return DemoKeys(
        passphrase=passphrase,
        recovery=str(recovery),
        seed=seed,
        identity_recipient=str(member.to_public()),
        identity_wrapped=passphrase_file.lock(identity.encode(), passphrase),
        team_recipient=str(team.to_public()),
        vouch_key=vouch_key,
        team_wrap=pyrage.encrypt(keyring.encode(), [member.to_public()]),
        recovery_recipient=str(recovery.to_public()),
        recovery_file=pyrage.encrypt(keyring.encode(), [recovery.to_public()]),
    )


def seed_of(vouch_key: str) -> bytes | None:
    """The seed of one of the published vouching keys; None for every other key."""
    seeds = {_base64url(bytes.fromhex(public)): bytes.fromhex(seed) for seed, public in _VOUCHING}
    return seeds.get(vouch_key)


def first_roster(keys: DemoKeys, team_id: int, member_id: int, partners: Mapping[int, DemoKeys]) -> SignedRoster:
    """The roster of a team: its one member, its recovery key, and other teams of the demonstration by their number, as
    if somebody had compared six words with each."""
    body = canonical_json(
        {
            "v": 1,
            "team": team_id,
            "version": 1,
            "keys": [asdict(keys.key)],
            "members": [{"id": member_id, "key": keys.identity_recipient}],
            "recovery": keys.recovery_recipient,
            "partners": [
                {"team": number, "n": 1, "age_recipient": other.team_recipient, "vouch_key": other.vouch_key}
                for number, other in partners.items()
            ],
        }
    ).decode()
    signature = Ed25519PrivateKey.from_private_bytes(keys.seed).sign(roster_text(body).encode())
    return SignedRoster(body, _base64url(signature))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
