"""An organisation's events, newest first, as its administrators read them. It shows codes, roles and references; it
never opens anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from server.extensions import db
from server.models import AuditHead, Device, Event, Member, Organisation, Referral, Team, Tombstone
from server.services.audit.kinds import COMMAND, GROUPS, PARTNER, PASSING_ON, PHONE, PHONES
from server.services.audit.wanted import Wanted, conditions_of

PAGE = 50

# What things are called that events are about.
_NAMED: dict[str, tuple[Any, Any]] = {
    "referral": (Referral.id, Referral.reference),
    "device": (Device.id, Device.code),
    "member": (Member.id, Member.display_name),
    "team": (Team.id, Team.name),
    "organisation": (Organisation.id, Organisation.name),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `by` is the display name of who did it, or `PHONE`, `PARTNER` or `COMMAND` when `by_id` is None.
    `about` names what it was done to: a reference, a phone's code, a display name, a team; empty when it is gone or has
    none."""

    seq: int
    at: datetime
    kind: str
    by_id: int | None
    by: str
    referral_id: str | None
    about_kind: str
    about_id: str
    about: str
    detail: dict[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries; `older` is the number to go on before, None on the last page."""

    entries: list[Entry]
    older: int | None


def page_of(organisation: Organisation, wanted: Wanted, before: int | None = None) -> Page:
    """The newest events that fit, or the newest before number `before`. Raises UnknownGroup."""
    asked = select(Event).where(Event.organisation_id == organisation.id, *conditions_of(organisation, wanted))
    if before is not None:
        asked = asked.where(Event.seq < before)
    events = list(db.session.scalars(asked.order_by(Event.seq.desc()).limit(PAGE + 1)))
    shown = events[:PAGE]
    return Page(entries_of(shown), shown[-1].seq if len(events) > PAGE else None)


def entries_of(events: Sequence[Event]) -> list[Entry]:
    """The events with the names of what they are about, in one question a kind."""
    names = _names(events)
    return [_entry(event, names) for event in events]


def people_of(organisation: Organisation) -> list[tuple[int, str]]:
    """Number and display name of all who are or were members, by name."""
    asked = select(Member.id, Member.display_name).join(Team, Team.id == Member.team_id)
    asked = asked.where(Team.organisation_id == organisation.id).order_by(Member.display_name, Member.id)
    return [(number, name) for number, name in db.session.execute(asked)]


def fingerprint(organisation: Organisation) -> str | None:
    """The beginning of the newest event's hash in groups of four, short enough to write down by hand; None while
    there is no event."""
    head = db.session.scalar(select(AuditHead.hash).where(AuditHead.organisation_id == organisation.id))
    return " ".join(head[at : at + 4] for at in range(0, 16, 4)) if head else None


def _entry(event: Event, names: dict[tuple[str, str], str]) -> Entry:
    kind, number = ("referral", event.referral_id) if event.referral_id else (event.about_kind, event.about_id)
    return Entry(
        seq=event.seq,
        at=event.at,
        kind=event.kind,
        by_id=event.member_id,
        by=event.member.display_name if event.member else _by_nobody_here(event.kind),
        referral_id=event.referral_id,
        about_kind=kind or "",
        about_id=number or "",
        about=names.get((kind or "", number or ""), ""),
        detail=event.detail,
        hash=event.hash,
    )


def _by_nobody_here(kind: str) -> str:
    if kind in PHONES:
        return PHONE
    return PARTNER if kind in GROUPS[PASSING_ON] else COMMAND


def _names(events: Sequence[Event]) -> dict[tuple[str, str], str]:
    """What the things that these events are about are called: {(kind, number): name}."""
    numbers: dict[str, set[str]] = {}
    for event in events:
        if event.referral_id:
            numbers.setdefault("referral", set()).add(event.referral_id)
        elif event.about_kind and event.about_id:
            numbers.setdefault(event.about_kind, set()).add(event.about_id)
    called: dict[tuple[str, str], str] = {}
    for kind, (number_of, name_of) in _NAMED.items():
        wanted = [_as_kept(kind, number) for number in numbers.get(kind, ())]
        if wanted:
            found = db.session.execute(select(number_of, name_of).where(number_of.in_(wanted)))
            called |= {(kind, str(number)): name for number, name in found}
    deleted = [number for number in numbers.get("referral", ()) if ("referral", number) not in called]
    if deleted:
        left = db.session.execute(select(Tombstone.id, Tombstone.reference).where(Tombstone.id.in_(deleted)))
        called |= {("referral", number): reference for number, reference in left}
    return called


def _as_kept(kind: str, number: str) -> str | int:
    return number if kind == "referral" else int(number)
