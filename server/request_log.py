"""One line for each request that reaches the program: route template, method, status, milliseconds, request
id.

Never an address, a user agent, a body, a query string, a path as it was typed or a method that was made up.
"""

import logging
import secrets
import time

from flask import Flask, Response, current_app, g, request

_LOG = logging.getLogger("heed.requests")

# RFC 9110 and 5789. Any other word is the sender's own, and could be a name.
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}


def init_app(app: Flask) -> None:
    """Note when a request begins and write its line when it ends; the figures, if there are any, get the same words."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = secrets.token_hex(4)
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    # The template, not the path: the path of a referral's page holds its id.
    route = request.url_rule.rule if request.url_rule else "-"
    method = request.method if request.method in _METHODS else "-"
    took = time.perf_counter() - g.began if "began" in g else 0.0
    request_id = g.get("request_id", "-")
    _LOG.info("%s %s %d %.1f ms %s", method, route, response.status_code, took * 1000, request_id)
    response.headers["Request-Id"] = request_id
    if "heed.metrics" in current_app.extensions:
        current_app.extensions["heed.metrics"].count(method, route, response, took)
    return response
