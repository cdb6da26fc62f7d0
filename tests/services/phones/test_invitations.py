"""Keeping invitations that a browser made, and ending them."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Event, Member, Team
from server.services import intake, triage
from server.services.accounts.roles import OutOfReach
from server.services.phones import devices, invitations
from server.services.phones.invitations import NewInvitation
from server.services.secrets import hash_secret, new_secret
from tests import inviting
from tests.partnership import Partnership, device_of
from tests.referrals import AGE_FILE
from tests.services.phones.conftest import newest_invitation
from tests.services.sending import CEILING, incoming

# Later than whatever the partnership was made with, however long the tests before this one took.
NOW = clock.now() + timedelta(hours=12)


def _teams(partnership: Partnership) -> tuple[Team, Team]:
    return db.session.get_one(Team, partnership.home.team_id), db.session.get_one(Team, partnership.other.team_id)


def test_an_invitation_says_who_made_it_for_how_many_and_what_else_it_offers(
    app: Flask, partnership: Partnership
) -> None:
    with app.app_context():
        home, other = _teams(partnership)
        member = db.session.get_one(Member, partnership.home.member_id)
        inviting.invite(home.id, 20, NOW + timedelta(minutes=1), member, [other])
        [newest, _first] = invitations.invitations_of(home, NOW)
        assert (newest.invitation.uses, newest.invitation.uses_left) == (20, 20)
        assert (newest.maker, newest.state, newest.phones, newest.held) == (member.display_name, "good", 0, 0)
        assert newest.invitation.other_teams == [other]
        made = db.session.scalars(
            select(Event).where(Event.kind == "invitation_made").order_by(Event.id.desc())
        ).first()
        assert (made.member_id, made.about_kind, made.about_id) == (member.id, "invitation", str(newest.invitation.id))
        assert made.detail == {"uses": 20, "other_teams": [other.id]}


def test_an_invitation_that_makes_no_sense_is_not_made(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        home, other = _teams(partnership)
        four = [
            other,
            *(Team(organisation=other.organisation, name=str(at), areas=[], urgent_number="") for at in range(3)),
        ]
        db.session.add_all(four)
        db.session.commit()
        for uses, others in ((0, []), (-1, []), (201, []), (1, [home]), (1, four)):
            with pytest.raises(invitations.InvitationNotMade):
                inviting.invite(home.id, uses, NOW, other_teams=others)
        inviting.invite(home.id, 200, NOW, other_teams=four[:3])
        # Named twice is named once.
        inviting.invite(home.id, 1, NOW, other_teams=[other] * 5)
        assert newest_invitation().other_teams == [other]


@pytest.mark.parametrize("secret_hash", ["", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n"])
def test_what_is_no_hash_of_a_secret_is_refused(app: Flask, partnership: Partnership, secret_hash: str) -> None:
    with app.app_context(), pytest.raises(invitations.InvitationNotMade):
        invitations.invite(partnership.home.team_id, NewInvitation(1, secret_hash), NOW)


@pytest.mark.parametrize("voucher", [b"", b"no age file", AGE_FILE + bytes(4096)])
def test_what_is_no_sealed_voucher_is_refused(app: Flask, partnership: Partnership, voucher: bytes) -> None:
    with app.app_context(), pytest.raises(invitations.InvitationNotMade):
        invitations.invite(partnership.home.team_id, NewInvitation(1, "a" * 64, voucher), NOW)


def test_the_same_secret_makes_no_second_invitation(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        invitations.invite(partnership.home.team_id, NewInvitation(1, "a" * 64), NOW)
        with pytest.raises(invitations.InvitationNotMade):
            invitations.invite(partnership.other.team_id, NewInvitation(1, "a" * 64), NOW)


def test_the_voucher_is_for_the_team_that_has_the_referral_as_long_as_the_phone_is_known(
    app: Flask, partnership: Partnership
) -> None:
    with app.app_context():
        home, other = (db.session.get_one(Member, side.member_id) for side in (partnership.home, partnership.other))
        secret = new_secret()
        new = NewInvitation(1, hash_secret(secret), AGE_FILE)
        invitations.invite(partnership.home.team_id, new, NOW)
        item = incoming(partnership.home, token=devices.join(secret, NOW).token)
        of_before = incoming(partnership.home)
        intake.store([item, of_before], NOW, CEILING)
        assert invitations.voucher_for(home, item.id) == AGE_FILE
        assert invitations.voucher_for(other, item.id) is None
        assert invitations.voucher_for(home, of_before.id) is None
        assert invitations.voucher_for(home, "none") is None
        triage.close(home, item.id, 1, "duplicate", NOW)
        assert invitations.voucher_for(home, item.id) is None


def test_states(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        home, _ = _teams(partnership)
        secret = inviting.invite(home.id, 1, NOW)
        assert invitations.state_of(newest_invitation(), NOW) == "good"
        devices.join(secret, NOW)
        assert invitations.state_of(newest_invitation(), NOW) == "used-up"
        assert invitations.state_of(newest_invitation(), NOW + timedelta(days=7)) == "over"
        member = db.session.get_one(Member, partnership.home.member_id)
        invitations.end(member, newest_invitation(), NOW)
        invitations.end(member, newest_invitation(), NOW + timedelta(days=1))
        assert invitations.state_of(newest_invitation(), NOW + timedelta(days=7)) == "ended"
        assert newest_invitation().ended_at == NOW
        ended = db.session.scalars(select(Event).where(Event.kind == "invitation_ended")).all()
        assert len(ended) == 1


def test_the_page_shows_what_still_matters(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        home, other = _teams(partnership)
        member = db.session.get_one(Member, partnership.home.member_id)
        [with_a_phone] = invitations.invitations_of(home, NOW)
        inviting.invite(home.id, 1, NOW)
        unused = newest_invitation()
        invitations.end(member, unused, NOW)
        assert [row.invitation for row in invitations.invitations_of(home, NOW)] == [with_a_phone.invitation]
        invitations.end(member, with_a_phone.invitation, NOW)
        assert [(row.state, row.phones) for row in invitations.invitations_of(home, NOW)] == [("ended", 1)]
        devices.revoke(member, device_of(partnership.home.device_token), NOW)
        assert invitations.invitations_of(home, NOW) == []
        assert len(invitations.invitations_of(other, NOW)) == 1


def test_every_other_team_of_the_partnership_is_on_offer(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        home, other = _teams(partnership)
        assert invitations.teams_to_offer(home) == [other]


def test_another_teams_invitation_is_not_there(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        _home, other = _teams(partnership)
        member = db.session.get_one(Member, partnership.home.member_id)
        [theirs] = invitations.invitations_of(other, NOW)
        for number in (theirs.invitation.id, 0, 10_000):
            with pytest.raises(OutOfReach):
                invitations.invitation_in_reach(member, "hold_phones", number)
