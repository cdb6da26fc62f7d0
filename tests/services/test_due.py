"""How urgent, why, and until when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.services.due import due_after, urgency_of

# A Friday afternoon.
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
CHECKLIST = {"indicators": {"sold": {"marks": ["decisive_strong"]}, "tired": {"marks": []}}}


def _coded(actions: list[list[str]], answers: dict[str, str] | None = None, **facts: str) -> dict[str, Any]:
    given = {sign: {"answer": answer} for sign, answer in (answers or {}).items()}
    return {"actions": actions, "answers": given, "facts": {"subject": "person", "age": "adult", **facts}}


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        ("now", FRIDAY + timedelta(hours=1)),
        ("today", FRIDAY + timedelta(hours=8)),
        ("24h", FRIDAY + timedelta(hours=24)),
        ("5d", FRIDAY + timedelta(days=7)),
        ("ready", FRIDAY + timedelta(days=7)),
    ],
)
def test_when_it_is_due(urgency: str, due: datetime) -> None:
    assert due_after(urgency, FRIDAY) == due


def test_the_most_urgent_action_of_phone_and_server_counts() -> None:
    assert urgency_of(_coded([["a", "5d"]]), [["b", "today"], ["c", "ready"]], None).word == "today"


def test_without_actions_it_is_last() -> None:
    assert urgency_of(_coded([]), [], None).word == "ready"


def test_an_urgency_of_a_newer_phone_is_not_put_last() -> None:
    assert urgency_of(_coded([["a", "at-once"]]), [], None).word == "today"


@pytest.mark.parametrize(
    ("facts", "code", "urgency"),
    [
        ({"danger": "now"}, "danger_now", "now"),
        ({"safe_tonight": "no"}, "unsafe_tonight", "now"),
        ({"age": "under16"}, "child", "24h"),
        ({"age": "unsure"}, "child", "24h"),
    ],
)
def test_a_reason_lifts_the_urgency_by_itself(facts: dict[str, str], code: str, urgency: str) -> None:
    found = urgency_of(_coded([["a", "ready"]], **facts), [], None)
    assert (found.because, found.word) == ([code], urgency)


def test_a_decisive_sign_is_a_reason_only_with_a_yes() -> None:
    assert urgency_of(_coded([], {"sold": "yes"}), [], CHECKLIST).because == ["decisive_sign"]
    assert urgency_of(_coded([], {"sold": "no", "tired": "yes"}), [], CHECKLIST).because == []


def test_a_place_is_no_child() -> None:
    assert urgency_of(_coded([], subject="place", age="not_a_person"), [], None).because == []
