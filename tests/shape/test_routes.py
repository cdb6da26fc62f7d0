"""Every route says whom it is for, and every answer of both hosts carries the same guard."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from server.security import FIELD_CSP, INBOX_CSP
from server.services.accounts.roles import DEEDS
from tests.clients import FIELD, INBOX

NEEDS = {"anyone", "invitation", "device", "receipt"}
INBOX_NEEDS = {*DEEDS, "nobody", "link", "nothing"}
API = "/api/v1/"


def _rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def _address(rule: Rule) -> str:
    """The rule as an address, each place filled with something that is not there."""
    return rule.rule.split("<")[0] + "none" if "<" in rule.rule else rule.rule


def test_every_route_says_whom_it_is_for(app: Flask) -> None:
    said = {rule.rule: getattr(app.view_functions[rule.endpoint], "need", None) for rule in _rules(app)}
    assert {path: need for path, need in said.items() if need not in NEEDS | INBOX_NEEDS} == {}
    assert {path for path, need in said.items() if need in NEEDS} == {path for path in said if path.startswith(API)}


def test_no_address_of_the_phone_vanishes_unnoticed(app: Flask) -> None:
    assert {(rule.rule, *sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})) for rule in _rules(app)} >= {
        ("/api/v1/content", "GET"),
        ("/api/v1/content/<name>", "GET"),
        ("/api/v1/devices", "POST"),
        ("/api/v1/referrals", "POST"),
        ("/api/v1/follow-up", "GET"),
        ("/api/v1/follow-up", "DELETE"),
        ("/api/v1/follow-up/messages", "POST"),
        ("/api/v1/health", "GET"),
        ("/api/v1/openapi.json", "GET"),
    }


@pytest.mark.parametrize(("origin", "csp"), [(FIELD, FIELD_CSP), (INBOX, INBOX_CSP)])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS"])
def test_the_policy_is_exact_on_every_route_of_both_hosts(app: Flask, origin: str, csp: str, method: str) -> None:
    client = app.test_client()
    for path in [*map(_address, _rules(app)), "/", "/none", "/static/none", "/api"]:
        answer = client.open(path, method=method, base_url=origin, buffered=True)
        assert answer.headers.getlist("Content-Security-Policy") == [csp], path
        assert answer.status_code != 500, path


def test_the_policy_allows_nothing_unsafe() -> None:
    for csp in (FIELD_CSP, INBOX_CSP):
        assert csp.startswith("default-src 'none'; ")
        assert "unsafe" not in csp
        assert "*" not in csp
        assert csp.endswith("require-trusted-types-for 'script'; trusted-types heed")
    assert "form-action 'none'" in FIELD_CSP
    assert "form-action 'self'" in INBOX_CSP


def test_the_field_host_sets_no_cookie(app: Flask) -> None:
    client = app.test_client()
    for path in [*map(_address, _rules(app)), "/", "/join"]:
        for method in ("GET", "POST"):
            answer = client.open(path, method=method, base_url=FIELD, buffered=True)
            assert "Set-Cookie" not in answer.headers, path


def test_neither_host_answers_for_the_other(app: Flask) -> None:
    client = app.test_client()
    for rule in _rules(app):
        stranger = INBOX if rule.rule.startswith(API) else FIELD
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = client.open(_address(rule), method=method, base_url=stranger, buffered=True)
            # The field host's own page is at "/".
            if (stranger, rule.rule) != (FIELD, "/"):
                assert answer.status_code in (404, 405), (rule.rule, method)
