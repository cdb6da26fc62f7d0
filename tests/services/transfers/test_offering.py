"""A referral is offered by its own team, once to each other, on a ground; and taken back with nothing left."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from server import clock
from server.extensions import db
from server.models import Referral, Transfer
from server.services import triage
from server.services.audit import verify
from server.services.transaction import writing
from server.services.transfers import answering, offering, rules
from server.services.transfers.finding import NoSuchTransfer
from tests.partnership import Partnership
from tests.referrals import AGE_FILE, coded
from tests.services.sending import send
from tests.services.transfers.passing import OFFER, SIGNATURE, kept, member_of, offered, record_of, third_side

NOW = clock.now()
LATER = NOW + timedelta(hours=1)


def test_an_offer_is_kept_as_it_came_and_stands_in_both_records(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        row = kept(offered(sides, sent.id, NOW))
        assert (row.state, row.purpose, row.ground) == ("offered", "protect", "consent")
        assert (row.file, row.signature, row.version) == (AGE_FILE, SIGNATURE, 1)
        assert (row.from_team_id, row.to_team_id) == (sides.home.team_id, sides.other.team_id)
        told = {"purpose": "protect", "ground": "consent"}
        assert record_of(sides.home) == [("passed_on", sides.home.member_id, sent.id, told)]
        # The other organisation's record names nobody of ours, and no referral that it has not accepted.
        assert record_of(sides.other) == [("passed_on", None, None, told)]
        assert [one.fault for one in verify.verify(db.session(), {})] == [None, None]


def test_within_one_organisation_it_is_written_down_once(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        near = third_side(member_of(sides.home).team.organisation_id)
        number = offered(sides, sent.id, NOW, to_team_id=near.team_id)
        answering.accept(member_of(near), number, 1, NOW)
        assert [(kind, who) for kind, who, _, _ in record_of(sides.home)] == [
            ("passed_on", sides.home.member_id),
            ("pass_accepted", near.member_id),
        ]
        # It is their organisation's referral too: its timeline has both.
        kinds = [event.kind for event in triage.timeline(db.session.get_one(Referral, sent.id))]
        assert kinds == ["stored", "passed_on", "pass_accepted"]


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": "remove"},
        {"ground": "place"},
        {"ground": "curiosity"},
        {"file": b"in the clear"},
        {"file": AGE_FILE + b"x" * offering.MOST_BYTES},
        {"signature": "x" * 85},
        {"signature": "x" * 85 + "="},
        {"to_team_id": 10**6},
    ],
)
def test_what_no_page_offers_is_refused(
    engine_app: Flask, sides: Partnership, changes: dict[str, str | bytes | int]
) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        with pytest.raises(offering.OfferRefused):
            offered(sides, sent.id, NOW, **changes)
        assert record_of(sides.home) == []


def test_a_place_cannot_agree_and_a_person_is_never_no_person(engine_app: Flask, sides: Partnership) -> None:
    assert set(rules.grounds_for("place")) == {"child", "danger", "duty", "place"}
    assert set(rules.grounds_for("person")) == {"consent", "child", "danger", "duty"}
    with engine_app.app_context():
        place = coded()
        place["facts"] = {"subject": "place", "danger": "none", "contact": "third_party"}
        sent = send(sides.home, NOW, place)
        with pytest.raises(offering.OfferRefused):
            offered(sides, sent.id, NOW, ground="consent")
        assert kept(offered(sides, sent.id, NOW, ground="place")).ground == "place"


def test_nothing_is_offered_to_oneself_or_to_a_team_without_keys(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        back = send(sides.other, NOW)
        with pytest.raises(offering.OfferRefused):
            offered(sides, sent.id, NOW, to_team_id=sides.home.team_id)
        # The home team has a key to seal to, and none that vouches.
        with pytest.raises(offering.OfferRefused):
            offering.offer(member_of(sides.other), back.id, 1, replace(OFFER, to_team_id=sides.home.team_id), NOW)


def test_only_the_home_team_offers_and_only_what_is_open(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        theirs, closed, held, old = (send(side, NOW) for side in (sides.other, sides.home, sides.home, sides.home))
        with pytest.raises(triage.NotThisTeam):
            offered(sides, theirs.id, NOW)
        triage.close(member_of(sides.home), closed.id, 1, "duplicate", NOW)
        with writing() as session:
            session.execute(update(Referral).where(Referral.id == closed.id).values(version=1))
            session.execute(update(Referral).where(Referral.id == held.id).values(held=True))
        triage.claim(member_of(sides.home), old.id, 1, NOW)
        for one in (closed, held, old):
            with pytest.raises(triage.SomeoneChangedThis):
                offered(sides, one.id, NOW)


def test_a_team_holds_one_open_offer_of_a_referral(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent, another = send(sides.home, NOW), send(sides.home, NOW)
        third = third_side()
        first = offered(sides, sent.id, NOW)
        with pytest.raises(offering.OfferedAlready):
            offered(sides, sent.id, NOW)
        answering.accept(member_of(sides.other), first, 1, NOW)
        with pytest.raises(offering.OfferedAlready):
            offered(sides, sent.id, NOW)
        offered(sides, sent.id, NOW, to_team_id=third.team_id)
        offered(sides, another.id, NOW)
        offering.revoke(member_of(sides.home), first, 2, NOW)
        assert offered(sides, sent.id, NOW) != first


def test_taking_back_leaves_nothing_to_open(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        for is_accepted in (False, True):
            number = offered(sides, sent.id, NOW)
            if is_accepted:
                answering.accept(member_of(sides.other), number, 1, NOW)
            offering.revoke(member_of(sides.home), number, 2 if is_accepted else 1, LATER)
            row = kept(number)
            assert (row.state, row.ended_at) == ("revoked", LATER)
            assert (row.file, row.sha256, row.signature) == (None, None, None)
            with pytest.raises(NoSuchTransfer):
                answering.sealed_file(member_of(sides.other), number, LATER)
            for side in (sides.home, sides.other):
                assert record_of(side)[-1][0] == "pass_revoked"


def test_what_is_over_cannot_be_taken_back(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        other, home = member_of(sides.other), member_of(sides.home)
        refused = offered(sides, sent.id, NOW)
        answering.refuse(other, refused, 1, "not_ours", NOW)
        finished = offered(sides, sent.id, NOW)
        answering.accept(other, finished, 1, NOW)
        answering.done(other, finished, 2, "acted_support", NOW)
        for number, version in ((refused, 2), (finished, 3)):
            with pytest.raises(triage.SomeoneChangedThis):
                offering.revoke(home, number, version, NOW)
        # Done is no reason to forget what was passed on.
        assert kept(finished).file == AGE_FILE


def test_closing_the_referral_leaves_what_is_open_open(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        number = offered(sides, sent.id, NOW)
        triage.close(member_of(sides.home), sent.id, 1, "acted_support", NOW)
        answering.accept(member_of(sides.other), number, 1, NOW)
        assert answering.sealed_file(member_of(sides.other), number, NOW)[0] == AGE_FILE
        offering.revoke(member_of(sides.home), number, 2, NOW)
        assert db.session.get_one(Transfer, number).state == "revoked"
