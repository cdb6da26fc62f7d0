"""A phone without a screen: it joins, sends and writes over the wire, and seals with the code that phones run."""

import base64
import hashlib
import json
import secrets
import subprocess
import uuid
from pathlib import Path
from typing import Any

from server.screening.canonical import content_hash
from server.translating.typescript import node
from tests.journeys.site import Site
from tests.referrals import coded, receipt_header
from tests.sealing.formats import join_secret, voucher

SCRIPT = Path(__file__).parents[2] / "frontend" / "tests" / "inbox" / "as-phone.ts"
NOTE = {"where": "Behind the mill", "safe_contact": "", "words_used": "", "reach_me": "Extension 4411"}


class WirePhone:
    """One phone that has joined by an invitation's link and sent one referral with a note."""

    def __init__(self, site: Site, invitation: str) -> None:
        self._site = site
        secret = invitation.partition("#")[2].split(".")[1]
        _, joined = site.ask("POST", "/api/v1/devices", {"invitation": join_secret(secret)})
        self.team_key: str = joined["team"]["age_recipient"]
        self.receipt = secrets.token_bytes(16)
        part = coded(danger="now")
        self.place = {"referral_id": str(uuid.uuid4()), "coded_sha256": content_hash(part)}
        made = sealed_note(self.team_key, self.place, voucher(secret))
        self.reply_key: str = made["reply_key"]
        self.written = 0
        status, stored = site.ask(
            "POST",
            "/api/v1/referrals",
            {
                "id": self.place["referral_id"],
                "coded": part,
                "receipt_sha256": hashlib.sha256(self.receipt).hexdigest(),
                "sealed": {"recipient": self.team_key, "file": made["file"]},
            },
            {"Authorization": f"Bearer {joined['device_token']}"},
        )
        assert status == 201, stored
        self.reference: str = stored["reference"]

    @property
    def referral_id(self) -> str:
        return self.place["referral_id"]

    def write(self, text: str) -> None:
        """Seal the next message and hand it over."""
        self.written += 1
        place = {**self.place, "seq": self.written}
        made = _code(
            {"do": "write", "recipient": self.team_key, "place": place, "reply_key": self.reply_key, "text": text}
        )
        body = {"seq": self.written, "recipient": self.team_key, **made}
        status, told = self._site.ask("POST", "/api/v1/follow-up/messages", body, receipt_header(self.receipt))
        assert status == 201, told
        assert told["sha256"] == hashlib.sha256(base64.b64decode(made["file"])).hexdigest()

    def news(self) -> dict[str, Any]:
        """What the server says of the referral."""
        status, told = self._site.ask("GET", "/api/v1/follow-up", headers=receipt_header(self.receipt))
        assert status == 200, told
        return dict(told)

    def read(self) -> list[str | None]:
        """The answers, opened as a phone opens them; None for one that is not from the team."""
        return [
            _code({"do": "read", "place": {**self.place, "seq": at}, "reply_key": self.reply_key, **_sealed(one)})
            for at, one in enumerate(self.news()["messages"], start=1)
        ]


def sealed_note(recipient: str, place: dict[str, str], of_voucher: str) -> dict[str, str]:
    """The note as a phone with this voucher seals it: {file (base64), reply_key}."""
    made = _code({"do": "note", "recipient": recipient, "place": place, "voucher": of_voucher, "text": NOTE})
    return dict(made)


def _sealed(one: dict[str, Any]) -> dict[str, Any]:
    return {"file": one["file"], "mac": one["mac"]}


def _code(request: dict[str, Any]) -> Any:
    done = subprocess.run([node(), str(SCRIPT)], input=json.dumps(request), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
