"""A log line says which route answered what, how fast, and nothing of who asked or what was asked."""

import logging
import re
import uuid

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.clients import FIELD, INBOX
from tests.partnership import Partnership
from tests.referrals import REFERRALS, bearer, referral

LINE = re.compile(r"(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|-) (\S+) \d{3} \d+\.\d ms [0-9a-f]{8}\Z")
NUMBER = str(uuid.uuid4())
# Where addresses take whole numbers only (up to 2 147 483 647).
WHOLE = "1731900077"
PEER, AGENT, BODY, QUERY = "203.0.113.77", "Zephyrphone/77.31", "quaylantern body", "quaylantern-query"
MARKERS = (NUMBER, WHOLE, PEER, "Zephyrphone", "quaylantern", "QUAYLANTERN")
TOLD = {"User-Agent": AGENT, "X-Forwarded-For": PEER, "Referer": f"https://quaylantern.example/{NUMBER}"}


def _filled(rule: Rule) -> str:
    """The address of a rule with the markers in each of its places."""
    return re.sub(r"<(int:)?[^>]*>", lambda place: WHOLE if place[1] else NUMBER, rule.rule)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything that anybody logs."""
    caplog.set_level(logging.DEBUG)
    return caplog


def test_no_line_of_any_route_says_who_asked_for_what(app: Flask, lines: pytest.LogCaptureFixture) -> None:
    client = app.test_client()
    rules = list(app.url_map.iter_rules())
    for rule in rules:
        origin = FIELD if rule.rule.startswith("/api/") else INBOX
        for method in sorted(rule.methods or ()):
            client.open(
                f"{_filled(rule)}?q={QUERY}",
                method=method,
                base_url=origin,
                headers={**TOLD, "Authorization": f"Bearer {NUMBER}"},
                data=None if method in ("GET", "HEAD") else f'{{"note": "{BODY}"}}',
                content_type="application/json",
                environ_base={"REMOTE_ADDR": PEER},
                buffered=True,
            )
    said = [record.getMessage() for record in lines.records if record.name == "heed.requests"]
    assert [line for line in said if not LINE.match(line)] == []
    named = {found[2] for line in said if (found := LINE.match(line))}
    # A door that stays shut is a route that answered; each must have had its line, under its template.
    assert {rule.rule for rule in rules} - named == set()
    assert [marker for marker in MARKERS if marker in lines.text] == []


def test_a_referral_leaves_its_route_only(
    app: Flask, partnership: Partnership, lines: pytest.LogCaptureFixture
) -> None:
    body = referral()
    client = app.test_client()
    token = bearer(partnership.home.device_token)
    assert client.post(REFERRALS, json=body, headers={**TOLD, **token}, base_url=FIELD).status_code == 201
    assert client.post(REFERRALS, json={**body, "id": BODY}, headers=token, base_url=FIELD).status_code == 422
    for marker in (body["id"], partnership.home.device_token, body["coded"]["area"], *MARKERS):
        assert marker not in lines.text, marker
    assert "POST /api/v1/referrals 201" in lines.text


@pytest.mark.parametrize("origin", [FIELD, INBOX])
def test_what_is_not_there_and_what_was_made_up_is_a_dash(
    app: Flask, lines: pytest.LogCaptureFixture, origin: str
) -> None:
    client = app.test_client()
    for method, path in [
        ("GET", f"/api/quaylantern/{NUMBER}"),
        ("QUAYLANTERN", f"/api/v1/{WHOLE}"),
        ("GET", f"/{WHOLE}"),
    ]:
        client.open(path, method=method, base_url=origin, buffered=True)
    assert [marker for marker in MARKERS if marker in lines.text] == []
    if origin == FIELD:
        assert re.search(r"- - 404 ", lines.text)


def test_the_answer_tells_the_line_s_number(app: Flask, lines: pytest.LogCaptureFixture) -> None:
    answer = app.test_client().get("/api/v1/health", base_url=FIELD)
    assert answer.headers["Request-Id"] in lines.text
