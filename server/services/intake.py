"""Taking in what phones send: every referral once, however often it is sent. An answer is given after the
commit only.

It stores what the phone sent; what it cannot understand it marks, and does not refuse.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from server.extensions import db
from server.screening.canonical import canonical_json, hash_of
from server.services import definitions
from server.services.due import due_after, urgency_of
from server.services.events import add_phone_events
from server.services.group_commit import Deed, TakenBack, one_after_the_other, writer_of
from server.services.intake_statements import EXISTING, HOLD, INSERT_REFERRAL, SENT_SINCE, TOMBSTONE
from server.services.phones.senders import Sender
from server.services.references import reference_of
from server.services.rescoring import rescore
from server.services.sealed_notes import NOTE_STORED, NoteRefused, Sealed, first_note, keep_note

CEILING_WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One referral as it passed the door: shape and size are right, nothing else is promised."""

    id: str
    sender: Sender
    coded: dict[str, Any]
    receipt_sha256: str
    sealed: Sealed | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What is in the database now. `new` is false when it was there before; of one that was deleted on time the hashes
    are of what came now, so that the phone may let go of it."""

    id: str
    reference: str
    coded_sha256: str
    sealed_sha256: str | None
    received_at: datetime
    due_at: datetime
    new: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """`code` is other-content, too-many, withdrawn, note-already-read or note-replaced-before. Nothing of the item was
    stored."""

    code: str


def store(items: Sequence[Incoming], now: datetime, ceiling: int) -> list[Stored | Refused]:
    """Store all items, a savepoint an item, and say for each what became of it, in order, after the commit.

    On SQLite requests that come at the same time share one transaction. In: the items, the time, how many new
    referrals a phone may send within an hour. Raises sqlalchemy.exc.OperationalError or TimeoutError when the
    database is busy or away: nobody is told that anything was stored, the phone tries again.
    """
    deeds = [_deed(item, _row(item, now), now, ceiling) for item in items]
    # What the request has read before is let go: it would keep a connection while it waits.
    if db.session.registry.has():
        db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        return writer_of(db.engine).done(deeds)
    return one_after_the_other(db.engine, deeds)


def _deed(item: Incoming, row: dict[str, Any], now: datetime, ceiling: int) -> Deed:
    def deed(connection: Connection) -> Stored:
        outcome = _store_one(connection, item, row, now, ceiling)
        if isinstance(outcome, Refused):
            raise TakenBack(outcome)
        return outcome

    return deed


def _store_one(
    connection: Connection, item: Incoming, row: dict[str, Any], now: datetime, ceiling: int
) -> Stored | Refused:
    if not connection.execute(INSERT_REFERRAL[connection.dialect.name], row).rowcount:
        return _again(connection, item, row, now)
    since = {"device_id": item.sender.phone.id, "since": now - CEILING_WINDOW}
    same = {"id": item.id, "receipt_sha256": item.receipt_sha256}
    phone = connection.execute(SENT_SINCE, {**since, **same}).one()
    if phone.gone:
        raise TakenBack(_deleted(connection, item, row))
    if phone.sent > ceiling:
        return Refused("too-many")
    if phone.held and item.sender.at_home and not item.sender.held:
        connection.execute(HOLD, {"held_id": item.id})
    if item.sealed is not None:
        first_note(connection, item.sealed, item.id)
    _events(connection, item, ["stored"] if item.sealed is None else ["stored", NOTE_STORED], now)
    return _stored(item, row, new=True)


def _again(connection: Connection, item: Incoming, row: dict[str, Any], now: datetime) -> Stored | Refused:
    """What came before, and perhaps a note that is new."""
    there = connection.execute(EXISTING, {"id": item.id}).mappings().one_or_none()
    if there is None:
        # Another phone has this receipt, or it was deleted a moment ago.
        return _deleted(connection, item, row)
    # The receipt's hash belongs to the phone that made the id: who does not know it may not learn that the id
    # exists with this content, nor hang a note on it.
    if any(there[part] != row[part] for part in ("coded_sha256", "receipt_sha256", "team_id")):
        return Refused("other-content")
    if item.sealed is not None:
        try:
            change = keep_note(connection, item.sealed, there, item.sender.phone.id)
        except NoteRefused as refused:
            return Refused(refused.code)
        if change is not None:
            _events(connection, item, [change], now)
    return _stored(item, there, new=False)


def _stored(item: Incoming, row: Mapping[Any, Any], *, new: bool) -> Stored:
    return Stored(
        id=item.id,
        reference=row["reference"],
        coded_sha256=row["coded_sha256"],
        sealed_sha256=item.sealed.sha256 if item.sealed else row.get("sealed_sha256"),
        received_at=row["received_at"],
        due_at=row["due_at"],
        new=new,
    )


def _deleted(connection: Connection, item: Incoming, row: dict[str, Any]) -> Stored | Refused:
    """The answer about what was deleted on time: to its phone as if it were still there, to others that it is taken.
    Nothing is stored again, and no note either."""
    left = connection.execute(TOMBSTONE, {"id": item.id}).one_or_none()
    if left is None or left.receipt_sha256 != item.receipt_sha256:
        return Refused("other-content")
    return Stored(
        id=item.id,
        reference=left.reference,
        coded_sha256=row["coded_sha256"],
        sealed_sha256=item.sealed.sha256 if item.sealed else None,
        received_at=left.received_at,
        # Over: a phone that never heard that it had arrived says at once that nobody will read it, and whom to ring.
        due_at=left.deleted_at,
        new=False,
    )


def _events(connection: Connection, item: Incoming, kinds: Sequence[str], now: datetime) -> None:
    add_phone_events(connection, item.sender.team.organisation_id, item.id, kinds, now)


def _row(item: Incoming, now: datetime) -> dict[str, Any]:
    coded, phone = item.coded, item.sender.phone
    facts = coded["facts"]
    checklist = definitions.find(coded["checklist"]["hash"])
    pathway = definitions.find(coded["pathway"]["hash"])
    canonical = canonical_json(coded)
    again = rescore(coded, checklist, pathway, phone.employer)
    urgency = urgency_of(coded, again.actions, checklist)
    confirmed = facts.get("exploitation")
    return {
        "id": item.id,
        "reference": reference_of(item.id),
        "team_id": item.sender.team.id,
        "device_id": phone.id,
        "sender_organisation_id": phone.employer.id,
        "new_phone": phone.new,
        "held": item.sender.held,
        "coded": canonical.decode(),
        "coded_sha256": hash_of(canonical),
        "receipt_sha256": item.receipt_sha256,
        "checklist_hash": coded["checklist"]["hash"],
        "pathway_hash": coded["pathway"]["hash"],
        "subject": _word(facts.get("subject"), "unknown"),
        "age": _word(facts.get("age"), "unknown"),
        "kinds": confirmed if isinstance(confirmed, list) else again.kinds,
        "area": coded["area"],
        "concern": coded["result"]["concern"],
        "could_be": coded["result"]["could_be"],
        "server_concern": again.concern,
        "server_could_be": again.could_be,
        "rescored": again.state,
        "urgency_rank": urgency.rank,
        "urgent_because": urgency.because,
        "received_at": now,
        "due_at": due_after(urgency.word, now),
        "danger": "danger_now" in urgency.because,
        "child": "child" in urgency.because,
        "unsafe": "unsafe_tonight" in urgency.because,
    }


def _word(value: object, otherwise: str) -> str:
    return value if isinstance(value, str) else otherwise
