"""What a team does with its referrals: see what is urgent, open, claim, close. Another team's referral is not
found.

Every deed leaves an event. Two people at once: the second is told, by the version they saw.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import Device, Event, Member, Organisation, Referral, SealedNote
from server.services import definitions
from server.services.events import add_event
from server.services.list_counts import counts
from server.services.listing import Page, Row, found, gone, gone_one, listed, note_state
from server.services.own_referral import NotThisTeam, own_referral
from server.services.phones.flood import Flood, floods
from server.services.phones.holding import may_hold
from server.services.rescoring import rescreen
from server.services.sender_traces import forget_sender
from server.services.transaction import writing

__all__ = [
    "OUTCOMES",
    "Detail",
    "Flood",
    "NotThisTeam",
    "Page",
    "Row",
    "SomeoneChangedThis",
    "UnknownOutcome",
    "claim",
    "close",
    "counts",
    "floods",
    "found",
    "gone",
    "gone_one",
    "listed",
    "opened",
    "sealed_note",
    "timeline",
]

OUTCOMES = (
    "acted_support",
    "acted_police",
    "child_protection",
    "no_exploitation_other_help",
    "not_enough",
    "duplicate",
)

# A referral that ended so says nothing for the phone that sent it.
_SAYS_NOTHING_FOR_THE_PHONE = ("not_enough", "duplicate")


class SomeoneChangedThis(Exception):
    """The referral is no longer as the member saw it: show it again and let them decide again."""


class UnknownOutcome(ValueError):
    """A referral can be closed only as one of `OUTCOMES`."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One referral in full. `checklist` and `pathway` are None when the sender's content is unknown here;
    `result` is the server's own screening, None when it could not be made; `note` is none, waiting, stored or
    read; `phone` is what sent it, None when the link is gone or the member may not hold what it sends."""

    referral: Referral
    coded: dict[str, Any]
    checklist: dict[str, Any] | None
    pathway: dict[str, Any] | None
    result: dict[str, Any] | None
    note: str
    events: list[Event]
    phone: Device | None


def opened(member: Member, referral_id: str, now: datetime) -> Detail:
    """Show one referral and mark it read, once, so that the phone can say that a person has read it.

    Raises NotThisTeam.
    """
    if own_referral(db.session(), member, referral_id).state == "stored":
        with writing() as session:
            first = session.execute(
                update(Referral)
                .where(Referral.id == referral_id, Referral.state == "stored")
                .values(state="read", read_at=now)
                .returning(Referral.id)
            )
            if first.first() is not None:
                add_event(session, member, "read", now, referral_id)
    referral = own_referral(db.session(), member, referral_id)
    coded = json.loads(referral.coded)
    checklist = definitions.find(referral.checklist_hash)
    pathway = definitions.find(referral.pathway_hash)
    return Detail(
        referral=referral,
        coded=coded,
        checklist=checklist,
        pathway=pathway,
        result=rescreen(coded, checklist, pathway, _senders_organisation(member, referral)),
        note=note_state(referral, db.session.get(SealedNote, referral_id)),
        events=timeline(referral),
        phone=_phone_to_hold(member, referral),
    )


def claim(member: Member, referral_id: str, version: int, now: datetime) -> None:
    """Take a referral on: from now this member acts on it. One that was held is back in the list by that, and the
    phone it came from is known a little better. Raises NotThisTeam, SomeoneChangedThis."""
    with writing() as session:
        referral = _as_seen(session, member, referral_id, version)
        if referral.acted_at is None:
            _accept(session, referral)
        referral.held = False
        referral.claimed_by = member.id
        referral.version += 1
        referral.state = "acted"
        referral.read_at = referral.read_at or now
        referral.acted_at = referral.acted_at or now
        add_event(session, member, "claimed", now, referral_id)


def close(member: Member, referral_id: str, version: int, outcome: str, now: datetime) -> None:
    """Close a referral as one of `OUTCOMES`.

    What pointed at the sender goes: the link to the phone, and the hour of arrival, cut to its date.
    Raises NotThisTeam, SomeoneChangedThis, UnknownOutcome.
    """
    if outcome not in OUTCOMES:
        raise UnknownOutcome(outcome)
    with writing() as session:
        referral = _as_seen(session, member, referral_id, version)
        if referral.acted_at is None and outcome not in _SAYS_NOTHING_FOR_THE_PHONE:
            _accept(session, referral)
        referral.version += 1
        referral.held = False
        referral.state = "closed"
        referral.closed_as = outcome
        referral.closed_at = now
        referral.read_at = referral.read_at or now
        forget_sender(session, referral)
        add_event(session, member, "closed", now, referral_id)


def sealed_note(member: Member, referral_id: str, now: datetime) -> tuple[bytes, str] | None:
    """The age file of a referral and its sha256, or None while the note waits on the phone. Leaves an event.

    Raises NotThisTeam.
    """
    with writing() as session:
        # Locked, and before the note: the worker may take both back at this moment, in the same order.
        own_referral(session, member, referral_id, lock=True)
        note = session.get(SealedNote, referral_id, with_for_update=True)
        if note is None:
            return None
        note.opened_at = note.opened_at or now
        add_event(session, member, "note_opened", now, referral_id)
        return note.file, note.sha256


def timeline(referral: Referral) -> list[Event]:
    """The events of a referral, oldest first."""
    return list(db.session.scalars(select(Event).where(Event.referral_id == referral.id).order_by(Event.id)))


def _as_seen(session: Session, member: Member, referral_id: str, version: int) -> Referral:
    """The referral, locked for this change, if it is still the version the member saw, and open."""
    referral = own_referral(session, member, referral_id, lock=True)
    if referral.version != version or referral.state == "closed":
        raise SomeoneChangedThis(referral_id)
    return referral


def _accept(session: Session, referral: Referral) -> None:
    """Somebody took on what this phone sent: after three times it is no longer new."""
    if referral.device_id is not None:
        more = update(Device).where(Device.id == referral.device_id).values(accepted=Device.accepted + 1)
        session.execute(more.execution_options(synchronize_session=False))


def _senders_organisation(member: Member, referral: Referral) -> Organisation:
    """Whose duties in law decide what the worker was told: the worker's own, not the reader's."""
    sender = referral.sender_organisation_id
    return db.session.get_one(Organisation, sender) if sender is not None else member.team.organisation


def _phone_to_hold(member: Member, referral: Referral) -> Device | None:
    phone = db.session.get(Device, referral.device_id) if referral.device_id is not None else None
    return phone if phone is not None and may_hold(member, phone) else None
