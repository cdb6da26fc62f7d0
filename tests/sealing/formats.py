"""Our sealed formats once more, in Python and from their description alone: the browser's code is held against it.

For tests only. The server has none of this, and must not have it.
"""

import base64
import hashlib
import hmac
import json
import re
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ROOT = Path(__file__).parents[2]
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def derived(secret: bytes, purpose: str) -> bytes:
    """HKDF-SHA256 (RFC 5869) with no salt, 32 bytes."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, purpose.encode() + b"\x01", "sha256")


def tag(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()


def identity(secret: bytes) -> str:
    """32 bytes as AGE-SECRET-KEY-1… (BIP 173)."""
    prefix = "age-secret-key-"
    number = int.from_bytes(secret, "big") << 4
    data = [number >> 5 * (51 - at) & 31 for at in range(52)]
    expanded = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = _polymod([*expanded, *data, 0, 0, 0, 0, 0, 0]) ^ 1
    letters = [*data, *(check >> 5 * (5 - at) & 31 for at in range(6))]
    return (prefix + "1" + "".join(_BECH32[letter] for letter in letters)).upper()


def _polymod(values: list[int]) -> int:
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            total ^= generator if top >> at & 1 else 0
    return total


def words(text: str) -> list[str]:
    """Six words of the BIP 39 English list for a text."""
    source = (ROOT / "frontend/node_modules/@scure/bip39/wordlists/english.js").read_text("utf-8")
    listed = re.findall(r"[a-z]+", source.partition("`")[2].partition("`")[0])
    assert len(listed) == 2048
    number = int.from_bytes(hashlib.sha256(f"heed compare v1\n{text}".encode()).digest(), "big")
    return [listed[number >> (256 - 11 * (at + 1)) & 2047] for at in range(6)]


def signed(seed: bytes, text: str) -> str:
    return base64url(Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode()))


def is_signed(vouch_key: str, text: str, signature: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(from_base64url(vouch_key)).verify(from_base64url(signature), text.encode())
    except Exception:  # one answer for every way of not being one
        return False
    return True


def vouch_key(seed: bytes) -> str:
    return base64url(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())


def reply_identity(reply_key: str) -> str:
    return identity(derived(from_base64url(reply_key), "heed reply x25519 v1"))


def message_tag(reply_key: str, referral_id: str, direction: str, seq: int, sha256: str) -> str:
    key = derived(from_base64url(reply_key), "heed reply mac v1")
    return tag(key, f"heed message v1\n{referral_id}\n{direction}\n{seq}\n{sha256}")


def join_secret(invitation: str) -> str:
    return base64url(derived(from_base64url(invitation), "heed join v1"))


def voucher(invitation: str) -> str:
    return base64url(derived(from_base64url(invitation), "heed voucher v1"))


def note_tag(of_voucher: str, envelope: dict[str, Any]) -> str:
    bare = {key: value for key, value in envelope.items() if key not in ("vouch", "padding")}
    return tag(from_base64url(of_voucher), f"heed note v1\n{canonical(bare)}")


def rotation_text(team: int, n: int, before: str, age: str, vouch: str) -> str:
    return f"heed rotation v1\n{team}\n{n}\n{before}\n{age}\n{vouch}"


def sign_roster(seed: bytes, roster: dict[str, Any]) -> tuple[str, str]:
    """(body, signature)."""
    body = canonical(roster)
    return body, signed(seed, f"heed roster v1\n{body}")


def packed(envelope: dict[str, Any]) -> bytes:
    """The envelope, padded to its bucket."""
    bare = json.dumps({**envelope, "padding": ""}, ensure_ascii=False).encode()
    bucket = next(size for size in (1024, 4096, 16384) if len(bare) <= size)
    return json.dumps({**envelope, "padding": " " * (bucket - len(bare))}, ensure_ascii=False).encode()
