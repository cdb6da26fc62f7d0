"""Hand-overs between the two teams of a test, as a browser would send them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Event, Member, Organisation, Team, Transfer
from server.services.founding import add_member
from server.services.transaction import writing
from server.services.transfers import offering
from tests.partnership import PASSWORD, RECIPIENT, Partnership, Side
from tests.referrals import AGE_FILE

VOUCH = "A" * 43
SIGNATURE = "s" * 86
OFFER = offering.Offer(to_team_id=0, purpose="protect", ground="consent", file=AGE_FILE, signature=SIGNATURE)


def member_of(side: Side) -> Member:
    """The member of one side."""
    return db.session.get_one(Member, side.member_id)


def give_keys(side: Side) -> None:
    """Let something be sealed to this side's team."""
    with writing() as session:
        team = session.get_one(Team, side.team_id)
        team.age_recipient, team.vouch_key = RECIPIENT, VOUCH


def offered(sides: Partnership, referral_id: str, now: datetime, **changes: Any) -> int:
    """Offered by the home team to the other one, unless `changes` say otherwise. Out: its number."""
    new = replace(OFFER, **{"to_team_id": sides.other.team_id, **changes})
    return offering.offer(member_of(sides.home), referral_id, 1, new, now)


def kept(number: int) -> Transfer:
    """The row as it stands in the database."""
    db.session.expire_all()
    return db.session.get_one(Transfer, number)


def third_side(organisation_id: int | None = None) -> Side:
    """A third team with keys, of an organisation of its own or of the given one; and its member."""
    with writing() as session:
        organisation = (
            session.get_one(Organisation, organisation_id)
            if organisation_id is not None
            else Organisation(
                name="The third council", kind="council", nation="GB-SCT", first_responder="yes", duty_to_notify="yes"
            )
        )
        team = Team(
            organisation=organisation,
            name="The third team",
            areas=[],
            urgent_number="+441414960103",
            age_recipient=RECIPIENT,
            vouch_key=VOUCH,
        )
        session.add(team)
        member = add_member(session, team, "third", "Coordinator, third", PASSWORD, roles=("lead",), now=clock.now())
        session.flush()
        return Side(team.id, member.id, "third", member.totp_secret or "", "")


def record_of(side: Side) -> list[tuple[str, int | None, str | None, dict[str, Any]]]:
    """What one side's organisation has written down about hand-overs: kind, member, referral, detail."""
    organisation = db.session.get_one(Team, side.team_id).organisation_id
    asked = select(Event).where(Event.organisation_id == organisation, Event.about_kind == "transfer")
    found = db.session.scalars(asked.order_by(Event.seq))
    return [(event.kind, event.member_id, event.referral_id, event.detail) for event in found]
