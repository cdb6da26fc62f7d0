"""The demonstration's invitations. Otherwise the inviting browser makes their secret and their link, and the server
never learns either (frontend/src/sealing/voucher.ts has the formats)."""

import base64
import hashlib
import json
import secrets
from collections.abc import Sequence

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from server.config import Config
from server.demo.keys import seed_of
from server.models import Team
from server.services.phones.invitations import NewInvitation


def make_invitation(config: Config, team: Team, others: Sequence[Team], uses: int) -> tuple[NewInvitation, str]:
    """An invitation of a team that also names others, and its link."""
    secret = secrets.token_bytes(32)
    join = _base64url(_derived(secret, "heed join v1"))
    secret_hash = hashlib.sha256(join.encode()).hexdigest()
    voucher = _voucher(secret, team, others, secret_hash)
    parts = ["v2", _base64url(secret), *_keys(team)]
    for other in others:
        parts += [str(other.id), *_keys(other)]
    return NewInvitation(uses, secret_hash, voucher, tuple(others)), f"{config.field_origin}/join#{'.'.join(parts)}"


def _voucher(secret: bytes, team: Team, others: Sequence[Team], join: str) -> bytes | None:
    """The signed statement, sealed to every team that has keys; None when the team's own key is not the
    demonstration's any more."""
    seed = seed_of(team.vouch_key or "")
    recipients = [one.age_recipient for one in (team, *others) if one.age_recipient]
    if seed is None or not recipients:
        return None
    voucher = _base64url(_derived(secret, "heed voucher v1"))
    text = f"heed voucher v1\n{team.id}\n{join}\n{voucher}"
    signature = _base64url(Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode()))
    said = {"v": 1, "team": team.id, "join": join, "voucher": voucher, "by": team.vouch_key, "signature": signature}
    to = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    sealed: bytes = pyrage.encrypt(json.dumps(said).encode(), to)
    return sealed


def _keys(team: Team) -> tuple[str, str]:
    return team.age_recipient or "-", team.vouch_key or "-"


def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
