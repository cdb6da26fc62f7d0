"""A browser that is signed in to the inbox, and pages that find a built script without a build."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server import clock
from server.inbox import built
from server.services.intake import Stored
from tests.clients import HostClient, inbox_client
from tests.partnership import PASSWORD, Partnership, Side
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
