"""The counts beside the lists are what the lists hold, whatever lies where; beyond the bound nothing is counted."""

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
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "received_at": _AGES,
            "closed_at": st.none() | _AGES,
            "due_at": st.sampled_from((-1, 1)).map(lambda hours: NOW + timedelta(hours=hours)),
            "state": st.sampled_from(("stored", "read", "acted")),
            "held": st.booleans(),
            "mine": st.booleans(),
            "danger": st.booleans(),
            "child": st.booleans(),
            "unsafe": st.booleans(),
            "new_phone": st.booleans(),
            "kept_until": st.none() | st.sampled_from((1, 20)).map(lambda days: NOW + timedelta(days=days)),
            "here": st.booleans(),
            "unread": st.booleans(),
        }
    ),
    max_size=12,
)


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


def _fill(sides: Partnership, drawn: list[dict[str, Any]]) -> None:
    db.session.execute(delete(Message))
    db.session.execute(delete(Referral))
    for one in drawn:
        row = dict(one)
        here, mine, unread = (row.pop(name) for name in ("here", "mine", "unread"))
        side = sides.home if here else sides.other
        closed = row["closed_at"] is not None
        row |= {
            "id": str(uuid.uuid4()), "reference": "HD-0000-0000", "team_id": side.team_id, "coded": _CODED,
            "coded_sha256": "0" * 64, "receipt_sha256": uuid.uuid4().hex * 2, "checklist_hash": "", "pathway_hash": "",
            "subject": "person", "age": "adult", "kinds": [], "area": "", "concern": "low", "could_be": "low",
            "rescored": "not", "urgency_rank": 0 if row["danger"] or row["unsafe"] else 2, "urgent_because": [],
            "state": "closed" if closed else row["state"], "held": row["held"] and not closed,
            "claimed_by": side.member_id if mine else None,
        }  # fmt: skip
        db.session.execute(insert(Referral), [row])
        if unread:
            message = {"seq": 1, "direction": "to_team", "file": b"", "sha256": "", "mac": "", "at": NOW}
            db.session.execute(insert(Message), [{"referral_id": row["id"], "team_id": side.team_id, **message}])
    db.session.commit()


@given(drawn=_ROWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_count_is_the_length_of_its_list(
    engine_app: Flask, sides: Partnership, drawn: list[dict[str, Any]]
) -> None:
    with engine_app.app_context():
        _fill(sides, drawn)
        member = db.session.get_one(Member, sides.home.member_id)
        lists = {name: listed(member, name, NOW, Periods()).rows for name in FILTERS}
        assert counts(member, NOW, Periods()) == {name: len(rows) for name, rows in lists.items()}
        # One rule for the countdown that is shown and for what the database finds.
        by = NOW + timedelta(days=14)
        leaving = {row.id for row in lists["leaving"]}
        everything = {row.id: row for name in ("to-act", "held", "closed") for row in lists[name]}
        assert leaving == {number for number, row in everything.items() if row.leaves_at <= by}


def test_nothing_is_counted_beyond_the_bound(
    engine_app: Flask, sides: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_counts, "MOST_COUNTED", 3)
    row = {
        "received_at": NOW - timedelta(days=80), "closed_at": None, "due_at": NOW, "state": "stored", "held": False,
        "mine": True, "danger": True, "child": True, "unsafe": True, "new_phone": False, "kept_until": None,
        "here": True, "unread": True,
    }  # fmt: skip
    closed = {**row, "closed_at": NOW - timedelta(days=70)}
    with engine_app.app_context():
        _fill(sides, [row] * 5 + [closed] * 4 + [{**row, "held": True}] * 4)
        member = db.session.get_one(Member, sides.home.member_id)
        counted = counts(member, NOW + timedelta(seconds=1), Periods())
        assert counted == {**dict.fromkeys(FILTERS, 3), "unclaimed": 0}
