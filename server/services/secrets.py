"""Secrets that are shown once and kept only as a hash: invitations, device tokens, session tokens,
receipts."""

import hashlib
import secrets


def new_secret() -> str:
    """256 random bits, base64url without padding, 43 characters."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """The sha256 of a secret, hex. A plain hash is enough: what it hides has 128 random bits or more."""
    return hashlib.sha256(secret.encode()).hexdigest()
