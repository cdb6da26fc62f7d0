"""A test client that stays on one host, as a browser's tab does."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FIELD = "http://localhost:8000"
INBOX = "http://inbox.localhost:8000"


@dataclass(frozen=True)
class HostClient:
    """Asks one origin only. Answers are read to their end, so that no file stays open."""

    client: FlaskClient
    origin: str

    def get(self, path: str, **more: Any) -> TestResponse:
        """GET a path of this host."""
        return self.client.get(path, base_url=self.origin, buffered=True, **more)

    def post(self, path: str, **more: Any) -> TestResponse:
        """POST to a path of this host."""
        return self.client.post(path, base_url=self.origin, buffered=True, **more)

    def delete(self, path: str, **more: Any) -> TestResponse:
        """DELETE a path of this host."""
        return self.client.delete(path, base_url=self.origin, buffered=True, **more)

    def open(self, path: str, method: str) -> TestResponse:
        """Any method."""
        return self.client.open(path, method=method, base_url=self.origin, buffered=True)


def field_client(app: Flask) -> HostClient:
    """A client of the field host."""
    return HostClient(app.test_client(), FIELD)


def inbox_client(app: Flask) -> HostClient:
    """A client of the inbox host."""
    return HostClient(app.test_client(), INBOX)
