"""The inbox list and its counts: which referrals a filter holds, in the order in which they should be looked at, a
page at a time. What is held is in no list but its own, and is always found by its reference."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, select

from server.extensions import db
from server.models import Member, Message, Referral, SealedNote
from server.models.referral import URGENCIES
from server.services.list_places import UnknownPlace, after_place, order_of, place_of
from server.services.references import as_heard

# A page: more than anybody reads at once.
MOST_ROWS = 100

__all__ = [
    "FILTERS",
    "MOST_ROWS",
    "Page",
    "Row",
    "UnknownFilter",
    "UnknownPlace",
    "counts",
    "found",
    "listed",
    "note_state",
]

FILTERS = (
    *("to-act", "mine", "unclaimed", "overdue", "messages"),
    *("danger", "child", "unsafe", "known", "held", "closed"),
)


class UnknownFilter(LookupError):
    """The inbox has no list of this name; the names are in `FILTERS`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `setting`, `reach` and `language` are the sender's words of the coded part.
    `unread_message`: the worker wrote something that nobody has opened."""

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


@dataclass(frozen=True, slots=True)
class Page:
    """`more` is the place to go on from, "" on the last page."""

    rows: list[Row]
    more: str


def counts(member: Member, now: datetime) -> dict[str, int]:
    """How many referrals of the member's team each filter holds: {filter: number}."""
    columns = [
        func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
        for condition in (_condition(name, member, now) for name in FILTERS)
    ]
    found = db.session.execute(select(*columns).where(Referral.team_id == member.team_id)).one()
    return {name: int(number) for name, number in zip(FILTERS, found, strict=True)}


def listed(member: Member, show: str, now: datetime, after: str = "", most: int = MOST_ROWS) -> Page:
    """One page of a filter: most urgent first, then by due time; closed ones newest first.

    In: `after`, the place where the page before ended, "" for the first; `most`, rows of a page. What comes or goes
    between two pages moves no other row: none is seen twice, and none that stays is passed over.
    Raises UnknownFilter, UnknownPlace.
    """
    if show not in FILTERS:
        raise UnknownFilter(show)
    closed = show == "closed"
    asked = _asked(member).where(_condition(show, member, now)).order_by(*order_of(closed))
    if after:
        asked = asked.where(after_place(closed, after))
    found = db.session.execute(asked.limit(most + 1)).all()
    more = place_of(closed, found[most - 1][0]) if len(found) > most else ""
    return Page([_row(*row, member, now) for row in found[:most]], more)


def found(member: Member, typed: str, now: datetime) -> list[Row]:
    """The team's referrals, open, held and closed, whose reference has in it what was typed (with or without HD,
    hyphens, spaces), as many as a page holds; none for an empty text. The open ones come first."""
    wanted = as_heard(typed)
    if not wanted:
        return []
    plain = func.replace(func.substr(Referral.reference, len("HD-") + 1), "-", "")
    order = (Referral.state == "closed", Referral.held, Referral.urgency_rank, Referral.due_at, Referral.id)
    asked = _asked(member).where(plain.contains(wanted, autoescape=True)).order_by(*order)
    rows = db.session.execute(asked.limit(MOST_ROWS))
    return [_row(*row, member, now) for row in rows]


def _asked(member: Member) -> Select[Referral, SealedNote, str, bool]:
    return (
        select(Referral, SealedNote, Member.display_name, _unread_message())
        .outerjoin(SealedNote, SealedNote.referral_id == Referral.id)
        .outerjoin(Member, Member.id == Referral.claimed_by)
        .where(Referral.team_id == member.team_id)
    )


def note_state(referral: Referral, note: SealedNote | None) -> str:
    """none, waiting, stored or read. The phone always makes a note, so without one it waits, until the
    close."""
    if note is None:
        return "none" if referral.state == "closed" else "waiting"
    return "stored" if note.opened_at is None else "read"


def _condition(show: str, member: Member, now: datetime) -> ColumnElement[bool]:
    held = and_(Referral.state != "closed", Referral.held)
    still_open = and_(Referral.state != "closed", ~Referral.held)
    conditions: dict[str, ColumnElement[bool]] = {
        "to-act": still_open,
        "mine": and_(still_open, Referral.claimed_by == member.id),
        "unclaimed": and_(still_open, Referral.claimed_by.is_(None)),
        "overdue": and_(still_open, Referral.state.in_(("stored", "read")), Referral.due_at < now),
        "messages": and_(still_open, _unread_message()),
        "danger": and_(still_open, _because("danger_now")),
        "child": and_(still_open, _because("child")),
        "unsafe": and_(still_open, _because("unsafe_tonight")),
        "known": and_(still_open, ~Referral.new_phone),
        "held": held,
        "closed": Referral.state == "closed",
    }
    return conditions[show]


def _because(code: str) -> ColumnElement[bool]:
    """Whether the JSON list holds the code: as text, because that is the same on both engines."""
    return cast(Referral.urgent_because, String).contains(f'"{code}"', autoescape=True)


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
    referral: Referral, note: SealedNote | None, name: str | None, unread: bool, member: Member, now: datetime
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
    )
