"""The lists hold what they should and the counts beside them say how much; beyond the bound nothing is counted."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from server import clock
from server.extensions import db
from server.models import Member, Message, Referral
from server.services import list_counts
from server.services.list_conditions import FILTERS
from server.services.list_counts import counts
from server.services.listing import listed
from server.services.retention.periods import Periods
from tests.partnership import Partnership, found
from tests.referrals import coded

NOW = clock.now()
_CODED = json.dumps(coded())
_AGES = st.sampled_from((0, 10, 31, 75, 76, 77, 90, 120)).map(lambda days: NOW - timedelta(days=days))
_UNREAD = ("unread", "two unread")
_MESSAGES = ("none", *_UNREAD, "opened", "to the phone", "to another team")
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "received_at": _AGES,
            "closed_at": st.none() | _AGES,
            "due_at": st.sampled_from((-1, 1)).map(lambda hours: NOW + timedelta(hours=hours)),
            "state": st.sampled_from(("stored", "read", "acted")),
            "held": st.booleans(),
            "claimed": st.sampled_from(("nobody", "me", "another")),
            "danger": st.booleans(),
            "child": st.booleans(),
            "unsafe": st.booleans(),
            "new_phone": st.booleans(),
            "kept_until": st.none() | st.sampled_from((1, 20)).map(lambda days: NOW + timedelta(days=days)),
            "here": st.booleans(),
            "message": st.sampled_from(_MESSAGES),
        }
    ),
    max_size=12,
)


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


def _fill(sides: Partnership, drawn: list[dict[str, Any]]) -> list[str]:
    """Put them there. Out: their ids."""
    db.session.execute(delete(Message))
    db.session.execute(delete(Referral))
    me, another = sides.home.member_id, sides.other.member_id
    ids = []
    for one in drawn:
        row = dict(one)
        here, claimed, message = (row.pop(name) for name in ("here", "claimed", "message"))
        side, elsewhere = (sides.home, sides.other) if here else (sides.other, sides.home)
        closed = row["closed_at"] is not None
        row |= {
            "id": str(uuid.uuid4()), "reference": "HD-0000-0000", "team_id": side.team_id, "coded": _CODED,
            "coded_sha256": "0" * 64, "receipt_sha256": uuid.uuid4().hex * 2, "checklist_hash": "", "pathway_hash": "",
            "subject": "person", "age": "adult", "kinds": [], "area": "", "concern": "low", "could_be": "low",
            "rescored": "not", "urgency_rank": 0 if row["danger"] or row["unsafe"] else 2, "urgent_because": [],
            "state": "closed" if closed else row["state"], "held": row["held"] and not closed,
            "claimed_by": {"nobody": None, "me": me, "another": another}[claimed],
        }  # fmt: skip
        db.session.execute(insert(Referral), [row])
        if message != "none":
            written = {
                "referral_id": row["id"], "file": b"", "sha256": "", "mac": "", "at": NOW,
                "team_id": (elsewhere if message == "to another team" else side).team_id,
                "direction": "to_phone" if message == "to the phone" else "to_team",
                "read_at": NOW if message == "opened" else None,
            }  # fmt: skip
            many = 2 if message == "two unread" else 1
            db.session.execute(insert(Message), [{**written, "seq": seq + 1} for seq in range(many)])
        ids.append(row["id"])
    db.session.commit()
    return ids


def _lists_of(one: dict[str, Any]) -> set[str]:
    """The lists in which a row should be, said without the database; but for the one of what leaves."""
    if not one["here"]:
        return set()
    if one["closed_at"] is not None:
        return {"closed"}
    if one["held"]:
        return {"held"}
    holds = {
        "to-act": True,
        "mine": one["claimed"] == "me",
        "unclaimed": one["claimed"] == "nobody",
        "overdue": one["state"] in ("stored", "read") and one["due_at"] < NOW,
        "messages": one["message"] in _UNREAD,
        "known": not one["new_phone"],
        **{name: one[name] for name in ("danger", "child", "unsafe")},
    }
    return {name for name, is_so in holds.items() if is_so}


@given(drawn=_ROWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_list_holds_what_it_should_and_its_count_is_its_length(
    engine_app: Flask, sides: Partnership, drawn: list[dict[str, Any]]
) -> None:
    with engine_app.app_context():
        ids = _fill(sides, drawn)
        member = db.session.get_one(Member, sides.home.member_id)
        lists = {name: listed(member, name, NOW, Periods()).rows for name in FILTERS}
        assert counts(member, NOW, Periods()) == {name: len(rows) for name, rows in lists.items()}
        wanted = {number: _lists_of(one) for number, one in zip(ids, drawn, strict=True)}
        for name in set(FILTERS) - {"leaving"}:
            assert {row.id for row in lists[name]} == {number for number, names in wanted.items() if name in names}, (
                name
            )
        # One rule for the countdown that is shown and for what the database finds.
        by = NOW + timedelta(days=14)
        leaving = {row.id for row in lists["leaving"]}
        everything = {row.id: row for name in ("to-act", "held", "closed") for row in lists[name]}
        for number, one in zip(ids, drawn, strict=True):
            if row := everything.get(number):
                late = one["state"] in ("stored", "read") and one["due_at"] < NOW and one["closed_at"] is None
                unread = one["message"] in _UNREAD and one["closed_at"] is None
                assert (row.mine, row.overdue, row.unread_message) == (one["claimed"] == "me", late, unread)
        assert leaving == {number for number, row in everything.items() if row.leaves_at <= by}


def test_nothing_is_counted_beyond_the_bound(
    engine_app: Flask, sides: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_counts, "MOST_COUNTED", 3)
    row = {
        "received_at": NOW - timedelta(days=80), "closed_at": None, "due_at": NOW, "state": "stored", "held": False,
        "claimed": "me", "danger": True, "child": True, "unsafe": True, "new_phone": False, "kept_until": None,
        "here": True, "message": "unread",
    }  # fmt: skip
    closed = {**row, "closed_at": NOW - timedelta(days=70)}
    with engine_app.app_context():
        _fill(sides, [row] * 5 + [closed] * 4 + [{**row, "held": True}] * 4)
        member = db.session.get_one(Member, sides.home.member_id)
        counted = counts(member, NOW + timedelta(seconds=1), Periods())
        assert counted == {**dict.fromkeys(FILTERS, 3), "unclaimed": 0}
