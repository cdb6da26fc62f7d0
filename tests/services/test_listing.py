"""The list in pages: put together they are the list, nothing twice and nothing left out, in every filter."""

import base64
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
from server.models import Member, Referral, Tombstone
from server.models.referral import URGENCIES
from server.services import list_conditions, listing, triage
from server.services.listing import UnknownPlace, listed
from server.services.retention.periods import Periods
from server.services.transaction import writing
from tests.partnership import Partnership, found
from tests.referrals import coded
from tests.services.sending import send

NOW = clock.now()
# Few values of each, so that much is the same and the id has to decide.
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "urgency_rank": st.integers(0, len(URGENCIES) - 1),
            "due_at": st.integers(0, 2).map(lambda hours: NOW + timedelta(hours=hours)),
            "state": st.sampled_from(["stored", "closed"]),
            "closed_at": st.integers(0, 2).map(lambda hours: NOW - timedelta(hours=hours)),
            "held": st.booleans(),
            "new_phone": st.booleans(),
        }
    ),
    max_size=16,
)


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


def _row(side_id: int, drawn: dict[str, Any]) -> dict[str, Any]:
    closed = drawn["state"] == "closed"
    return {
        "id": str(uuid.uuid4()), "reference": "HD-0000-0000", "team_id": side_id, "coded": json.dumps(coded()),
        "coded_sha256": "0" * 64, "receipt_sha256": uuid.uuid4().hex * 2, "checklist_hash": "", "pathway_hash": "",
        "subject": "person", "age": "adult", "kinds": [], "area": "", "concern": "low", "could_be": "low",
        "rescored": "not", "urgent_because": [], "received_at": NOW,
        **drawn,
        "closed_at": drawn["closed_at"] if closed else None, "held": drawn["held"] and not closed,
    }  # fmt: skip


def _sorted(rows: list[dict[str, Any]], show: str) -> list[str]:
    """What the list should be, sorted without the database."""
    if show == "closed":
        kept = [row for row in rows if row["state"] == "closed"]
        return [row["id"] for row in sorted(kept, key=lambda row: (row["closed_at"], row["id"]), reverse=True)]
    wanted = {"held": (True,), "to-act": (False,), "known": (False,)}[show]
    kept = [row for row in rows if row["state"] != "closed" and row["held"] in wanted]
    kept = [row for row in kept if show != "known" or not row["new_phone"]]
    return [row["id"] for row in sorted(kept, key=lambda row: (row["urgency_rank"], row["due_at"], row["id"]))]


def _pages(member: Member, show: str, most: int) -> list[str]:
    seen, after = [], ""
    while True:
        page = listed(member, show, NOW, Periods(), after, most)
        assert len(page.rows) <= most
        seen += [row.id for row in page.rows]
        # A place that does not move would go on for ever.
        assert len(seen) == len(set(seen))
        if not page.more:
            return seen
        assert len(page.rows) == most
        after = page.more


