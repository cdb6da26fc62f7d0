"""A passkey in software: it answers registrations and sign-ins as a browser with a security key does, truly signed.

Every part of an answer can be bent, to see it refused.
"""

import hashlib
import json
import os
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

ORIGIN = "http://inbox.localhost:8000"
PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40


@dataclass
class Authenticator:
    """One passkey (ES256). `count` is None for the kind that keeps no count, as synced ones do."""

    origin: str = ORIGIN
    flags: int = PRESENT | VERIFIED
    count: int | None = None
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    handle: bytes = b""

    def create(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """The answer to `registration_options`, as JSON. `changes`: origin, rp_id, flags."""
        self.handle = base64url_to_bytes(options["user"]["id"])
        client_data = self._client_data("webauthn.create", options["challenge"], changes)
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + cbor2.dumps(cose)
        data = self._data(changes.get("rp_id", options["rp"]["id"]), changes, ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": client_data, "attestationObject": attestation})

    def get(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """The answer to `sign_in_options`, as JSON. `changes`: origin, rp_id, flags, handle, count."""
        if self.count is not None:
            self.count += 1
        client_data = self._client_data("webauthn.get", options["challenge"], changes)
        data = self._data(changes.get("rp_id", options["rpId"]), changes, 0)
        signed = data + hashlib.sha256(client_data).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        response = {"clientDataJSON": client_data, "authenticatorData": data, "signature": signature}
        handle = changes.get("handle", self.handle)
        return self._answer({**response, "userHandle": handle} if handle is not None else response)

    def _client_data(self, kind: str, challenge: str, changes: dict[str, Any]) -> bytes:
        origin = changes.get("origin", self.origin)
        said = {"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, rp_id: str, changes: dict[str, Any], more: int) -> bytes:
        flags, count = changes.get("flags", self.flags) | more, changes.get("count", self.count or 0)
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + struct.pack(">I", count)

    def _answer(self, response: dict[str, bytes]) -> dict[str, Any]:
        known_by = bytes_to_base64url(self.credential_id)
        sent = {name: bytes_to_base64url(value) for name, value in response.items()}
        return {"id": known_by, "rawId": known_by, "type": "public-key", "response": sent}
