"""A coordinator keeps a referral longer: for a reason, to the furthest day, only as they saw it; on both engines."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import Event, Member, Referral
from server.services import triage
from server.services.own_referral import NotThisTeam
from server.services.retention.keeping import AtFurthest, UnknownPeriod, UnknownReason, keep_longer
from server.services.retention.periods import leaves_at
from server.services.transaction import writing
from tests.services.retention.conftest import CAME, PERIODS, Whole

LATE = CAME + timedelta(days=80)


def test_it_stays_so_many_days_from_now(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        with writing() as session:
            session.get_one(Referral, whole.id).warned_days = 14
        keep_longer(whole.member, whole.id, 1, 30, "protection", LATE, PERIODS)
        row = db.session.get_one(Referral, whole.id)
        assert leaves_at(row, PERIODS) == row.kept_until == LATE + timedelta(days=30)
        assert (row.kept_because, row.warned_days, row.version) == ("protection", None, 2)
        [event] = db.session.scalars(select(Event).where(Event.kind == "kept_longer")).all()
        assert (event.referral_id, event.detail) == (whole.id, {"reason": "protection", "days": 30})
        assert event.member_id == whole.sides.home.member_id


def test_it_never_stays_beyond_the_furthest_day(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        last = CAME + timedelta(days=179)
        keep_longer(whole.member, whole.id, 1, 90, "complaint", LATE, PERIODS)
        keep_longer(whole.member, whole.id, 2, 90, "complaint", last, PERIODS)
        assert db.session.get_one(Referral, whole.id).kept_until == CAME + timedelta(days=180)
        with pytest.raises(AtFurthest):
            keep_longer(whole.member, whole.id, 3, 14, "complaint", last, PERIODS)


def test_what_gains_nothing_is_said(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        with pytest.raises(AtFurthest):
            keep_longer(whole.member, whole.id, 1, 14, "complaint", CAME, PERIODS)
        assert db.session.get_one(Referral, whole.id).version == 1


def test_a_closed_one_can_be_kept_too(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        triage.close(whole.member, whole.id, 1, "acted_police", CAME)
        keep_longer(whole.member, whole.id, 2, 90, "police_work", CAME, PERIODS)
        assert leaves_at(db.session.get_one(Referral, whole.id), PERIODS) == CAME + timedelta(days=90)


def test_others_and_other_words_are_refused(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        other = db.session.get_one(Member, whole.sides.other.member_id)
        with pytest.raises(NotThisTeam):
            keep_longer(other, whole.id, 1, 30, "protection", LATE, PERIODS)
        with pytest.raises(triage.SomeoneChangedThis):
            keep_longer(whole.member, whole.id, 2, 30, "protection", LATE, PERIODS)
        with pytest.raises(UnknownReason):
            keep_longer(whole.member, whole.id, 1, 30, "because", LATE, PERIODS)
        with pytest.raises(UnknownPeriod):
            keep_longer(whole.member, whole.id, 1, 3650, "protection", LATE, PERIODS)
        assert db.session.get_one(Referral, whole.id).kept_until is None
