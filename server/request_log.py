"""One line for each request that reaches the program: route template, method, status, milliseconds, request
id.

Never an address, a user agent, a body, a query string or a path as it was typed.
"""

import logging
import secrets
import time

from flask import Flask, Response, g, request

_LOG = logging.getLogger("heed.requests")


def init_app(app: Flask) -> None:
    """Note when a request begins and write its line when it ends."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = secrets.token_hex(4)
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    # The template, not the path: the path of a referral's page holds its id.
    route = request.url_rule.rule if request.url_rule else "-"
    took = (time.perf_counter() - g.began) * 1000 if "began" in g else 0.0
    request_id = g.get("request_id", "-")
    _LOG.info("%s %s %d %.1f ms %s", request.method, route, response.status_code, took, request_id)
    response.headers["Request-Id"] = request_id
    return response
