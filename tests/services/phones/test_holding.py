"""An invitation leaked: 500 fakes and one true. The fakes are held in one action, the true one is found, and nothing
is lost. On both engines."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from server import clock
from server.extensions import db
from server.models import Event, Invitation, Member, Referral, Team
from server.services import intake, triage
from server.services.phones import devices, holding, invitations
from server.services.phones.flood import FLOOD_ABOVE
from server.services.retention.periods import Periods
from tests import inviting
from tests.partnership import Partnership, device_of
from tests.referrals import coded
from tests.services.phones.conftest import lead_of, newest_invitation
from tests.services.sending import CEILING, incoming, send

NOW = clock.now()
FAKES = 500
PHONES = 10


def _leaked(sides: Partnership, phones: int = PHONES) -> tuple[Invitation, list[str]]:
    """An invitation that everybody has by now, and the tokens of who joined by it."""
    secret = inviting.invite(sides.home.team_id, phones, NOW)
    tokens = [devices.join(secret, NOW).token for _ in range(phones)]
    return newest_invitation(), tokens


def _ids(page: triage.Page) -> list[str]:
    return [row.id for row in page.rows]


def test_the_fakes_are_held_in_one_action_and_the_true_ones_are_found(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        invitation, tokens = _leaked(sides)
        part = coded(danger="now")
        fakes = [incoming(sides.home, part, token=tokens[at % PHONES]) for at in range(FAKES)]
        true = send(sides.home, NOW, token=tokens[3])
        outcomes = intake.store(fakes, NOW, CEILING)
        assert all(isinstance(outcome, intake.Stored) for outcome in outcomes)
        elsewhere = send(sides.home, NOW)
        lead = lead_of(sides)
        counted = triage.counts(lead, NOW, Periods())
        assert (counted["to-act"], counted["known"]) == (FAKES + 2, 0)
        [flood] = triage.floods(lead, NOW)
        assert (flood.invitation, flood.device, flood.referrals) == (invitation, None, FAKES + 1)
        events = _events()

        assert invitations.hold_all(lead, invitation, NOW) == FAKES + 1
        assert _ids(triage.listed(lead, "to-act", NOW, Periods())) == [elsewhere.id]
        counted = triage.counts(lead, NOW, Periods())
        assert (counted["to-act"], counted["unclaimed"], counted["danger"], counted["held"]) == (1, 1, 0, FAKES + 1)
        assert triage.floods(lead, NOW) == []
        told = [(event.kind, event.detail) for event in _events()[len(events) :]]
        assert told == [
            ("invitation_ended", {}),
            ("invitation_held", {"phones": PHONES, "referrals": FAKES + 1}),
        ]
        # The worker of the true one rings and says the reference.
        for sent in (true, elsewhere):
            assert [row.id for row in triage.found(lead, sent.reference, NOW, Periods())] == [sent.id]
        triage.claim(lead, true.id, 1, NOW)
        assert sorted(_ids(triage.listed(lead, "to-act", NOW, Periods()))) == sorted([true.id, elsewhere.id])
        assert _ids(triage.listed(lead, "mine", NOW, Periods())) == [true.id]

        # One phone turns out to be a colleague's: it comes back alone.
        back = device_of(tokens[3])
        assert holding.release(lead, back, NOW) == FAKES // PHONES
        assert triage.counts(lead, NOW, Periods())["held"] == FAKES - FAKES // PHONES
        assert device_of(tokens[4]).held_at == NOW
        assert invitations.release_all(lead, invitation, NOW) == FAKES - FAKES // PHONES
        assert triage.counts(lead, NOW, Periods())["held"] == 0
        assert {device_of(token).held_at for token in tokens} == {None}
        # Nothing was deleted, nothing came twice, and nobody joins by it any more.
        assert db.session.scalar(select(func.count()).select_from(Referral)) == FAKES + 2
        assert db.session.get_one(Invitation, invitation.id).ended_at == NOW


def test_what_somebody_works_on_stays_in_the_list(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        taken, closed, waiting = (send(sides.home, NOW) for _ in range(3))
        lead, phone = lead_of(sides), device_of(sides.home.device_token)
        triage.claim(lead, taken.id, 1, NOW)
        triage.close(lead, closed.id, 1, "acted_police", NOW)
        assert holding.hold(lead, phone, NOW) == 1
        assert holding.hold(lead, phone, NOW) == 0
        assert _ids(triage.listed(lead, "held", NOW, Periods())) == [waiting.id]
        assert _ids(triage.listed(lead, "mine", NOW, Periods())) == [taken.id]
        # Closing what is held takes it out of both lists.
        triage.close(lead, waiting.id, 1, "not_enough", NOW)
        assert triage.counts(lead, NOW, Periods())["held"] == 0
        assert triage.counts(lead, NOW, Periods())["closed"] == 2


def test_a_team_holds_only_what_it_was_told_itself(engine_app: Flask, sides: Partnership) -> None:
    """Whoever it is about must not be able to hide it from the team that was chosen because of them."""
    with engine_app.app_context():
        other = db.session.get_one(Team, sides.other.team_id)
        secret = inviting.invite(sides.home.team_id, 1, NOW, other_teams=[other])
        joined = devices.join(secret, NOW)
        kept = send(sides.home, NOW, token=joined.token, to=other.id)
        at_home = send(sides.home, NOW, token=joined.token)
        lead, reader = lead_of(sides), db.session.get_one(Member, sides.other.member_id)
        invitation = newest_invitation()
        assert invitations.hold_all(lead, invitation, NOW) == 1
        later = send(sides.home, NOW, token=joined.token, to=other.id)
        assert sorted(_ids(triage.listed(reader, "to-act", NOW, Periods()))) == sorted([kept.id, later.id])
        assert _ids(triage.listed(lead, "held", NOW, Periods())) == [at_home.id]
        # The chosen team may hold what it got, and that alone.
        invitations.release_all(lead, invitation, NOW)
        phone = holding.phone_to_hold(reader, joined.device.id)
        assert holding.hold(reader, phone, NOW) == 2
        assert device_of(joined.token).held_at is None
        assert _ids(triage.listed(lead, "to-act", NOW, Periods())) == [at_home.id]
        assert holding.release(reader, phone, NOW) == 2


def test_one_phone_that_sends_very_many_is_named(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        lead, phone = lead_of(sides), device_of(sides.home.device_token)
        part = coded()
        intake.store([incoming(sides.home, part) for _ in range(FLOOD_ABOVE)], NOW, CEILING)
        assert triage.floods(lead, NOW) == []
        first = send(sides.home, NOW)
        [flood] = triage.floods(lead, NOW)
        assert (flood.device, flood.referrals) == (None, FLOOD_ABOVE + 1)
        # A phone that is known is named for itself.
        phone.accepted = 3
        db.session.commit()
        [flood] = triage.floods(lead, NOW)
        assert (flood.device, flood.invitation) == (device_of(sides.home.device_token), None)
        assert triage.floods(db.session.get_one(Member, sides.other.member_id), NOW) == []
        assert triage.floods(lead, NOW + timedelta(hours=1)) == []
        triage.close(lead, first.id, 1, "duplicate", NOW)
        assert triage.floods(lead, NOW) == []


def _events() -> list[Event]:
    return list(db.session.scalars(select(Event).order_by(Event.id)))
