"""The inbox list and its counts: which referrals a filter holds, in the order in which they should be looked
at."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, select

from server.extensions import db
from server.models import Member, Referral, SealedNote
from server.models.referral import URGENCIES
from server.services.references import as_heard

# More than anybody reads at once; the count beside the filter says how many there are in all.
MOST_ROWS = 200

FILTERS = ("to-act", "mine", "unclaimed", "overdue", "danger", "child", "unsafe", "closed")


class UnknownFilter(LookupError):
    """The inbox has no list of this name; the names are in `FILTERS`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `setting`, `reach` and `language` are the sender's words of the coded part."""

    id: str
    reference: str
    urgency: str
    urgent_because: list[str]
    received_at: datetime
    due_at: datetime
    overdue: bool
    subject: str
    age: str
    kinds: list[str]
    area: str
    concern: str
    could_be: str
    server_concern: str | None
    rescored: str
    setting: str
    reach: str
    language: str
    state: str
    claimed_by: str | None
    mine: bool
    closed_as: str | None
    version: int
    note: str


def counts(member: Member, now: datetime) -> dict[str, int]:
    """How many referrals of the member's team each filter holds: {filter: number}."""
    columns = [
        func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
        for condition in (_condition(name, member, now) for name in FILTERS)
    ]
    found = db.session.execute(select(*columns).where(Referral.team_id == member.team_id)).one()
    return {name: int(number) for name, number in zip(FILTERS, found, strict=True)}


def listed(member: Member, show: str, now: datetime) -> list[Row]:
    """The rows of one filter: most urgent first, then by due time; closed ones newest first.

    Raises UnknownFilter.
    """
    if show not in FILTERS:
        raise UnknownFilter(show)
    order = (
        (Referral.closed_at.desc(), Referral.id)
        if show == "closed"
        else (Referral.urgency_rank, Referral.due_at, Referral.id)
    )
    return _rows(_condition(show, member, now), order, member, now)


def found(member: Member, typed: str, now: datetime) -> list[Row]:
    """The team's referrals, open and closed, whose reference has in it what was typed (with or without HD, hyphens,
    spaces); none for an empty text. The open ones come first."""
    wanted = as_heard(typed)
    if not wanted:
        return []
    plain = func.replace(func.substr(Referral.reference, len("HD-") + 1), "-", "")
    order = (Referral.state == "closed", Referral.urgency_rank, Referral.due_at, Referral.id)
    return _rows(plain.contains(wanted, autoescape=True), order, member, now)


def _rows(
    condition: ColumnElement[bool], order: Sequence[ColumnElement[Any] | Any], member: Member, now: datetime
) -> list[Row]:
    asked = (
        select(Referral, SealedNote, Member.display_name)
        .outerjoin(SealedNote, SealedNote.referral_id == Referral.id)
        .outerjoin(Member, Member.id == Referral.claimed_by)
        .where(Referral.team_id == member.team_id, condition)
        .order_by(*order)
        .limit(MOST_ROWS)
    )
    return [_row(referral, note, name, member, now) for referral, note, name in db.session.execute(asked)]


def note_state(referral: Referral, note: SealedNote | None) -> str:
    """none, waiting, stored or read. The phone always makes a note, so without one it waits, until the
    close."""
    if note is None:
        return "none" if referral.state == "closed" else "waiting"
    return "stored" if note.opened_at is None else "read"


def _condition(show: str, member: Member, now: datetime) -> ColumnElement[bool]:
    still_open = Referral.state != "closed"
    conditions: dict[str, ColumnElement[bool]] = {
        "to-act": still_open,
        "mine": and_(still_open, Referral.claimed_by == member.id),
        "unclaimed": and_(still_open, Referral.claimed_by.is_(None)),
        "overdue": and_(Referral.state.in_(("stored", "read")), Referral.due_at < now),
        "danger": and_(still_open, _because("danger_now")),
        "child": and_(still_open, _because("child")),
        "unsafe": and_(still_open, _because("unsafe_tonight")),
        "closed": Referral.state == "closed",
    }
    return conditions[show]


def _because(code: str) -> ColumnElement[bool]:
    """Whether the JSON list holds the code: as text, because that is the same on both engines."""
    return cast(Referral.urgent_because, String).contains(f'"{code}"', autoescape=True)


def _row(referral: Referral, note: SealedNote | None, name: str | None, member: Member, now: datetime) -> Row:
    coded = json.loads(referral.coded)
    return Row(
        id=referral.id,
        reference=referral.reference,
        urgency=URGENCIES[referral.urgency_rank],
        urgent_because=referral.urgent_because,
        received_at=referral.received_at,
        due_at=referral.due_at,
        overdue=referral.state in ("stored", "read") and referral.due_at < now,
        subject=referral.subject,
        age=referral.age,
        kinds=referral.kinds,
        area=referral.area,
        concern=referral.concern,
        could_be=referral.could_be,
        server_concern=referral.server_concern,
        rescored=referral.rescored,
        setting=coded["setting"],
        reach=coded["reach"],
        language=coded["language"],
        state=referral.state,
        claimed_by=name,
        mine=referral.claimed_by == member.id,
        closed_as=referral.closed_as,
        version=referral.version,
        note=note_state(referral, note),
    )
