"""The gate before everything: which host was asked for, and what that host may answer with.

The field host has the phone's files and /api/v1; the inbox host has the coordinator's pages and files.
Neither ever answers for the other, and no other name is answered at all.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whitenoise import WhiteNoise

from server.config import Config
from server.security import FIELD_CSP, INBOX_CSP, guarded

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_HERE = Path(__file__).parent
PHONE_FILES = _HERE / "phone" / "app"
INBOX_FILES = _HERE / "inbox" / "static"

# Where the views find out which host they are on.
HOST = "heed.host"
API = "/api/v1"

# Vite puts a hash into these names, so that they can be kept for ever.
_HASHED = re.compile(r"/assets/.+-[\w-]{8}\.\w+(\.\w+)?$")

# Paths of the phone app: one page, which reads the address itself.
_PHONE_PAGES = ("/", "/join")


class HostGate:
    """A WSGI application in front of Flask's. Files are looked up once, when it is made."""

    def __init__(self, app: "WSGIApplication", config: Config) -> None:
        self._app = app
        self._config = config
        self._phone_files = _files(PHONE_FILES, "")
        self._inbox_files = _files(INBOX_FILES, "static")

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        config = self._config
        host = environ.get("HTTP_HOST", "").lower()
        origin, csp = (
            (config.inbox_origin, INBOX_CSP) if host == config.inbox_host else (config.field_origin, FIELD_CSP)
        )
        https = origin.startswith("https:")

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            return start_response(status, guarded(headers, csp, https), exc_info)

        environ["wsgi.url_scheme"] = "https" if https else "http"
        # No name or number of ours has a NUL in it, and PostgreSQL cannot even look for one.
        if "\0" in environ.get("PATH_INFO", "") or "%00" in environ.get("QUERY_STRING", ""):
            return _plain(environ, start, "400 Bad Request", "This address cannot be read.")
        if host == config.field_host:
            return self._field(environ, start)
        if host == config.inbox_host:
            return self._inbox(environ, start)
        return _plain(environ, start, "421 Misdirected Request", "This server does not answer to that name.")

    def _field(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        environ[HOST] = "field"
        if path == "/api" or path.startswith("/api/"):
            return self._app(environ, start)
        if path in _PHONE_PAGES:
            environ["PATH_INFO"] = "/"
        return self._phone_files(environ, start)

    def _inbox(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        environ[HOST] = "inbox"
        if path == "/api" or path.startswith("/api/"):
            return _not_found(environ, start)
        if path.startswith("/static/"):
            return self._inbox_files(environ, start)
        return self._app(environ, start)


def _files(folder: Path, prefix: str) -> "WSGIApplication":
    """The built files of one host; without a build every name is 404, and `heed serve` says why."""
    if not folder.is_dir():
        return _not_found
    files: WSGIApplication = WhiteNoise(
        _not_found,
        root=str(folder),
        prefix=prefix,
        index_file=True,
        max_age=0,
        allow_all_origins=False,
        immutable_file_test=_HASHED.pattern,
    )
    return files


def _not_found(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
    return _plain(environ, start, "404 Not Found", "There is nothing here.")


def _plain(environ: "WSGIEnvironment", start: "StartResponse", status: str, text: str) -> Iterable[bytes]:
    body = b"" if environ["REQUEST_METHOD"] == "HEAD" else f"{text}\n".encode()
    start(status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text) + 1))])
    return [body]
