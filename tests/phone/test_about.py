"""GET health, health/live, health/ready and GET openapi.json."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from server.extensions import db
from server.services import definitions
from tests.clients import HostClient, field_client
from tests.conftest import application

HEALTH = ("/api/v1/health", "/api/v1/health/live", "/api/v1/health/ready")


@pytest.fixture
def asked(engine_app: Flask) -> HostClient:
    """The field host, once on each engine."""
    return field_client(engine_app)


@pytest.fixture
def away(sqlite_url: str) -> Iterator[HostClient]:
    """The field host when its database has gone away."""
    with application(sqlite_url) as app:
        with app.app_context():
            db.engine.dispose()
        file = Path(sqlite_url.removeprefix("sqlite:///"))
        for left in file.parent.glob(f"{file.name}*"):
            left.unlink()
        file.mkdir()
        yield field_client(app)


def _write(app: Flask, statement: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("path", HEALTH)
def test_a_sound_server_says_so_and_nothing_more(asked: HostClient, path: str) -> None:
    answer = asked.get(path)
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    told = f"{answer.headers} {answer.text}"
    assert [part for part in ("flask", "granian", "sqlalchemy") if version(part) in told] == []


def test_a_database_of_before_is_not_ready(engine_app: Flask, asked: HostClient) -> None:
    _write(engine_app, "UPDATE alembic_version SET version_num = '0001'")
    answer = asked.get("/api/v1/health/ready")
    assert (answer.status_code, answer.json["code"]) == (503, "not-migrated")
    assert answer.headers["Retry-After"]
    assert asked.get("/api/v1/health/live").status_code == 200


def test_an_empty_database_is_not_ready(engine_app: Flask, asked: HostClient) -> None:
    _write(engine_app, "DROP TABLE alembic_version")
    assert asked.get("/api/v1/health/ready").json["code"] == "not-migrated"


def test_without_its_definitions_it_is_not_ready(
    asked: HostClient, engine_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = definitions.shipped()
    monkeypatch.setattr("server.phone.about.shipped", lambda: {**known, "0" * 64: {}})
    answer = asked.get("/api/v1/health/ready")
    assert (answer.status_code, answer.json["code"]) == (503, "definitions-missing")


def test_without_its_database_it_is_alive_and_not_ready(away: HostClient) -> None:
    assert away.get("/api/v1/health/live").status_code == 200
    assert away.get("/api/v1/health").status_code == 503
    answer = away.get("/api/v1/health/ready")
    assert (answer.status_code, answer.json["code"]) == (503, "database-away")
    assert "sqlite" not in answer.text.lower()
    assert "/" not in answer.json["detail"] + answer.json["title"]


def test_the_description_names_every_route(app: Flask, field: HostClient) -> None:
    described = field.get("/api/v1/openapi.json").json
    assert described["openapi"] == "3.1.0"
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    assert set(described["paths"]) == {rule.replace("<", "{").replace(">", "}") for rule in rules}
    refusals = described["paths"]["/api/v1/referrals"]["post"]["responses"]
    assert {"200", "201", "422", "default"} <= set(refusals)
    assert "code" in described["components"]["schemas"]["Problem"]["required"]
    not_ready = described["paths"]["/api/v1/health/ready"]["get"]["responses"]["503"]
    assert list(not_ready["content"]) == ["application/problem+json"]
