"""The server asks its own two names for real: by https with a throw-away certificate, through proxies that do what they
should not, and where nobody answers."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from server import clock
from server.config import Config
from server.services.checkup import hosts, machine, visiting
from server.services.checkup.finding import GOOD, LOOK, UNSEEN, WRONG, Finding
from server.services.checkup.visiting import AWAY, NO_HTTPS, REFUSED, Visit, Visits
from tests.conftest import application
from tests.served import free_port, need_build
from tests.services.checkup.two_names import TODAY, Application, Certificate, certificate, served

Headers = list[tuple[str, str]]
# What a proxy does to a request and to the answer's headers.
Ask = Callable[[dict[str, Any]], None]
Change = Callable[[dict[str, Any], Headers], Headers]


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("trusted"))


@pytest.fixture
def config(sqlite_url: str) -> Config:
    """Two names with https, of one port."""
    port = free_port()
    return Config(
        field_origin=f"https://localhost:{port}",
        inbox_origin=f"https://127.0.0.1:{port}",
        database_url=sqlite_url,
        bind_port=port,
    )


@pytest.fixture
def program(config: Config) -> Iterator[Flask]:
    need_build()
    with application(config.database_url, field_origin=config.field_origin, inbox_origin=config.inbox_origin) as made:
        yield made


def through(app: Application, ask: Ask | None = None, change: Change | None = None) -> Application:
    """The program behind a proxy."""

    def proxy(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        asked = dict(environ)
        if ask:
            ask(environ)

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            return start_response(status, change(asked, headers) if change else headers, exc_info)

        return app(environ, start)

    return proxy


def asked(
    config: Config, behind: Application, shown: Certificate | None, trust: Certificate, patch: pytest.MonkeyPatch
) -> tuple[Visit, Visit]:
    patch.setenv("SSL_CERT_FILE", os.fspath(trust.file))
    with served(behind, config.bind_port, shown):
        return Visits(config).done()


def states(visits: tuple[Visit, Visit]) -> dict[str, tuple[str, str]]:
    """What the assertions about names say, by name."""
    looks: list[Callable[..., Finding | None]] = [hosts.https, hosts.certificate, hosts.headers, hosts.apart]
    found = [look(visits, TODAY) for look in looks]
    return {one.about: (one.state, one.found) for one in found if one}


ALL_GOOD = dict.fromkeys(("https", "certificate", "headers", "apart"), (GOOD, "good"))


def test_what_is_well_is_found_well(
    config: Config, program: Flask, trusted: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = asked(config, program, trusted, trusted, monkeypatch)
    assert states(visits) == ALL_GOOD
    assert machine.host_clock(visits, clock.now()).state == GOOD
    assert [visit.ends for visit in visits] == [trusted.ends] * 2
    assert visits[0].answers["/"].status == 200


@pytest.mark.parametrize(("days", "state"), [(13, LOOK), (15, GOOD)])
def test_a_certificate_that_ends_soon(
    config: Config, program: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, state: str
) -> None:
    soon = certificate(tmp_path, days=days)
    found = hosts.certificate(asked(config, program, soon, soon, monkeypatch), TODAY)
    assert found is not None
    assert (found.state, found.facts) == (state, {"at": TODAY + timedelta(days=days)})


@pytest.mark.parametrize("kind", ["expired", "strange"])
def test_a_certificate_that_cannot_be_trusted(
    config: Config, program: Flask, trusted: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    bad = certificate(tmp_path, days=-1, began=9) if kind == "expired" else certificate(tmp_path)
    visits = asked(config, program, bad, bad if kind == "expired" else trusted, monkeypatch)
    assert [visit.fault for visit in visits] == [REFUSED] * 2
    assert states(visits) == {
        "https": (WRONG, REFUSED),
        "certificate": (UNSEEN, "unseen"),
        "headers": (UNSEEN, "unseen"),
        "apart": (UNSEEN, "unseen"),
    }


def test_what_answers_without_https(
    config: Config, program: Flask, trusted: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = asked(config, program, None, trusted, monkeypatch)
    assert states(visits)["https"] == (WRONG, NO_HTTPS)


def _without(name: str) -> Change:
    return lambda _asked, headers: [one for one in headers if one[0].lower() != name]


def _with(name: str, value: str) -> Change:
    return lambda asked, headers: [*_without(name)(asked, headers), (name, value)]


def _cookie_on_the_field(asked: dict[str, Any], headers: Headers) -> Headers:
    return [*headers, ("Set-Cookie", "lb=1")] if asked["HTTP_HOST"].startswith("localhost") else headers


@pytest.mark.parametrize(
    ("change", "about", "found"),
    [
        (_without("content-security-policy"), "headers", "policy"),
        (_with("content-security-policy", "default-src 'self'"), "headers", "policy"),
        (_without("strict-transport-security"), "headers", "hsts"),
        (_with("strict-transport-security", "max-age=3600"), "headers", "hsts"),
        (_cookie_on_the_field, "apart", "cookie"),
    ],
)
def test_a_proxy_that_changes_answers(
    config: Config,
    program: Flask,
    trusted: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    change: Change,
    about: str,
    found: str,
) -> None:
    said = states(asked(config, through(program, change=change), trusted, trusted, monkeypatch))
    assert said[about] == (WRONG, found)
    assert {**said, about: (GOOD, "good")} == ALL_GOOD


@pytest.mark.parametrize(("as_if", "found"), [("localhost", "other"), ("127.0.0.1", "other"), ("app", "own")])
def test_a_proxy_that_does_not_hand_on_the_name(
    config: Config, program: Flask, trusted: Certificate, monkeypatch: pytest.MonkeyPatch, as_if: str, found: str
) -> None:
    def ask(environ: dict[str, Any]) -> None:
        environ["HTTP_HOST"] = f"{as_if}:{config.bind_port}"

    said = hosts.apart(asked(config, through(program, ask), trusted, trusted, monkeypatch), TODAY)
    mixed_up = config.inbox_origin if as_if == "localhost" else config.field_origin
    assert (said.state, said.found, said.facts) == (WRONG, found, {"origin": mixed_up})


def test_it_follows_nobody_elsewhere(config: Config, trusted: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer leads to another host, which is never asked."""
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0.2)
        there = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/"

        def away(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
            start_response("302 Found", [("Location", there)])
            return []

        visits = asked(config, away, trusted, trusted, monkeypatch)
        assert {answer.status for visit in visits for answer in visit.answers.values()} == {302}
        with pytest.raises(TimeoutError):
            elsewhere.accept()
    assert states(visits)["apart"][0] == WRONG


def _dumb(connection: socket.socket, over: threading.Event) -> None:
    with connection:
        over.wait(30)


def _never_done(connection: socket.socket, over: threading.Event) -> None:
    with connection, suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Head: ")
        for _letter in range(500):
            if over.wait(0.02):
                return
            connection.sendall(b"a")
        over.set()


@pytest.mark.parametrize("says", [_dumb, _never_done])
def test_who_never_comes_to_an_end_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, says: Callable[[socket.socket, threading.Event], None]
) -> None:
    """Nothing ends it but the limit: what says a letter at a time would have gone on for ten seconds."""
    monkeypatch.setattr(visiting, "LIMIT", 0.3)
    over = threading.Event()

    def answer(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                threading.Thread(target=says, args=(connection, over), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer, args=(server,), daemon=True).start()
        asking = Visits(_without_https(server.getsockname()[1]))
        visits = asking.done()
        assert not over.is_set()
        over.set()
    assert asking.done() is visits
    assert [visit.fault for visit in visits] == [AWAY] * 2
    assert hosts.apart(visits, TODAY).state == UNSEEN


def test_nobody_there(config: Config) -> None:
    visits = Visits(config).done()
    assert [visit.fault for visit in visits] == [AWAY] * 2
    assert (hosts.https(visits, TODAY).state, hosts.https(visits, TODAY).found) == (LOOK, AWAY)


def test_this_machine_alone(sqlite_url: str) -> None:
    """The demonstration's two names, without https and without a way to look them up."""
    need_build()
    port = free_port()
    config = _without_https(port)
    names = {"field_origin": config.field_origin, "inbox_origin": config.inbox_origin}
    with application(sqlite_url, **names) as app, served(app, port, None):
        said = states(Visits(config).done())
    assert said["https"] == (LOOK, "this_machine")
    assert said["headers"] == said["apart"] == (GOOD, "good")
    assert "certificate" not in said


def _without_https(port: int) -> Config:
    return Config(field_origin=f"http://localhost:{port}", inbox_origin=f"http://inbox.localhost:{port}")
