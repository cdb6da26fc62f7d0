"""The thread that gives the figures out over HTTP, and nothing else. It must never say a word about who asked."""

import errno
import logging
import socket
import socketserver
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer

_LOG = logging.getLogger("heed.metrics")

# Several processes of a host cannot share a port: each takes the first that is free, from the one in the settings.
PORTS = 16
_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PATH = "/metrics"


class MetricsPort(threading.Thread):
    """Binds within the thread, so that no request waits for it; ends when no port can be had.

    In: address and port to begin at, what makes the text. `server` is None until it is bound.
    """

    def __init__(self, address: tuple[str, int], text: Callable[[], bytes]) -> None:
        super().__init__(name="heed-metrics", daemon=True)
        self._address = address
        self._handler = _handler(text)
        self.server: HTTPServer | None = None

    def run(self) -> None:
        """Answer until the process ends."""
        try:
            server = self._bound()
        except OSError as error:
            _LOG.error("metrics: no port (%s)", errno.errorcode.get(error.errno or 0, "-"))
            return
        with server:
            self.server = server
            server.serve_forever()

    def _bound(self) -> HTTPServer:
        host, first = self._address
        kind = _Server6 if ":" in host else _Server
        for port in range(first, min(first + PORTS, 65536)):
            try:
                return kind((host, port), self._handler)
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
        raise OSError(errno.EADDRINUSE, "")


class _Server(HTTPServer):
    # One after another: a few readers ask a few times a minute.
    def handle_error(self, *_args: object) -> None:
        """Says nothing: the usual words hold the reader's address."""

    def server_bind(self) -> None:
        """Without the usual look for the address's name, which waits for a name server."""
        socketserver.TCPServer.server_bind(self)


class _Server6(_Server):
    address_family = socket.AF_INET6


def _handler(text: Callable[[], bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        # Seconds: who opens a connection and says nothing must not keep the next one out.
        timeout = 5
        server_version = "heed"
        sys_version = ""

        def do_GET(self) -> None:
            if self.path.partition("?")[0] != _PATH:
                self.send_error(404)
                return
            body = text()
            self.send_response(200)
            self.send_header("Content-Type", _CONTENT_TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Says nothing: the usual line holds the reader's address."""

    return Handler
