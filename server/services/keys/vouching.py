"""What a team's Ed25519 key signs, checked so that a broken browser cannot lock its team out.

Browsers never rely on this: they verify for themselves (frontend/src/sealing/vouch.ts), from keys that two people
compared. The server has only public halves.
"""

import base64

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from server.services.keys.given import PublicKey, require

_ROSTER = "heed roster v1\n"


def require_signed(vouch_key: str, text: str, signature: str, what: str) -> None:
    """Both in base64url, of the right length. Raises KeysRefused when the holder of the key did not sign this text."""
    require(_is_signed(vouch_key, text, signature), what)


def rotation_text(team_id: int, before: str, key: PublicKey) -> str:
    """What the key before signs: "this follows me". `before`: its own vouching key."""
    return f"heed rotation v1\n{team_id}\n{key.n}\n{before}\n{key.age_recipient}\n{key.vouch_key}"


def roster_text(body: str) -> str:
    """What is signed of a roster."""
    return _ROSTER + body


def _is_signed(vouch_key: str, text: str, signature: str) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(_bytes(vouch_key))
        public.verify(_bytes(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
