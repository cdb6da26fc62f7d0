"""A coordinator's browser as far as the server sees it: it reads the state, signs and seals, and sends by script."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from server.services.keys.given import Identity, Recovery, SignedRoster
from tests.inbox.conftest import Browser
from tests.services.keys import browsers
from tests.services.keys.browsers import TeamBrowser

OK = (200, {"ok": True})


def b64(file: bytes) -> str:
    """A file as forms carry it."""
    return base64.b64encode(file).decode()


def signed(roster: SignedRoster) -> dict[str, str]:
    """A roster as forms carry it."""
    return {"roster_body": roster.body, "roster_signature": roster.signature}


@dataclass
class Keyholder:
    """One member's browser. `keys`: the team's private halves, once it has them."""

    browser: Browser
    keys: TeamBrowser
    identity: Identity = field(default_factory=browsers.identity)
    sheet: Recovery = field(default_factory=browsers.sheet)

    def state(self) -> dict[str, Any]:
        """What the server tells."""
        answer = self.browser.get("/keys/state")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        told: dict[str, Any] = answer.json or {}
        return told

    def send(self, path: str, **fields: object) -> TestResponse:
        """Send by script, with the proof of this session."""
        answer = self.browser.host.post(f"/keys{path}", data={"csrf_token": self.state()["csrf"], **fields})
        assert answer.headers["Cache-Control"] == "no-store"
        return answer

    @property
    def member_id(self) -> int:
        """Who is signed in."""
        number: int = self.state()["member"]["id"]
        return number

    def roster(self, version: int, **more: str) -> SignedRoster:
        """A roster of this member and of others by their number."""
        members = {self.member_id: self.identity.recipient, **{int(key[1:]): value for key, value in more.items()}}
        return self.keys.roster(version, members, self.sheet.recipient)

    def own_key(self) -> dict[str, str]:
        """What goes to the server of this member's own key."""
        return {"identity_recipient": self.identity.recipient, "identity_wrapped": b64(self.identity.wrapped)}

    def first_keys(self) -> dict[str, object]:
        """All that goes to the server with a team's first keys."""
        key = self.keys.next_key()
        return {
            "n": 1,
            **self.own_key(),
            "team_recipient": key.age_recipient,
            "vouch_key": key.vouch_key,
            "team_wrap": b64(browsers.wrap()),
            "recovery_recipient": self.sheet.recipient,
            "recovery_file": b64(self.sheet.file),
            **signed(self.roster(1)),
        }

    def renewal(self, version: int, lost: bool = False) -> dict[str, object]:
        """All that goes to the server with the next key, for this member alone."""
        key = self.keys.next_key(vouched=not lost)
        return {
            "n": key.n,
            "age_recipient": key.age_recipient,
            "vouch_key": key.vouch_key,
            "signature": key.signature,
            "wraps": json.dumps({str(self.member_id): b64(browsers.wrap())}),
            "recovery_file": b64(browsers.wrap()),
            **signed(self.roster(version)),
        }
