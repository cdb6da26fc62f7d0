"""GET health and GET openapi.json."""

from flask import Flask

from tests.clients import HostClient


def test_health_asks_the_database(field: HostClient) -> None:
    assert field.get("/api/v1/health").json == {"status": "ok"}


def test_the_description_names_every_route(app: Flask, field: HostClient) -> None:
    described = field.get("/api/v1/openapi.json").json
    assert described["openapi"] == "3.1.0"
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    assert set(described["paths"]) == {rule.replace("<", "{").replace(">", "}") for rule in rules}
    refusals = described["paths"]["/api/v1/referrals"]["post"]["responses"]
    assert {"200", "201", "422", "default"} <= set(refusals)
    assert "code" in described["components"]["schemas"]["Problem"]["required"]
