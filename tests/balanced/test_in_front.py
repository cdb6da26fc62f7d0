"""What stands in front of Heed, nginx or Caddy, tells it no address and writes none down: with the examples that
operators copy, and a program behind them that remembers every byte of a request."""

import http.client
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.balanced.caddy import Caddy
from tests.balanced.in_front import InFront
from tests.balanced.nginx import Balancer

# A person's own, as a browser or another proxy on the way may tell them; a documentation network's.
_ADDRESS = "203.0.113.77"
_TOLD = {
    "X-Forwarded-For": _ADDRESS,
    "X-Forwarded-Host": "elsewhere.example",
    "X-Forwarded-Proto": "http",
    "X-Real-IP": _ADDRESS,
    "Forwarded": f"for={_ADDRESS}",
    "Via": f"1.1 {_ADDRESS}",
}
_MOST = 64 * 1024
# How the world comes in here: what is written about it would be written about a person.
_HERE = "127.0.0.2"


class Behind(ThreadingHTTPServer):
    """Remembers what it was asked, and answers with the name of its program, as Heed does not."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Remembering)
        self.met: list[tuple[str, str, dict[str, str], bytes]] = []
        Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def end(self) -> None:
        """Nobody listens any more."""
        self.shutdown()
        self.server_close()


class _Remembering(BaseHTTPRequestHandler):
    # HTTP/1.0: no connection outlives its answer, nor the server.
    server: Behind

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.met.append((self.command, self.path, headers, body))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_GET = do_POST = _answer  # noqa: N815  # the library's names

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def behind() -> Iterator[Behind]:
    server = Behind()
    yield server
    server.end()


@pytest.fixture
def dying() -> Iterator[Behind]:
    """Another, which the test ends."""
    server = Behind()
    yield server
    server.end()


@pytest.fixture(params=[Balancer, Caddy], ids=["nginx", "caddy"])
def front(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[InFront]:
    made: InFront = request.param(tmp_path / "front")
    yield made
    made.end()


def _ask(front: InFront, method: str, path: str, body: bytes = b"", host: str = "") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=30, source_address=(_HERE, 0))
    connection.request(method, path, body or None, {"Host": f"{host}localhost:{front.port}", **_TOLD})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.parametrize("host", ["", "inbox."])
def test_heed_is_told_the_name_and_no_address(front: InFront, behind: Behind, host: str) -> None:
    front.start([behind.port])
    assert _ask(front, "GET", "/a/page?of=it", host=host).status == 200
    [(_, path, headers, _)] = behind.met
    assert path == "/a/page?of=it"
    assert headers["host"] == f"{host}localhost:{front.port}"
    assert set(headers) & {name.lower() for name in _TOLD} == set()
    assert not any(address in value for address in (_ADDRESS, _HERE) for value in headers.values())


def test_an_unknown_name_reaches_nothing(front: InFront, behind: Behind) -> None:
    front.start([behind.port])
    with suppress(http.client.RemoteDisconnected):
        _ask(front, "GET", "/", host="other.")
    assert behind.met == []


def test_answers_ask_for_https_and_name_no_program(front: InFront, behind: Behind) -> None:
    front.start([behind.port])
    answer = _ask(front, "GET", "/")
    assert "max-age=63072000" in (answer.getheader("Strict-Transport-Security") or "")
    assert answer.getheader("Via") is None
    told = answer.getheader("Server") or ""
    assert "Python" not in told
    assert not any(figure.isdigit() for figure in told)


def test_a_request_is_at_most_as_large_as_heed_takes(front: InFront, behind: Behind) -> None:
    front.start([behind.port])
    assert _ask(front, "POST", "/api/v1/referrals", b"x" * _MOST).status == 200
    assert [body for *_, body in behind.met] == [b"x" * _MOST]
    behind.met.clear()
    assert _ask(front, "POST", "/api/v1/referrals", b"x" * (_MOST + 1)).status in (413, 502)
    assert [body for *_, body in behind.met if len(body) > _MOST] == []


def test_nothing_is_written_down_of_who_asked(front: InFront, behind: Behind) -> None:
    """Neither of an answer, nor of a request refused, nor when nothing behind it answers."""
    front.start([behind.port])
    _ask(front, "GET", "/quaylantern")
    _ask(front, "POST", "/quaylantern", b"x" * (_MOST + 1))
    behind.end()
    assert _ask(front, "GET", "/quaylantern").status in (502, 503)
    front.end()
    said = front.said()
    assert not [part for part in ("quaylantern", _ADDRESS, _HERE) if part in said]


def test_several_hosts_of_which_one_goes_away(front: InFront, behind: Behind, dying: Behind) -> None:
    """What was never handed over goes to the other, and comes there once."""
    front.start([dying.port, behind.port])
    assert {_ask(front, "GET", "/").status for _ in range(4)} == {200}
    dying.end()
    for at in range(12):
        assert _ask(front, "GET", f"/page/{at}").status == 200
    asked = [path for _, path, *_ in behind.met if path.startswith("/page/")]
    assert sorted(asked) == sorted(f"/page/{at}" for at in range(12))
