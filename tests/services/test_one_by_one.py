"""Rows that are due are gone through whole: a fault stops none of the others, is told without a value, and is not tried
for ever."""

import logging
from collections import Counter
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import true

from server import clock
from server.services import one_by_one
from tests.partnership import found
from tests.services.sending import send

NOW = clock.now()


@pytest.fixture
def ids(engine_app: Flask) -> list[str]:
    with engine_app.app_context():
        home = found().home
        return [send(home, NOW).id for _ in range(7)]


def test_a_fault_in_one_stops_no_other(
    engine_app: Flask, ids: list[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_by_one, "_PAGE", 3)
    tried: Counter[str] = Counter()

    def deed(referral_id: str) -> bool:
        tried[referral_id] += 1
        if referral_id == ids[0]:
            raise ValueError("+441414960000")
        return False

    with engine_app.app_context(), caplog.at_level(logging.INFO):
        assert one_by_one.one_by_one(true(), deed) == 0
    assert tried == Counter(ids)
    assert "ValueError at test_one_by_one.py:" in caplog.text
    assert "414960000" not in caplog.text
    assert ids[0] not in caplog.text


def test_when_nothing_can_be_done_it_ends(engine_app: Flask, ids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_by_one, "_PAGE", 1)
    monkeypatch.setattr(one_by_one, "_MOST_PASSED_OVER", 4)
    tried: list[str] = []
    with engine_app.app_context():
        one_by_one.one_by_one(true(), lambda referral_id: bool(tried.append(referral_id)))
    assert len(tried) == 4


def test_what_is_said_to_be_done_and_is_due_again_does_not_come_back_for_ever(
    engine_app: Flask, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_by_one, "_PAGE", 3)
    tried: Counter[str] = Counter()

    def deed(referral_id: str) -> bool:
        tried[referral_id] += 1
        if tried[referral_id] > 2:
            # No fault that would be passed over: this ends it.
            pytest.fail("it comes back for ever")
        return True

    with engine_app.app_context():
        assert one_by_one.one_by_one(true(), deed) == sum(tried.values())
    assert tried.keys() == set(ids)
    assert max(tried.values()) == 1


def test_after_each_the_writers_place_is_left_to_others(
    engine_app: Flask, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else who sends a referral meanwhile waits for as long as all that is due takes."""
    ticking, slept = [0.0], []
    monkeypatch.setattr(one_by_one, "time", SimpleNamespace(monotonic=lambda: ticking[0], sleep=slept.append))

    def deed(_referral_id: str) -> bool:
        assert len(slept) == ticking[0]
        ticking[0] += 1
        return False

    with engine_app.app_context():
        one_by_one.one_by_one(true(), deed)
    assert slept == [2.0] * len(ids)
