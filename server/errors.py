"""What is answered when something goes wrong: problem documents on the field host, a plain page on the inbox
host.

The log gets the kind of the fault and the place in the code, never the message, which may hold what was sent.
"""

import logging
import traceback

from flask import Flask, Response, g, render_template, request
from sqlalchemy import exc
from werkzeug.exceptions import HTTPException

from server.hosts import HOST
from server.problems import Problem

_LOG = logging.getLogger("heed.errors")
_RETRY_SECONDS = "5"

# HTTP status: code, title, detail. What is not listed is told in general words.
_WORDS = {
    400: ("bad-request", "This request cannot be read", "Send it again as the interface describes."),
    404: ("not-found", "There is nothing at this address", "Check the address against openapi.json."),
    405: (
        "method-not-allowed",
        "This address does not do that",
        "Use one of the methods in the Allow header.",
    ),
    413: ("too-large", "This is more than is taken in", "Send at most 64 KiB."),
    415: ("not-json-type", "Only JSON is taken in", "Send it with Content-Type: application/json."),
    500: ("server-fault", "Something is wrong on the server", "Keep what you sent and try again later."),
    503: ("busy", "The server is busy", "Keep what you sent and try again in a few seconds."),
}


def init_app(app: Flask) -> None:
    """Register the handlers. They are for every exception, so that nothing reaches the server's own error
    page."""
    app.register_error_handler(Problem, lambda problem: problem.response())
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(exc.OperationalError, _busy)
    app.register_error_handler(exc.TimeoutError, _busy)
    app.register_error_handler(Exception, _fault)


def _http(error: HTTPException) -> Response:
    given = {name: value for name, value in error.get_headers() if name.lower() in ("allow", "retry-after")}
    return _answer(error.code or 500, given)


def _busy(error: Exception) -> Response:
    _note(error)
    return _answer(503, {"Retry-After": _RETRY_SECONDS})


def _fault(error: Exception) -> Response:
    _note(error)
    return _answer(500, {})


def _answer(status: int, headers: dict[str, str]) -> Response:
    code, title, detail = _WORDS.get(status, ("refused", "This was refused", "Check the request."))
    if request.environ.get(HOST) != "inbox":
        return Problem(status, code, title, detail, headers=headers).response()
    try:
        page = render_template("inbox/error.html", status=status)
    except Exception as error:
        # The page about a fault must not make another one.
        _note(error)
        return Response(f"{title}.\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)
    return Response(page, status=status, content_type="text/html; charset=utf-8", headers=headers)


def _note(error: Exception) -> None:
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames[-6:]))
    _LOG.error("request %s %s at %s", g.get("request_id", "-"), type(error).__name__, places)
