"""Who sends: what is known of the phone of a token, and which teams it may send to."""

import pytest
from flask import Flask
from sqlalchemy.pool import QueuePool

from server import clock
from server.extensions import db
from server.models import Organisation, Team
from server.services.phones import devices, holding, senders
from tests import inviting
from tests.partnership import Partnership, device_of
from tests.services.phones.conftest import lead_of

NOW = clock.now()


def test_the_facts_are_those_of_the_phone_its_team_and_its_organisation(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        team = db.session.get_one(Team, sides.home.team_id)
        phone = senders.phone_of(sides.home.device_token)
        assert phone.employer == senders.Employer(team.organisation_id, "yes", "yes")
        assert phone.team == senders.Receiver(team.id, team.organisation_id, team.hours, team.urgent_number)
        assert (phone.new, phone.held, phone.wipe_asked) == (True, False, False)
        assert phone.id == devices.whole(phone).id


@pytest.mark.parametrize(("accepted", "new"), [(2, True), (3, False)])
def test_a_phone_is_new_until_three_were_taken_on(
    engine_app: Flask, sides: Partnership, accepted: int, *, new: bool
) -> None:
    with engine_app.app_context():
        device = device_of(sides.home.device_token)
        device.accepted = accepted
        db.session.commit()
        assert (device.is_new, senders.phone_of(sides.home.device_token).new) == (new, new)


@pytest.mark.parametrize(("deed", "wipe_asked"), [("hold", False), ("wipe", True)])
def test_who_is_held_or_told_to_empty_itself_is_held_at_home(
    engine_app: Flask, sides: Partnership, deed: str, *, wipe_asked: bool
) -> None:
    with engine_app.app_context():
        other = db.session.get_one(Team, sides.other.team_id)
        joined = devices.join(inviting.invite(sides.home.team_id, 1, NOW, other_teams=[other]), NOW)
        {"hold": holding.hold, "wipe": devices.ask_wipe}[deed](lead_of(sides), joined.device, NOW)
        phone = senders.phone_of(joined.token)
        assert (phone.held, phone.wipe_asked) == (True, wipe_asked)
        at_home, elsewhere = senders.sender_of(phone), senders.sender_of(phone, other.id)
        assert [(each.at_home, each.held) for each in (at_home, elsewhere)] == [(True, True), (False, False)]


def test_it_sends_to_its_team_or_to_one_it_was_given(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        other = db.session.get_one(Team, sides.other.team_id)
        phone = senders.phone_of(sides.home.device_token)
        assert senders.sender_of(phone, phone.team.id).team == senders.sender_of(phone, None).team == phone.team
        for number in (other.id, 0, 10_000):
            with pytest.raises(senders.TeamNotOffered):
                senders.sender_of(phone, number)
        given = devices.join(inviting.invite(sides.home.team_id, 1, NOW, other_teams=[other]), NOW)
        receiver = senders.sender_of(senders.phone_of(given.token), other.id).team
        assert receiver == senders.Receiver(other.id, other.organisation_id, other.hours, other.urgent_number)


def test_the_employer_is_the_phones_own_organisation(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        other = db.session.get_one(Team, sides.other.team_id)
        own = db.session.get_one(Team, sides.home.team_id).organisation
        db.session.get_one(Organisation, other.organisation_id).first_responder = "no"
        own.duty_to_notify = "unknown"
        db.session.commit()
        given = devices.join(inviting.invite(sides.home.team_id, 1, NOW, other_teams=[other]), NOW)
        sender = senders.sender_of(senders.phone_of(given.token), other.id)
        assert sender.phone.employer == senders.Employer(own.id, "yes", "unknown")


def test_who_sends_is_asked_on_a_connection_that_is_given_back(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        other = db.session.get_one(Team, sides.other.team_id)
        given = devices.join(inviting.invite(sides.home.team_id, 1, NOW, other_teams=[other]), NOW)
        reached = other.id
        db.session.remove()
        phone = senders.phone_of(given.token)
        senders.sender_of(phone, reached)
        for unknown in (lambda: senders.phone_of("nobody's"), lambda: senders.sender_of(phone, 10_000)):
            with pytest.raises(LookupError):
                unknown()
        pool = db.engine.pool
        assert isinstance(pool, QueuePool)
        assert pool.checkedout() == 0


def test_who_was_taken_out_has_left_or_emptied_itself_sends_no_more(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        for side, ended in ((sides.home, "revoked_at"), (sides.other, "wiped_at")):
            setattr(device_of(side.device_token), ended, NOW)
            db.session.commit()
            with pytest.raises(senders.PhoneTakenOut):
                senders.phone_of(side.device_token)
        with pytest.raises(senders.PhoneUnknown):
            senders.phone_of("nobody's")


def test_what_another_phone_was_given_is_not_offered_to_this_one(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        other = db.session.get_one(Team, sides.other.team_id)
        devices.join(inviting.invite(sides.home.team_id, 1, NOW, other_teams=[other]), NOW)
        with pytest.raises(senders.TeamNotOffered):
            senders.sender_of(senders.phone_of(sides.home.device_token), other.id)
