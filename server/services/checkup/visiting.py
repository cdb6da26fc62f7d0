"""The server asks its own two origins, as anybody on the way to them would. It must never ask another host, follow an
answer elsewhere, read a body, or wait longer than the limit."""

import http.client
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from server.config import Config

# Seconds for all that one origin is asked.
LIMIT = 3.0

PHONE_PAGE, PHONE_CALL, DESK_PAGE = "/", "/api/v1/health", "/sign-in"
AWAY, NO_HTTPS, REFUSED = "away", "no_https", "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer."""

    status: int
    headers: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


@dataclass(frozen=True, slots=True)
class Visit:
    """What an origin answered, by path. `fault`: AWAY (no answer in time), NO_HTTPS (something answers, and not by
    https), REFUSED (its certificate is not to be trusted), or nothing. `ends`: when its certificate does."""

    origin: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    fault: str = ""
    ends: datetime | None = None


class Visits:
    """Both origins, asked at the same time from the moment this is made."""

    def __init__(self, config: Config) -> None:
        self._until = time.monotonic() + LIMIT
        self._found: dict[str, Visit] = {}
        self._done: tuple[Visit, Visit] | None = None
        asked = {
            config.field_origin: (PHONE_PAGE, PHONE_CALL, DESK_PAGE),
            config.inbox_origin: (DESK_PAGE, PHONE_CALL),
        }
        # Daemons: one that hangs in looking up a name keeps neither the page nor the end of the server waiting.
        self._threads = {
            origin: threading.Thread(target=self._visit, args=(origin, paths), daemon=True)
            for origin, paths in asked.items()
        }
        for thread in self._threads.values():
            thread.start()

    def done(self) -> tuple[Visit, Visit]:
        """The field app's and the inbox's, at the limit at the latest; what comes later is not heard any more."""
        if self._done:
            return self._done
        for thread in self._threads.values():
            thread.join(max(0.0, self._until - time.monotonic()))
        field_app, inbox = (self._found.get(origin, Visit(origin, fault=AWAY)) for origin in self._threads)
        self._done = field_app, inbox
        return self._done

    def _visit(self, origin: str, paths: tuple[str, ...]) -> None:
        answers: dict[str, Answer] = {}
        ends = None
        try:
            for path in paths:
                answers[path], ends = _ask(origin, path, self._until)
        except ssl.SSLCertVerificationError:
            self._found[origin] = Visit(origin, fault=REFUSED)
        except ssl.SSLError:
            self._found[origin] = Visit(origin, fault=NO_HTTPS)
        except (OSError, http.client.HTTPException, ValueError):
            self._found[origin] = Visit(origin, fault=AWAY)
        else:
            self._found[origin] = Visit(origin, answers, ends=ends)


def _ask(origin: str, path: str, until: float) -> tuple[Answer, datetime | None]:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection = _connection(origin, left)
    try:
        connection.connect()
        ends = _end_of_certificate(connection.sock)
        connection.request("GET", path, headers={"Host": urlsplit(origin).netloc, "Connection": "close"})
        with connection.getresponse() as response:
            return Answer(response.status, tuple(response.getheaders())), ends
    finally:
        connection.close()


def _connection(origin: str, seconds: float) -> http.client.HTTPConnection:
    parts = urlsplit(origin)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=context)
    # These names mean this machine everywhere (RFC 6761, 6.3), and not every machine can look them up.
    return http.client.HTTPConnection("127.0.0.1" if host.endswith("localhost") else host, parts.port, seconds)


def _end_of_certificate(sock: object) -> datetime | None:
    certificate = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
    if not certificate:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
