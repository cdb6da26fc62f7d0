"""A browser that is signed in to the inbox, and pages that find a built script without a build."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server import clock
from server.inbox import built
from server.models import Team
from server.services.accounts import links
from server.services.founding import add_member
from server.services.intake import Stored
from server.services.transaction import writing
from tests.clients import HostClient, inbox_client
from tests.partnership import PASSWORD, Partnership, Side
from tests.services.accounts.authenticator import Authenticator
from tests.services.sending import send as store


@dataclass(frozen=True)
class Browser:
    """A browser on the inbox host that reads forms before it sends them."""

    host: HostClient

    def get(self, path: str, **more: Any) -> TestResponse:
        """A page."""
        return self.host.get(path, **more)

    def token(self, path: str) -> str:
        """The token that the forms of a page carry."""
        found = re.search(r'name="csrf_token"[^>]*value="([\w-]+)"', self.get(path).text)
        assert found, path
        return found[1]

    def submit(self, path: str, page: str, **values: Any) -> TestResponse:
        """Send a form with the token of the page it stands on."""
        return self.host.post(path, data={"csrf_token": self.token(page), **values})

    def sign_in(self, side: Side, **changes: str) -> TestResponse:
        """Send the sign-in form of one side's member."""
        typed = {"name": side.sign_in_name, "password": PASSWORD, "code": side.code(), **changes}
        return self.submit("/sign-in", "/sign-in", **typed)


@dataclass
class Hands:
    """The clock of the server, held still until a test moves it."""

    now: datetime

    def move(self, **by: float) -> datetime:
        """Let time pass. In: what `timedelta` takes."""
        self.now += timedelta(**by)
        return self.now

    def code(self, secret: str) -> str:
        """The code that an app with this secret shows now."""
        return pyotp.TOTP(secret).at(self.now)


def options_of(page: TestResponse) -> dict[str, Any]:
    """What a page asks the browser's passkeys for."""
    found = re.search(r"data-options='([^']*)'", page.text)
    assert found
    asked: dict[str, Any] = json.loads(html.unescape(found[1]))
    return asked


def cookies_of(page: TestResponse) -> dict[str, str]:
    """The cookies that an answer sets, each with its whole header."""
    return {header.partition("=")[0]: header for header in page.headers.getlist("Set-Cookie")}


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The server's clock, in a test's hands."""
    held = Hands(clock.now())
    monkeypatch.setattr(clock, "now", lambda: held.now)
    return held


@pytest.fixture
def passkey(coordinator: Browser) -> Authenticator:
    """A passkey that the home team's member has added."""
    made = Authenticator()
    answer = made.create(options_of(coordinator.get("/account/passkey")))
    added = coordinator.submit("/account/passkey", "/account/passkey", passkey=json.dumps(answer))
    assert added.location == "/account?done=passkey-added"
    return made


@pytest.fixture(autouse=True)
def _built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages need the names of the built files, and not the files."""
    manifest = tmp_path / "manifest.json"
    names = {"file": "assets/inbox-12345678.js", "css": ["assets/inbox-12345678.css"]}
    manifest.write_text(json.dumps({built.ENTRY: names}))
    monkeypatch.setattr(built, "MANIFEST", manifest)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """A browser that nobody has signed in."""
    return Browser(inbox_client(app))


@pytest.fixture
def coordinator(app: Flask, partnership: Partnership) -> Browser:
    """The home team's member, signed in."""
    browser = Browser(inbox_client(app))
    assert browser.sign_in(partnership.home).status_code == 303
    return browser


@pytest.fixture
def outsider(app: Flask, partnership: Partnership) -> Browser:
    """The other team's member, signed in."""
    browser = Browser(inbox_client(app))
    assert browser.sign_in(partnership.other).status_code == 303
    return browser


@pytest.fixture
def send(app: Flask, partnership: Partnership) -> Callable[..., Stored]:
    """Stores a referral for the home team."""

    def _send(part: dict[str, Any] | None = None, **changes: Any) -> Stored:
        with app.app_context():
            return store(partnership.home, changes.pop("at", clock.now()), part, **changes)

    return _send


@pytest.fixture
def make(app: Flask, hands: Hands) -> Callable[..., str]:
    """Makes a link; the secret comes back."""

    def _make(kind: str, **more: Any) -> str:
        with app.app_context(), writing() as session:
            return links.make_link(session, kind, hands.now, **more)

    return _make


@pytest.fixture
def invited(make: Callable[..., str], partnership: Partnership) -> str:
    """A link for a new member of the home team."""
    more = {"team_id": partnership.home.team_id, "display_name": "Coordinator, east", "roles": ("coordinator",)}
    return make("member", **more)


@pytest.fixture
def signed_in_as(app: Flask, partnership: Partnership) -> Callable[..., Browser]:
    """Another member of the home team, with these roles only."""

    def _signed_in(*roles: str) -> Browser:
        with app.app_context(), writing() as session:
            team = session.get_one(Team, partnership.home.team_id)
            made = add_member(session, team, "else", "Somebody else", PASSWORD, roles=roles, now=clock.now())
            session.flush()
            side = Side(team.id, made.id, "else", made.totp_secret or "", "")
        browser = Browser(inbox_client(app))
        assert browser.sign_in(side).status_code == 303
        return browser

    return _signed_in
