"""The figures: counted in words of ours, given out on a port of their own, by a thread that is begun again when it
ends."""

import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from server import metrics, metrics_port
from server.extensions import db
from server.metrics import Metrics
from tests.clients import field_client
from tests.conftest import application
from tests.partnership import Partnership, found
from tests.referrals import REFERRALS, bearer, referral
from tests.served import Served, free_port, need_build
from tests.test_request_log import FIELD, INBOX, MARKERS, NUMBER, PEER, TOLD, _filled


def _read(port: int, path: str = "/metrics") -> str:
    """What the port says, as soon as it is there."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.05)
    raise AssertionError("nobody gives out figures")


def _is_ours(watched: Flask, port: int) -> bool:
    """Whether the figures of this application are given out at `port`."""
    figures = watched.extensions["heed.metrics"].port
    for _ in range(100):
        if figures.server is not None:
            return bool(figures.server.server_address[1] == port)
        time.sleep(0.05)
    return False


def _end(figures: Metrics) -> None:
    """The thread ends, as if by a fault of its own."""
    assert figures.port is not None
    for _ in range(100):
        if figures.port.server is not None:
            figures.port.server.shutdown()
            break
        time.sleep(0.05)
    figures.port.join(timeout=10)
    assert not figures.port.is_alive()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def watched(database_url: str, port: int) -> Iterator[Flask]:
    """An application whose figures are given out on `port`."""
    with application(database_url, metrics=("127.0.0.1", port)) as app:
        yield app
        figures = app.extensions["heed.metrics"]
        if figures.port is not None and figures.port.is_alive():
            _end(figures)


@pytest.fixture
def sides(watched: Flask) -> Partnership:
    with watched.app_context():
        return found()


def test_without_an_address_nothing_is_counted(app: Flask) -> None:
    assert "heed.metrics" not in app.extensions


def test_nothing_is_begun_before_the_first_request(watched: Flask, port: int) -> None:
    """The web server may still fork until then."""
    assert watched.extensions["heed.metrics"].port is None
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_what_happened_is_counted(watched: Flask, sides: Partnership, port: int) -> None:
    field = field_client(watched)
    token = bearer(sides.home.device_token)
    body = referral()
    assert field.post(REFERRALS, json=body, headers=token).status_code == 201
    assert field.post(REFERRALS, json=body, headers=token).status_code == 200
    changed = {**body, "coded": {**body["coded"], "part_of_day": "morning"}}
    assert field.post(REFERRALS, json=changed, headers=token).status_code == 409
    assert field.post(REFERRALS, json=body).status_code == 401
    field.get("/api/v1/health")
    said = _read(port)
    for line in (
        'heed_requests_total{method="POST",route="/api/v1/referrals",status="2xx"} 2.0',
        'heed_requests_total{method="POST",route="/api/v1/referrals",status="4xx"} 2.0',
        'heed_requests_total{method="GET",route="/api/v1/health",status="2xx"} 1.0',
        'heed_request_seconds_count{method="POST",route="/api/v1/referrals"} 4.0',
        "heed_referrals_stored_total 1.0",
        'heed_referrals_refused_total{code="other-content"} 1.0',
        'heed_referrals_refused_total{code="device-unknown"} 1.0',
    ):
        assert line in said.splitlines(), line
    memory = re.search(r"^process_resident_memory_bytes (\S+)$", said, re.MULTILINE)
    assert memory
    assert float(memory[1]) > 1e6
    assert "python_info" not in said


def test_errors_of_the_database_are_counted_by_kind(watched: Flask, port: int) -> None:
    with watched.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE definition RENAME TO gone"))
        # Each engine has its own kind for a table that is not there.
        kind = {"sqlite": "OperationalError", "postgresql": "ProgrammingError"}[connection.dialect.name]
    assert field_client(watched).get("/api/v1/health/ready").status_code == 503
    assert f'heed_database_errors_total{{kind="{kind}"}} 1.0' in _read(port).splitlines()


def test_no_label_says_who_asked_for_what(watched: Flask, port: int) -> None:
    client = watched.test_client()
    rules = list(watched.url_map.iter_rules())
    for rule in rules:
        origin = FIELD if rule.rule.startswith("/api/") else INBOX
        for method in (*(rule.methods or ()), "QUAYLANTERN"):
            more = {"headers": TOLD, "environ_base": {"REMOTE_ADDR": PEER}, "buffered": True}
            client.open(_filled(rule), method=method, base_url=origin, **more)
    said = _read(port)
    assert [marker for marker in MARKERS if marker in said] == []
    assert set(re.findall(r'route="([^"]*)"', said)) == {rule.rule for rule in rules} | {"-"}
    assert "-" in re.findall(r'method="([^"]*)"', said)


def test_a_thread_that_ended_is_begun_again(watched: Flask, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    field = field_client(watched)
    field.get("/api/v1/health")
    _read(port)
    _end(watched.extensions["heed.metrics"])
    monkeypatch.setattr(metrics, "_AGAIN_AFTER", 0.0)
    field.get("/api/v1/health")
    assert 'heed_requests_total{method="GET",route="/api/v1/health",status="2xx"} 2.0' in _read(port)


def test_the_next_process_of_a_host_takes_the_next_port(watched: Flask, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        field_client(watched).get("/api/v1/health")
        # Another program of the machine may have the very next one.
        found_at = next(at for at in range(port + 1, port + metrics_port.PORTS) if _is_ours(watched, at))
        assert "heed_requests_total" in _read(found_at)


def test_only_one_address_of_the_port_answers(watched: Flask, port: int) -> None:
    field_client(watched).get("/api/v1/health")
    _read(port)
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        _read(port, f"/{NUMBER}")
    refused.value.close()


def test_a_reader_leaves_no_trace(watched: Flask, port: int, capfd: pytest.CaptureFixture[str]) -> None:
    field_client(watched).get("/api/v1/health")
    _read(port)
    with socket.create_connection(("127.0.0.1", port)) as half:
        half.sendall(b"GET /metr")
    _read(port)
    assert "127.0.0.1" not in "".join(capfd.readouterr())


def test_a_real_server_gives_out_figures_and_ends(
    database_url: str, tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_build()
    with application(database_url) as app, app.app_context():
        found()
    monkeypatch.setenv("HEED_METRICS", f"127.0.0.1:{port}")
    server = Served(database_url, tmp_path / "server.log")
    server.start()
    try:
        assert 'route="/api/v1/health",status="2xx"' in _read(port)
    finally:
        # By itself, although the thread is still there.
        server.end()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
