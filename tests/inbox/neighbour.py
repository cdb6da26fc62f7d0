"""A neighbour who has offered a referral of its own to a team: so that the addresses of passing on lead somewhere."""

import secrets
import uuid

from server import clock
from server.extensions import db
from server.models import Organisation, Referral, Team, Transfer
from server.services.founding import add_member
from server.services.transaction import writing
from tests.partnership import PASSWORD, RECIPIENT, Side
from tests.referrals import AGE_FILE


def offer_from_neighbour(side: Side, referral_id: str) -> int:
    """Make the neighbour, a referral of theirs like the given one, and the offer. Out: its number."""
    name = secrets.token_hex(8)
    with writing() as session:
        organisation = Organisation(
            name=name, kind="council", nation="GB-SCT", first_responder="yes", duty_to_notify="yes"
        )
        team = Team(
            organisation=organisation, name=name, areas=[], urgent_number="+441414960104", age_recipient=RECIPIENT
        )
        session.add(team)
        theirs = add_member(session, team, name, "Neighbour", PASSWORD, roles=("coordinator",), now=clock.now())
        session.flush()
        like = session.get_one(Referral, referral_id)
        own = {"id": str(uuid.uuid4()), "team_id": team.id, "device_id": None, "receipt_sha256": secrets.token_hex(32)}
        kept = [column.key for column in Referral.__table__.columns if not column.computed]
        columns = {key: getattr(like, key) for key in kept}
        referral = Referral(**{**columns, **own})
        session.add(referral)
        session.flush()
        transfer = Transfer(
            referral_id=referral.id,
            from_team_id=team.id,
            to_team_id=side.team_id,
            purpose="support",
            ground="danger",
            file=AGE_FILE,
            sha256="0" * 64,
            signature="s" * 86,
            offered_by=theirs.id,
            offered_at=clock.now(),
        )
        session.add(transfer)
        session.flush()
        number = transfer.id
    db.session.remove()
    return number