@given(drawn=_ROWS, most=st.integers(1, 5), show=st.sampled_from(["to-act", "known", "held", "closed"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_pages_together_are_the_list(
    engine_app: Flask, sides: Partnership, drawn: list[dict[str, Any]], most: int, show: str
) -> None:
    with engine_app.app_context():
        rows = [_row(sides.home.team_id, each) for each in drawn]
        db.session.execute(delete(Referral))
        if rows:
            db.session.execute(insert(Referral), rows)
        db.session.commit()
        member = db.session.get_one(Member, sides.home.member_id)
        assert _pages(member, show, most) == _sorted(rows, show)


def test_what_arrives_between_two_pages_moves_no_other(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = [send(sides.home, NOW + timedelta(minutes=at)).id for at in range(4)]
        member = db.session.get_one(Member, sides.home.member_id)
        first = listed(member, "to-act", NOW, Periods(), most=2)
        send(sides.home, NOW, coded(danger="now"))
        triage.close(member, sent[0], 1, "duplicate", NOW)
        second = listed(member, "to-act", NOW, Periods(), first.more, most=2)
        assert [row.id for row in (*first.rows, *second.rows)] == sent
        assert second.more == ""


def test_a_reference_is_found_by_the_beginning_of_either_half(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = [send(side, NOW).id for side in (sides.home, sides.home, sides.home, sides.other)]
        with writing() as session:
            references = ("HD-AB12-CD34", "HD-CD34-AB99", "HD-ZZZZ-ZZZZ", "HD-AB12-CD34")
            for referral_id, reference in zip(sent, references, strict=True):
                session.get_one(Referral, referral_id).reference = reference
        first, second, last, _elsewhere = sent
        member = db.session.get_one(Member, sides.home.member_id)
        cases = {
            "HD-AB12-CD34": {first}, "hd ab12 cd34": {first}, "AB12C": {first}, "AB12": {first}, "A": {first, second},
            "CD34": {first, second}, "cd": {first, second}, "CD34A": {second}, "AB9": {second}, "AB99": {second},
            "ZZZZZZZZ": {last}, "Z": {last}, "zzzz z": {last},
            # Neither half begins so.
            "B12": set(), "12CD": set(), "34": set(), "AB99C": set(), "AB12CD34A": set(), "%": set(), "_": set(),
        }  # fmt: skip
        for typed, wanted in cases.items():
            rows = [row.id for row in listing.found(member, typed, NOW, Periods())]
            # Each once, also when both halves begin so.
            assert sorted(rows) == sorted(wanted), typed


def test_of_what_is_found_the_open_ones_come_first_and_no_more_than_a_page(
    engine_app: Flask, sides: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = {"state": "stored", "held": False, "urgency_rank": 2, "due_at": NOW, "closed_at": NOW}
    changes: list[dict[str, Any]] = [
        {"urgency_rank": 0}, {}, {"due_at": NOW + timedelta(hours=1)}, {"held": True, "urgency_rank": 0},
        {"state": "closed", "urgency_rank": 0},
    ]  # fmt: skip
    with engine_app.app_context():
        rows = [_row(sides.home.team_id, usual | change) for change in changes]
        db.session.execute(insert(Referral), rows[::-1])
        db.session.commit()
        member = db.session.get_one(Member, sides.home.member_id)
        wanted = [row["id"] for row in rows]
        assert [row.id for row in listing.found(member, "0000", NOW, Periods())] == wanted
        monkeypatch.setattr(listing, "MOST_ROWS", 3)
        assert [row.id for row in listing.found(member, "0000", NOW, Periods())] == wanted[:3]


def test_what_is_gone_is_told_to_its_own_team_by_the_whole_reference(engine_app: Flask, sides: Partnership) -> None:
    home, other = sides.home, sides.other
    left = [(home, "HD-AB12-CD34"), (home, "HD-AB12-CD34"), (home, "HD-AB12-CD35")]
    left += [(other, "HD-AB12-CD34"), (other, "HD-ZZZZ-ZZZZ")]
    with engine_app.app_context():
        with writing() as session:
            for number, (side, reference) in enumerate(left):
                row = {"id": str(number), "receipt_sha256": str(number), "deleted_at": NOW + timedelta(days=number)}
                session.add(Tombstone(reference=reference, team_id=side.team_id, received_at=NOW, why="age", **row))
        member = db.session.get_one(Member, sides.home.member_id)
        for typed in ("HD-AB12-CD34", "hd ab12 cd34", "ABI2CD34"):
            assert [one.id for one in listing.gone(member, typed)] == ["1", "0"], typed
        for typed in ("HD-ZZZZ-ZZZZ", "AB12", "CD34", "AB12CD3", "AB12CD344", "", "%"):
            assert listing.gone(member, typed) == [], typed
        own, others = listing.gone_one(member, "2"), listing.gone_one(member, "3")
        assert (own.reference if own else None, others) == ("HD-AB12-CD35", None)


def _place(*keys: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode()


_ID = "3f2b8c1e-7a41-4c9e-9f51-0d2a6b7c8d9e"
_THEN = "2026-11-22T12:00:00+00:00"
NO_PLACES = [
    "a", "!", "é", "AAAA", "A" * 201, _place(), _place(0, _THEN), _place(0, _THEN, _ID, 1), _place("0", _THEN, _ID),
    _place(True, _THEN, _ID), _place(-1, _THEN, _ID), _place(len(URGENCIES), _THEN, _ID), _place(2**80, _THEN, _ID),
    _place(0, "", _ID), _place(0, 5, _ID), _place(0, _THEN[:-6], _ID), _place(0, _THEN[:-6] + "+01:00", _ID),
    _place(0, _THEN, "x"), _place(0, _THEN, "\0"), _place(0, _THEN, None), _place({}, [], {}),
]  # fmt: skip


@pytest.mark.parametrize("place", NO_PLACES)
def test_what_is_no_place_is_said_so(app: Flask, partnership: Partnership, place: str) -> None:
    with app.app_context():
        member = db.session.get_one(Member, partnership.home.member_id)
        for show in list_conditions.FILTERS:
            with pytest.raises(UnknownPlace):
                listed(member, show, NOW, Periods(), place)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59.999999+00:00"])
def test_the_ends_of_time_are_places_too(engine_app: Flask, sides: Partnership, moment: str) -> None:
    with engine_app.app_context():
        member = db.session.get_one(Member, sides.home.member_id)
        place = _place(0, moment, _ID)
        assert (
            listed(member, "to-act", NOW, Periods(), place).rows
            == listed(member, "closed", NOW, Periods(), place).rows
            == []
        )
