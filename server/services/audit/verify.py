"""Looks a chain of events over from end to end and says where it first does not hold. It changes nothing, and it
reads in batches: an organisation's whole history never lies in memory at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from server.models import AuditCheckpoint, AuditHead, Event, Organisation
from server.services.audit.walk import Fault, Marks, Place, Walk

BATCH = 1_000

# What the hash of an event covers, and the hash.
_COLUMNS = (
    Event.organisation_id,
    Event.seq,
    Event.kind,
    Event.member_id,
    Event.referral_id,
    Event.about_kind,
    Event.about_id,
    Event.detail,
    Event.at,
    Event.hash,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one organisation's chain stands. `events` is how many rows were looked at, `last` the newest of them (None
    when there is none), `fault` the first place that does not hold (None when all of it does)."""

    organisation_id: int
    name: str
    events: int
    last: Place | None
    fault: Fault | None


def verify(session: Session, kept_elsewhere: Mapping[int, Sequence[Place]] | None = None) -> list[Verdict]:
    """Look over the chain of every organisation, by number.

    In: a session outside any transaction; the places kept elsewhere by organisation, if there are any. They alone
    find out somebody who rewrote a chain from some event to its end. An organisation that is in them and not in the
    database has a verdict, too.
    """
    kept = kept_elsewhere or {}
    _see_one_moment(session)
    try:
        there = session.execute(select(Organisation.id, Organisation.name).order_by(Organisation.id)).all()
        verdicts = [_verdict(session, number, name, kept.get(number, ())) for number, name in there]
    finally:
        session.rollback()
    gone = sorted(kept.keys() - {verdict.organisation_id for verdict in verdicts})
    verdicts += [Verdict(number, "", 0, None, Fault("gone", 0)) for number in gone]
    return verdicts


def verify_until(session: Session, organisation_id: int, last: int) -> Place | Fault:
    """Look over the chain of one organisation from its first event to number `last`, in the open transaction.

    Out: the place of that event, when everything up to it holds; else the first fault.
    """
    walk = _walk(session, organisation_id, ())
    for row in _rows(session, organisation_id, last):
        walk.take(row)
    if walk.fault is None and (walk.last is None or walk.last.seq != last):
        return Fault("missing", last)
    return walk.fault or walk.last or Fault("missing", last)


def _see_one_moment(session: Session) -> None:
    """Begin a transaction in which head, checkpoints and events are those of one moment, while others go on writing."""
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _verdict(session: Session, organisation_id: int, name: str, elsewhere: Sequence[Place]) -> Verdict:
    head = session.execute(
        select(AuditHead.seq, AuditHead.hash).where(AuditHead.organisation_id == organisation_id)
    ).one_or_none()
    walk = _walk(session, organisation_id, elsewhere)
    for row in _rows(session, organisation_id):
        walk.take(row)
    fault = walk.ended(Place(head.seq, head.hash) if head else None)
    return Verdict(organisation_id, name, walk.events, walk.last if walk.events else None, fault)


def _walk(session: Session, organisation_id: int, elsewhere: Sequence[Place]) -> Walk:
    """A walk that has not begun, with the places that were written down for this organisation."""
    made = session.execute(
        select(AuditCheckpoint.seq, AuditCheckpoint.hash, AuditCheckpoint.reason)
        .where(AuditCheckpoint.organisation_id == organisation_id)
        .order_by(AuditCheckpoint.seq, AuditCheckpoint.id)
    ).all()
    cuts = {place.seq: Place(place.seq, place.hash) for place in made if place.reason == "cut"}
    marks = [Marks("checkpoint", [Place(place.seq, place.hash) for place in made]), Marks("elsewhere", elsewhere)]
    return Walk(cuts, marks)


def _rows(session: Session, organisation_id: int, last: int | None = None) -> Iterator[Mapping[Any, Any]]:
    """The events of an organisation by number, a batch at a time; up to number `last`, if it is given."""
    of_organisation = select(*_COLUMNS).where(Event.organisation_id == organisation_id).order_by(Event.seq)
    if last is not None:
        of_organisation = of_organisation.where(Event.seq <= last)
    after: int | None = None
    while True:
        asked = of_organisation if after is None else of_organisation.where(Event.seq > after)
        try:
            batch: Sequence[Mapping[Any, Any]] = session.execute(asked.limit(BATCH)).mappings().all()
        except ValueError:
            # SQLite keeps what it is given: a time or a detail that is none. One by one, to name the place.
            batch = [_one(session, asked)]
        yield from batch
        if not batch:
            return
        after = batch[-1]["seq"]


def _one(session: Session, asked: Select[Any]) -> Mapping[Any, Any]:
    try:
        return session.execute(asked.limit(1)).mappings().one()
    except ValueError:
        row = session.execute(asked.with_only_columns(Event.seq, Event.hash).limit(1)).mappings().one()
        return {**row, "unreadable": True}
