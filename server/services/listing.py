"""The inbox list: which referrals a filter holds, in the order in which they should be looked at, a page at a
time. What is held is in no list but its own, and is always found by its reference."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, select, union
from sqlalchemy.orm import defer

from server.extensions import db
from server.models import Member, Message, Referral, SealedNote, Tombstone
from server.models.referral import URGENCIES
from server.services.list_conditions import FILTERS, condition_of, first_ids
from server.services.list_places import UnknownPlace, after_place, order_of, place_of
from server.services.references import as_written, readings
from server.services.retention.periods import Periods, leaves_at

# A page: more than anybody reads at once.
MOST_ROWS = 50

__all__ = [
    "MOST_ROWS",
    "Page",
    "Row",
    "UnknownFilter",
    "UnknownPlace",
    "found",
    "gone",
    "gone_one",
    "listed",
    "note_state",
]

# The last letter of a reference's alphabet: what begins with a text lies between it and it with this behind.
_LAST = "Z" * 8


class UnknownFilter(LookupError):
    """The inbox has no list of this name; the names are in `FILTERS`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `setting`, `reach` and `language` are the sender's words of the coded part.
    `unread_message`: the worker wrote something that nobody has opened. `leaves_at`: when it is deleted."""

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
    unread_message: bool
    new_phone: bool
    held: bool
    leaves_at: datetime
    kept_because: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """`more` is the place to go on from, "" on the last page."""

    rows: list[Row]
    more: str


def listed(member: Member, show: str, now: datetime, periods: Periods, after: str = "", most: int = MOST_ROWS) -> Page:
    """One page of a filter: most urgent first, then by due time; closed ones newest first.

    In: `periods`, how long things are kept; `after`, the place where the page before ended, "" for the first; `most`,
    rows of a page. What comes or goes between two pages moves no other row: none is seen twice, and none that stays is
    passed over.
    Raises UnknownFilter, UnknownPlace.
    """
    if show not in FILTERS:
        raise UnknownFilter(show)
    closed = show == "closed"
    asked = _asked(member).where(condition_of(show, member, now, periods)).order_by(*order_of(closed))
    if after:
        asked = asked.where(after_place(closed, after))
    found = db.session.execute(asked.limit(most + 1)).all()
    more = place_of(closed, found[most - 1][0]) if len(found) > most else ""
    return Page([_row(*row, member, now, periods) for row in found[:most]], more)


def found(member: Member, typed: str, now: datetime, periods: Periods) -> list[Row]:
    """The team's referrals, open, held and closed, of whose reference either half begins with what was typed (with or
    without HD, hyphens, spaces), as many as a page holds; none for an empty text. The open ones come first."""
    halves = [
        first_ids(half, Referral.team_id == member.team_id, half.between(wanted, wanted + _LAST))
        for half in (Referral.said, Referral.said_end)
        for wanted in readings(typed)
    ]
    if not halves:
        return []
    order = (Referral.state == "closed", Referral.held, Referral.urgency_rank, Referral.due_at, Referral.id)
    asked = _asked(member).where(Referral.id.in_(union(*halves))).order_by(*order)
    rows = db.session.execute(asked.limit(MOST_ROWS))
    return [_row(*row, member, now, periods) for row in rows]


def gone(member: Member, typed: str) -> list[Tombstone]:
    """What is left of the team's referrals with exactly this reference that were deleted on time, newest first."""
    asked = select(Tombstone).where(Tombstone.team_id == member.team_id, Tombstone.reference == as_written(typed))
    return list(db.session.scalars(asked.order_by(Tombstone.deleted_at.desc())))


def gone_one(member: Member, referral_id: str) -> Tombstone | None:
    """What is left of the referral of this id, if it was the team's."""
    return db.session.scalar(select(Tombstone).where(Tombstone.id == referral_id, Tombstone.team_id == member.team_id))


def _asked(member: Member) -> Select[Referral, SealedNote, str, bool]:
    return (
        select(Referral, SealedNote, Member.display_name, _unread_message())
        .outerjoin(SealedNote, SealedNote.referral_id == Referral.id)
        .outerjoin(Member, Member.id == Referral.claimed_by)
        # What was written and sealed is no part of a line, and is most of the row.
        .options(defer(SealedNote.file))
        # Of the own team and no other, whatever is asked; not by an index, which each condition chooses for itself.
        .where(Referral.team_id + 0 == member.team_id)
    )


def note_state(referral: Referral, note: SealedNote | None) -> str:
    """none, waiting, stored or read. The phone always makes a note, so without one it waits, until the
    close."""
    if note is None:
        return "none" if referral.state == "closed" else "waiting"
    return "stored" if note.opened_at is None else "read"


def _unread_message() -> ColumnElement[bool]:
    """Whether the phone wrote something to the team that has the referral, and nobody has opened it."""
    written = exists().where(
        Message.referral_id == Referral.id,
        Message.team_id == Referral.team_id,
        Message.direction == "to_team",
        Message.read_at.is_(None),
    )
    return written.correlate(Referral)


def _row(
    referral: Referral,
    note: SealedNote | None,
    name: str | None,
    unread: bool,
    member: Member,
    now: datetime,
    periods: Periods,
) -> Row:
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
        unread_message=unread and referral.state != "closed",
        new_phone=referral.new_phone,
        held=referral.held,
        leaves_at=leaves_at(referral, periods),
        kept_because=referral.kept_because,
    )
