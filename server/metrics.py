"""Figures for whoever watches the server, on a port of their own that the world cannot reach (HEED_METRICS).

Labels are words of ours only (route templates, methods, classes of status, codes): never an id, a team, a name or an
address.
"""

import os
import threading
import time
from typing import Any

from flask import Flask, Response
from sqlalchemy import ExceptionContext, event

from server.config import Config
from server.extensions import db
from server.metrics_port import MetricsPort
from server.problems import CONTENT_TYPE as PROBLEM

_REFERRALS = ("POST", "/api/v1/referrals")
# Seconds: from a plain read to a writer who waited for the whole of the database's lock.
_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
# Seconds before a port that could not be had is tried for again: requests must not pay for it each time.
_AGAIN_AFTER = 30.0


class Metrics:
    """The figures of one application in one process.

    Nothing is imported or started when it is made: the web server forks, and a thread would stay behind.
    """

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._lock = threading.Lock()
        self._tried = 0.0
        self._process = 0
        self._kept: _Kept | None = None
        self.port: MetricsPort | None = None

    def count(self, method: str, route: str, response: Response, seconds: float) -> None:
        """Note one request that has its answer. In: method and route template as the log says them."""
        kept = self._running()
        kept.requests.labels(route, method, f"{response.status_code // 100}xx").inc()
        kept.seconds.labels(route, method).observe(seconds)
        if (method, route) != _REFERRALS:
            return
        if response.status_code == 201:
            kept.stored.inc()
        elif response.content_type == PROBLEM:
            # Our own document: its code is one of a few words of the program, and nothing that was sent.
            kept.refused.labels(response.get_json()["code"]).inc()

    def count_database_error(self, context: ExceptionContext) -> None:
        """Note an error by its kind, as SQLAlchemy names it; what it says may hold what was sent."""
        if context.sqlalchemy_exception is not None:
            self._running().database_errors.labels(type(context.sqlalchemy_exception).__name__).inc()

    def _running(self) -> "_Kept":
        """The figures, and a living thread that gives them out, unless its port cannot be had just now."""
        with self._lock:
            if self._kept is None or self._process != os.getpid():
                # A thread does not come along into a forked process, nor do figures belong there.
                self._kept, self.port, self._process, self._tried = _Kept(), None, os.getpid(), 0.0
            now = time.monotonic()
            gone = self.port is None or not self.port.is_alive()
            if gone and (self._tried == 0.0 or now - self._tried > _AGAIN_AFTER):
                self._tried = now
                self.port = MetricsPort(self._address, self._kept.text)
                self.port.start()
            return self._kept


class _Kept:
    """What is counted, in a registry of its own: prometheus-client's usual one adds the versions of parts."""

    def __init__(self) -> None:
        # Only who asks for figures carries the library's weight.
        from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest

        self._registry = registry = CollectorRegistry()
        self._latest = generate_latest
        ProcessCollector(registry=registry)
        route, method = "route", "method"
        self.requests = Counter(
            "heed_requests", "Requests answered, by class of status", (route, method, "status"), registry=registry
        )
        self.seconds = Histogram(
            "heed_request_seconds", "How long answers took", (route, method), buckets=_BUCKETS, registry=registry
        )
        self.stored = Counter("heed_referrals_stored", "New referrals stored", registry=registry)
        self.refused = Counter("heed_referrals_refused", "Referrals refused", ("code",), registry=registry)
        self.database_errors = Counter(
            "heed_database_errors", "Errors of the database, by kind", ("kind",), registry=registry
        )

    def text(self) -> bytes:
        """All figures as Prometheus reads them."""
        return self._latest(self._registry)


def init_app(app: Flask) -> None:
    """Make the figures of this application, when its settings ask for them: `app.extensions["heed.metrics"]`."""
    config: Config = app.config["HEED"]
    if config.metrics is None:
        return
    metrics = app.extensions["heed.metrics"] = Metrics(*config.metrics)
    with app.app_context():
        engine: Any = db.engine
    event.listen(engine, "handle_error", metrics.count_database_error)
