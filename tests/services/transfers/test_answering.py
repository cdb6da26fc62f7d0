"""The receiving team accepts, refuses, opens and finishes; each once, each told to both; nobody else finds it."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from server import clock
from server.extensions import db
from server.models import Referral
from server.services import triage
from server.services.audit.kinds import GROUPS
from server.services.transfers import answering, offering
from server.services.transfers.finding import NoSuchTransfer
from server.services.triage import SomeoneChangedThis, UnknownOutcome
from tests.partnership import Partnership, Side
from tests.referrals import AGE_FILE
from tests.services.sending import send
from tests.services.transfers.passing import kept, member_of, offered, record_of, third_side

NOW = clock.now()
LATER = NOW + timedelta(hours=1)


def test_from_offered_to_done(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        number = offered(sides, sent.id, NOW)
        other = member_of(sides.other)
        answering.accept(other, number, 1, LATER)
        row = kept(number)
        assert (row.state, row.answered_by, row.answered_at) == ("accepted", sides.other.member_id, LATER)
        assert row.opened_at is None
        assert answering.sealed_file(other, number, LATER) == (AGE_FILE, hashlib.sha256(AGE_FILE).hexdigest())
        answering.sealed_file(other, number, LATER + timedelta(hours=1))
        assert kept(number).opened_at == LATER
        answering.done(other, number, 2, "acted_support", LATER)
        row = kept(number)
        assert (row.state, row.outcome, row.ended_at, row.version) == ("done", "acted_support", LATER, 3)
        kinds = ["passed_on", "pass_accepted", "pass_opened", "pass_opened", "pass_done"]
        for side in (sides.home, sides.other):
            assert [kind for kind, *_ in record_of(side)] == kinds
        assert {who for _, who, *_ in record_of(sides.home)} == {sides.home.member_id, None}
        assert {who for _, who, *_ in record_of(sides.other)} == {sides.other.member_id, None}
        assert record_of(sides.other)[-1][3] == {"outcome": "acted_support"}
        assert set(kinds) <= set(GROUPS["passing on"])
        # What both did stands on the home team's referral; the other record names no referral of another team.
        assert {referral for _, _, referral, _ in record_of(sides.home)} == {sent.id}
        assert {referral for _, _, referral, _ in record_of(sides.other)} == {None}
        timeline = triage.timeline(db.session.get_one(Referral, sent.id))
        assert [(event.kind, event.member_id) for event in timeline] == [
            ("stored", None),
            ("passed_on", sides.home.member_id),
            *((kind, None) for kind in kinds[1:]),
        ]


def test_a_refusal_deletes_what_was_sealed(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        number = offered(sides, send(sides.home, NOW).id, NOW)
        answering.refuse(member_of(sides.other), number, 1, "no_room", LATER)
        row = kept(number)
        assert (row.state, row.reason, row.ended_at) == ("refused", "no_room", LATER)
        assert (row.file, row.sha256, row.signature) == (None, None, None)
        for side in (sides.home, sides.other):
            assert (record_of(side)[-1][0], record_of(side)[-1][3]) == ("pass_refused", {"reason": "no_room"})
        with pytest.raises(NoSuchTransfer):
            answering.sealed_file(member_of(sides.other), number, LATER)


def test_nothing_is_handed_out_before_it_is_accepted(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        number = offered(sides, send(sides.home, NOW).id, NOW)
        with pytest.raises(NoSuchTransfer):
            answering.sealed_file(member_of(sides.other), number, NOW)
        assert kept(number).opened_at is None


def test_codes_that_are_not_there_change_nothing(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        number = offered(sides, send(sides.home, NOW).id, NOW)
        with pytest.raises(answering.UnknownReason):
            answering.refuse(member_of(sides.other), number, 1, "bored", NOW)
        answering.accept(member_of(sides.other), number, 1, NOW)
        with pytest.raises(UnknownOutcome):
            answering.done(member_of(sides.other), number, 2, "forgotten", NOW)
        assert kept(number).state == "accepted"


Deed = Callable[[Side, int, int], object]
DEEDS: dict[str, Deed] = {
    "accept": lambda side, number, version: answering.accept(member_of(side), number, version, NOW),
    "refuse": lambda side, number, version: answering.refuse(member_of(side), number, version, "known", NOW),
    "done": lambda side, number, version: answering.done(member_of(side), number, version, "duplicate", NOW),
    "revoke": lambda side, number, version: offering.revoke(member_of(side), number, version, NOW),
}
# Which deeds are left in each state.
LEFT = {
    "offered": {"accept", "refuse", "revoke"},
    "accepted": {"done", "revoke"},
    "refused": set[str](),
    "revoked": set[str](),
    "done": set[str](),
}
WAYS = {
    "offered": (),
    "accepted": ("accept",),
    "refused": ("refuse",),
    "revoked": ("revoke",),
    "done": ("accept", "done"),
}


@pytest.mark.parametrize("state", LEFT)
@pytest.mark.parametrize("deed", DEEDS)
def test_each_state_lets_only_its_own_deeds_happen(
    engine_app: Flask, sides: Partnership, state: str, deed: str
) -> None:
    with engine_app.app_context():
        number = offered(sides, send(sides.home, NOW).id, NOW)
        doer = {name: sides.home if name == "revoke" else sides.other for name in DEEDS}
        for version, step in enumerate(WAYS[state], start=1):
            DEEDS[step](doer[step], number, version)
        version = kept(number).version
        with pytest.raises(SomeoneChangedThis):
            DEEDS[deed](doer[deed], number, version + 1)
        if deed in LEFT[state]:
            DEEDS[deed](doer[deed], number, version)
            assert kept(number).version == version + 1
        else:
            with pytest.raises(SomeoneChangedThis):
                DEEDS[deed](doer[deed], number, version)
            assert kept(number).state == state


def test_a_third_team_and_the_wrong_side_find_nothing(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        number = offered(sides, send(sides.home, NOW).id, NOW)
        third = third_side()
        for name, deed in DEEDS.items():
            wrong = sides.other if name == "revoke" else sides.home
            for side in (third, wrong):
                with pytest.raises(NoSuchTransfer):
                    deed(side, number, 1)
            with pytest.raises(NoSuchTransfer):
                deed(sides.other, number + 1, 1)
        answering.accept(member_of(sides.other), number, 1, NOW)
        for side in (third, sides.home):
            with pytest.raises(NoSuchTransfer):
                answering.sealed_file(member_of(side), number, NOW)
        assert kept(number).opened_at is None
