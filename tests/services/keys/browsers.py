"""What browsers make of a team's keys: the private halves, and what is signed and sealed with them. Files that the
server cannot look into are stand-ins."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pyrage

from server.services.keys.given import Identity, PublicKey, Recovery, SignedRoster
from tests.referrals import AGE_FILE
from tests.sealing import formats


def recipient() -> str:
    """The public half of a new age identity."""
    return str(pyrage.x25519.Identity.generate().to_public())


def identity() -> Identity:
    """A member's new key."""
    return Identity(recipient(), AGE_FILE + secrets.token_bytes(8))


def sheet(of: str | None = None) -> Recovery:
    """A keyring for a recovery key, a new one unless it is given."""
    return Recovery(of or recipient(), AGE_FILE + secrets.token_bytes(8))


def wrap() -> bytes:
    """A keyring, sealed to somebody."""
    return AGE_FILE + secrets.token_bytes(8)


@dataclass
class TeamBrowser:
    """A browser that holds one team's private halves: `seeds`, the oldest first, and the public `history`."""

    team_id: int
    seeds: list[bytes] = field(default_factory=list, repr=False)
    history: list[PublicKey] = field(default_factory=list)

    def next_key(self, vouched: bool = True) -> PublicKey:
        """Make the next key, signed by the one before unless that is lost."""
        seed, n = secrets.token_bytes(32), len(self.history) + 1
        age, vouch = recipient(), formats.vouch_key(seed)
        signature = ""
        if self.history and vouched:
            text = formats.rotation_text(self.team_id, n, self.history[-1].vouch_key, age, vouch)
            signature = formats.signed(self.seeds[-1], text)
        self.seeds.append(seed)
        self.history.append(PublicKey(n, age, vouch, signature))
        return self.history[-1]

    def roster(
        self,
        version: int,
        members: Mapping[int, str],
        recovery: str,
        partners: Iterable[dict[str, Any]] = (),
        **changes: Any,
    ) -> SignedRoster:
        """A roster, signed by the newest key. `changes` put something else in a part of it."""
        said = {
            "v": 1,
            "team": self.team_id,
            "version": version,
            "keys": [asdict(key) for key in self.history],
            "members": [{"id": number, "key": key} for number, key in members.items()],
            "recovery": recovery,
            "partners": list(partners),
        }
        return SignedRoster(*formats.sign_roster(self.seeds[-1], {**said, **changes}))


def read(signed: SignedRoster) -> dict[str, Any]:
    """What a roster says."""
    said: dict[str, Any] = json.loads(signed.body)
    return said
