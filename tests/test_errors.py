"""A fault is told without a word of what was sent, and logged without it too."""

import logging

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as WaitedTooLong

from server.services import intake
from server.services.accounts import sessions
from tests.clients import HostClient
from tests.partnership import Partnership
from tests.phone.test_referrals import refused
from tests.referrals import REFERRALS, bearer, referral


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (RuntimeError("marker"), 500, "server-fault"),
        (OperationalError("marker", {"marker": "marker"}, Exception("marker")), 503, "busy"),
        (WaitedTooLong("marker"), 503, "busy"),
    ],
)
def test_a_fault_tells_nothing(
    app: Flask,
    field: HostClient,
    partnership: Partnership,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
    status: int,
    code: str,
) -> None:
    def break_down(*_: object) -> None:
        raise fault

    monkeypatch.setattr(intake, "store", break_down)
    with caplog.at_level(logging.DEBUG):
        answer = field.post(REFERRALS, json=referral(), headers=bearer(partnership.home.device_token))
    refused(answer, status, code)
    # A phone asks again of itself where it is told when; of a fault it is not.
    assert answer.headers.get("Retry-After") == ("5" if status == 503 else None)
    assert "marker" not in answer.text + caplog.text
    assert type(fault).__name__ in caplog.text


@pytest.mark.parametrize(
    ("fault", "status", "again"),
    [
        (RuntimeError("marker"), 500, None),
        (OperationalError("marker", {"marker": "marker"}, Exception("marker")), 503, "5"),
        (WaitedTooLong("marker"), 503, "5"),
    ],
)
def test_a_fault_on_the_inbox_host_is_a_page_that_tells_nothing(
    app: Flask,
    inbox: HostClient,
    partnership: Partnership,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    status: int,
    again: str | None,
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(sessions, "current_session", break_down)
    inbox.client.set_cookie("__Host-heed", "token", domain="inbox.localhost")
    answer = inbox.get("/")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, again)
    assert answer.mimetype in ("text/html", "text/plain")
    assert "marker" not in answer.text


def test_a_method_that_is_not_there_is_405(field: HostClient) -> None:
    answer = field.open(REFERRALS, method="PUT")
    refused(answer, 405, "method-not-allowed")
    assert "POST" in answer.headers["Allow"]


def test_an_address_that_is_not_there_is_404(field: HostClient) -> None:
    for path in ("/api/v1/none", "/api/v2/health", "/api"):
        refused(field.get(path), 404, "not-found")


def test_the_log_has_the_template_and_nothing_of_the_request(
    field: HostClient, partnership: Partnership, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for path in (REFERRALS, "/api/v1/content/marker-of-a-path", "/api/v1/marker-of-another"):
            field.post(
                f"{path}?q=marker-of-a-query",
                json={"marker-of-a-body": 1},
                headers={**bearer("marker-of-a-token"), "User-Agent": "marker-of-an-agent"},
                environ_base={"REMOTE_ADDR": "192.0.2.99"},
            )
    lines = [record.getMessage() for record in caplog.records if record.name == "heed.requests"]
    assert [line.split()[:3] for line in lines] == [
        ["POST", "/api/v1/referrals", "401"],
        ["POST", "-", "405"],
        ["POST", "-", "404"],
    ]
    assert "marker" not in caplog.text
    assert "192.0.2.99" not in caplog.text
