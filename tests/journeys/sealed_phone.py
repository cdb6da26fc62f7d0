"""A worker's phone without a screen: it joins by a link and sends sealed notes over the wire, by the formats alone."""

import base64
import hashlib
import secrets
from typing import Any

import pyrage

from tests.journeys.site import Site
from tests.referrals import bearer, coded, referral
from tests.sealing import formats


class SealedPhone:
    """Joins with the demo's link of one member's team (`name` is their sign-in name)."""

    def __init__(self, site: Site, name: str) -> None:
        link = site.coordinator(name)["invitation"].partition("#")[2].split(".")
        assert link[0] == "v2", "the demo makes links of another version"
        self.site, self.recipient = site, link[2]
        self.voucher = formats.voucher(link[1])
        status, told = site.ask("POST", "/api/v1/devices", {"invitation": formats.join_secret(link[1])})
        assert status == 201, told
        self.token = str(told["device_token"])

    def send(self, text: dict[str, str], *, vouched: bool = True, **changes: Any) -> str:
        """Sends a referral with a note; `changes` go into the envelope. Out: its reference."""
        body = referral(coded())
        envelope = self.envelope(body, text, **changes)
        if vouched:
            envelope["vouch"] = formats.note_tag(self.voucher, envelope)
        file = pyrage.encrypt(formats.packed(envelope), [pyrage.x25519.Recipient.from_str(self.recipient)])
        body["sealed"] = {"recipient": self.recipient, "file": base64.b64encode(file).decode()}
        status, told = self.site.ask("POST", "/api/v1/referrals", body, bearer(self.token))
        assert status == 201, told
        return str(told["reference"])

    @staticmethod
    def envelope(body: dict[str, Any], text: dict[str, str], **changes: Any) -> dict[str, Any]:
        empty = dict.fromkeys(("where", "safe_contact", "words_used", "reach_me"), "")
        return {
            "v": 1,
            "kind": "note",
            "referral_id": body["id"],
            "coded_sha256": hashlib.sha256(formats.canonical(body["coded"]).encode()).hexdigest(),
            "seq": 0,
            "reply_key": formats.base64url(secrets.token_bytes(32)),
            "text": {**empty, **text},
            **changes,
        }
