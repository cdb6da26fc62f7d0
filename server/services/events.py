"""The record of what was done: every service that changes something adds one row here, in the same
transaction. A row holds codes and numbers, never a word that somebody typed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from server.models import AuditHead, Event, Member
from server.services.audit.chain import START, link

About = tuple[str, int | str]

# One statement takes the places after the last event, keeps others waiting until the commit, and says what to hang on.
_NEXT = (
    update(AuditHead)
    .where(AuditHead.organisation_id == bindparam("of"))
    .values(seq=AuditHead.seq + bindparam("more"))
    .returning(AuditHead.seq, AuditHead.hash)
)
_FIRST = {
    "sqlite": sqlite.insert(AuditHead).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(AuditHead).on_conflict_do_nothing(),
}
_EVENT = insert(Event)
_HEAD = update(AuditHead).where(AuditHead.organisation_id == bindparam("of")).values(hash=bindparam("new_hash"))


def add_event(
    session: Session,
    member: Member,
    kind: str,
    now: datetime,
    referral_id: str | None = None,
    about: About | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add "this member did this" to the open transaction.

    `kind` is a word of `server.models.Event`; `about` names what was changed, such as ("team", 3); `detail` is
    a few codes and numbers.
    """
    organisation_id, member_id = member.team.organisation_id, member.id
    _flush(session)
    _add(session.connection(), organisation_id, [kind], now, member_id, referral_id, about, detail)


def add_event_for(
    session: Session,
    organisation_id: int,
    kind: str,
    now: datetime,
    about: About | None = None,
    detail: dict[str, Any] | None = None,
    referral_id: str | None = None,
) -> None:
    """The same for what no member of this organisation did: a phone, another team, or the `heed` command."""
    _flush(session)
    _add(session.connection(), organisation_id, [kind], now, None, referral_id, about, detail)


def add_phone_event(connection: Connection, organisation_id: int, referral_id: str, kind: str, now: datetime) -> None:
    """The same for what a phone did to a referral, on the connection of the intake."""
    add_phone_events(connection, organisation_id, referral_id, [kind], now)


def add_phone_events(
    connection: Connection, organisation_id: int, referral_id: str, kinds: Sequence[str], now: datetime
) -> None:
    """`add_phone_event` for several that happened at once, with as many statements as one takes."""
    _add(connection, organisation_id, kinds, now, None, referral_id, None, None)


def _flush(session: Session) -> None:
    # The rows an event tells of come first: on PostgreSQL they must be there before it points at them.
    session.flush()


def _add(
    connection: Connection,
    organisation_id: int,
    kinds: Sequence[str],
    now: datetime,
    member_id: int | None,
    referral_id: str | None,
    about: About | None,
    detail: dict[str, Any] | None,
) -> None:
    place = {"of": organisation_id, "more": len(kinds)}
    head = connection.execute(_NEXT, place).one_or_none()
    if head is None:
        row = {"organisation_id": organisation_id, "seq": 0, "hash": START}
        connection.execute(_FIRST[connection.dialect.name], row)
        head = connection.execute(_NEXT, place).one()
    last, events = head.hash, []
    for seq, kind in enumerate(kinds, start=head.seq - len(kinds) + 1):
        event = {
            "organisation_id": organisation_id,
            "seq": seq,
            "kind": kind,
            "member_id": member_id,
            "referral_id": referral_id,
            "about_kind": about[0] if about else None,
            "about_id": str(about[1]) if about else None,
            "detail": detail or {},
            "at": now,
        }
        last = event["hash"] = link(last, event)
        events.append(event)
    connection.execute(_EVENT, events)
    connection.execute(_HEAD, {"of": organisation_id, "new_hash": last})
