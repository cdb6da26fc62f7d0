"""What points at the sender of a referral, and goes when the referral is closed, by whomever: the link to the phone,
and the hours at which the phone did something."""

from datetime import datetime, time

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.models import Event, Message, Referral
from server.services.audit.chain import BY_PHONES


def forget_sender(session: Session, referral: Referral) -> None:
    """Cut the traces in the open transaction. The days stay: the record must still say what came before what."""
    referral.device_id = None
    referral.received_at = day_of(referral.received_at)
    referral.due_at = day_of(referral.due_at)
    for event in session.scalars(select(Event).where(Event.referral_id == referral.id, Event.kind.in_(BY_PHONES))):
        event.at = day_of(event.at)
    # Without the sealed files, which need not be read for this.
    written = select(Message.id, Message.at).where(Message.referral_id == referral.id, Message.direction == "to_team")
    for number, at in session.execute(written).all():
        session.execute(update(Message).where(Message.id == number).values(at=day_of(at)))


def day_of(moment: datetime) -> datetime:
    """The moment cut to its day."""
    return datetime.combine(moment.date(), time(), tzinfo=moment.tzinfo)
