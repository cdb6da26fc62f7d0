"""Each host answers for itself only, and every answer carries its headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from server import hosts
from server.security import FIELD_CSP, INBOX_CSP
from tests.clients import FIELD, INBOX, HostClient, field_client, inbox_client
from tests.conftest import application


@pytest.fixture
def built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str
) -> Iterator[tuple[HostClient, HostClient]]:
    """Both hosts with a small build: (field, inbox)."""
    phone, inbox = tmp_path / "phone", tmp_path / "inbox"
    for folder, name, text in (
        (phone, "index.html", "<title>The phone</title>"),
        (phone, "sw.js", "// worker"),
        (phone, "assets/app-a1B2_c3-.js", "1"),
        (inbox, "assets/inbox-a1B2_c3-.css", "a{}"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    monkeypatch.setattr(hosts, "PHONE_FILES", phone)
    monkeypatch.setattr(hosts, "INBOX_FILES", inbox)
    with application(database_url) as app:
        yield field_client(app), inbox_client(app)


def test_the_field_host_has_the_phone_app(built: tuple[HostClient, HostClient]) -> None:
    field, _ = built
    for page in ("/", "/join"):
        answer = field.get(page)
        assert (answer.status_code, answer.text) == (200, "<title>The phone</title>")
        assert answer.headers["Cache-Control"] == "max-age=0, public"
    assert field.get("/sw.js").headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in field.get("/assets/app-a1B2_c3-.js").headers["Cache-Control"]
    assert "immutable" not in field.get("/sw.js").headers["Cache-Control"]
    assert field.get("/static/assets/inbox-a1B2_c3-.css").status_code == 404


def test_the_inbox_host_has_its_own_files_and_no_api(built: tuple[HostClient, HostClient]) -> None:
    field, inbox = built
    assert inbox.get("/static/assets/inbox-a1B2_c3-.css").status_code == 200
    assert "The phone" not in inbox.get("/join").text
    assert field.get("/api/v1/health").status_code == 200
    for path in ("/api/v1/health", "/api", "/api/v1/referrals", "/assets/app-a1B2_c3-.js", "/sw.js"):
        assert inbox.get(path).status_code == 404, path


def test_another_name_is_not_answered(built: tuple[HostClient, HostClient]) -> None:
    for name in ("evil.example", "localhost", "localhost:8001", "127.0.0.1:8000", "x.localhost:8000"):
        stranger = HostClient(built[0].client, f"http://{name}")
        assert stranger.get("/api/v1/health").status_code == 421


def test_every_kind_of_answer_has_every_header(built: tuple[HostClient, HostClient]) -> None:
    field, inbox = built
    stranger = HostClient(field.client, "http://evil.example")
    for client, path, csp in (
        (field, "/", FIELD_CSP),
        (field, "/none", FIELD_CSP),
        (field, "/api/v1/content", FIELD_CSP),
        (field, "/api/v1/none", FIELD_CSP),
        (inbox, "/static/assets/inbox-a1B2_c3-.css", INBOX_CSP),
        (inbox, "/none", INBOX_CSP),
        (stranger, "/", FIELD_CSP),
    ):
        answer = client.get(path)
        assert answer.headers.getlist("Content-Security-Policy") == [csp], path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Permissions-Policy"].startswith("camera=(self), microphone=(), geolocation=()"), path
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Cache-Control" in answer.headers
        assert "Strict-Transport-Security" not in answer.headers
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_over_https_browsers_are_told_to_stay_there(database_url: str) -> None:
    origins = {"field_origin": "https://heed.example", "inbox_origin": "https://inbox.heed.example"}
    with application(database_url, **origins) as app:
        answer = app.test_client().get("/api/v1/health", base_url="https://heed.example")
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


@pytest.mark.parametrize("path", ["/account/sessions/%00/end", "/?q=%00", "/people/1%00"])
def test_an_address_with_a_nul_is_refused_before_anything_looks_at_it(app: Flask, path: str) -> None:
    client = app.test_client()
    for origin in (FIELD, INBOX):
        assert client.get(path, base_url=origin, buffered=True).status_code == 400
        assert client.post(path, base_url=origin, buffered=True).status_code == 400
