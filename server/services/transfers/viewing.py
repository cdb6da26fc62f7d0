"""What a team may see of what it passed on and of what was passed on to it. A receiving team sees the coded part once
it has accepted, and never who in the other team did what."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from server.extensions import db
from server.models import Event, Member, Organisation, Referral, Transfer
from server.services import definitions
from server.services.rescoring import rescreen
from server.services.transfers.finding import NoSuchTransfer
from server.services.transfers.rules import OPEN, TAKEN_ON
from server.services.triage import Detail

# More than anybody reads at once; what waits for an answer stands before all that has ended.
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline. `by` is a display name of the reader's own team, empty for the other team."""

    kind: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class View:
    """One hand-over for one side. `is_sender`: the reader's team offered it. `is_shown`: the reader may see the
    content. `detail`: the coded part for the page, for a receiving team that took it on."""

    transfer: Transfer
    is_sender: bool
    is_shown: bool
    detail: Detail | None
    steps: list[Step]


def incoming(member: Member) -> list[Transfer]:
    """What was offered to the member's team: what waits first, then what is in hand, then the newest."""
    return _listed(Transfer.to_team_id == member.team_id)


def outgoing(member: Member) -> list[Transfer]:
    """What the member's team offered to others, in the same order."""
    return _listed(Transfer.from_team_id == member.team_id)


def of_referral(referral: Referral) -> list[Transfer]:
    """All hand-overs of one referral, the oldest first. For its home team only."""
    return list(db.session.scalars(select(Transfer).where(Transfer.referral_id == referral.id).order_by(Transfer.id)))


def waiting(member: Member) -> int:
    """How many offers wait for the answer of the member's team."""
    asked = select(func.count()).where(Transfer.to_team_id == member.team_id, Transfer.state == "offered")
    return db.session.scalar(asked) or 0


def view(member: Member, number: int) -> View:
    """One hand-over for the member's side of it. Raises NoSuchTransfer."""
    transfer = db.session.get(Transfer, number)
    if transfer is None or member.team_id not in (transfer.from_team_id, transfer.to_team_id):
        raise NoSuchTransfer(number)
    is_sender = transfer.from_team_id == member.team_id
    is_reader = not is_sender and transfer.state in TAKEN_ON
    return View(
        transfer=transfer,
        is_sender=is_sender,
        is_shown=is_sender or is_reader or transfer.state in OPEN,
        detail=_detail(transfer) if is_reader else None,
        steps=_steps(member, transfer),
    )


def _listed(condition: ColumnElement[bool]) -> list[Transfer]:
    asked = select(Transfer).where(condition)
    order = (Transfer.state != "offered", Transfer.state != "accepted", Transfer.id.desc())
    return list(db.session.scalars(asked.order_by(*order).limit(MOST_ROWS)))


def _detail(transfer: Transfer) -> Detail:
    """The coded part as `triage.opened` gives it, without note, events and phone: those stay with the home team."""
    referral = transfer.referral
    coded = json.loads(referral.coded)
    checklist = definitions.find(referral.checklist_hash)
    pathway = definitions.find(referral.pathway_hash)
    sender = referral.sender_organisation_id
    organisation = db.session.get_one(Organisation, sender) if sender is not None else transfer.from_team.organisation
    return Detail(
        referral=referral,
        coded=coded,
        checklist=checklist,
        pathway=pathway,
        result=rescreen(coded, checklist, pathway, organisation),
        note="none",
        events=[],
        phone=None,
    )


def _steps(member: Member, transfer: Transfer) -> list[Step]:
    asked = select(Event).where(
        Event.organisation_id == member.team.organisation_id,
        Event.about_kind == "transfer",
        Event.about_id == str(transfer.id),
    )
    return [_step(member, event) for event in db.session.scalars(asked.order_by(Event.id))]


def _step(member: Member, event: Event) -> Step:
    own = event.member is not None and event.member.team_id == member.team_id
    return Step(event.kind, event.at, event.member.display_name if own and event.member else "")
