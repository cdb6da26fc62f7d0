"""All of an organisation's events as a table (CSV), made while it is read. Every cell is safe to open in a spreadsheet;
of what a phone did it gives the day only, because a file is not cut when a referral closes."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select

from server.extensions import db
from server.models import AuditHead, Event, Member
from server.services.audit.kinds import BY_DAY
from server.services.audit.listing import Entry, entries_of
from server.services.events import add_event
from server.services.transaction import writing

BATCH = 500

COLUMNS = (
    "seq",
    "at",
    "kind",
    "by",
    "member_id",
    "about",
    "about_kind",
    "about_id",
    "detail",
    "hash",
)

# What a spreadsheet takes for the beginning of a formula, or skips to get to one (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export(member: Member, now: datetime) -> Iterator[str]:
    """The rows of the table, a batch at a time, oldest first, from the organisation's first event to the last before
    the export itself, which leaves an event.

    In: the member who asks and the time. The text is to be encoded as UTF-8; it begins with a mark that spreadsheets
    know it by.
    """
    with writing() as session:
        organisation_id = member.team.organisation_id
        # Locked, so that nobody's event comes between what is counted and the export's own.
        head = select(AuditHead.seq).where(AuditHead.organisation_id == organisation_id).with_for_update()
        last = session.scalar(head) or 0
        count = session.scalar(select(func.count()).where(Event.organisation_id == organisation_id))
        add_event(session, member, "audit_exported", now, detail={"events": count})
    return _table(organisation_id, last)


def neutral(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet could take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _table(organisation_id: int, last: int) -> Iterator[str]:
    yield "\ufeff" + _lines([COLUMNS])
    after = 0
    while True:
        asked = select(Event).where(Event.organisation_id == organisation_id, Event.seq > after, Event.seq <= last)
        events = list(db.session.scalars(asked.order_by(Event.seq).limit(BATCH)))
        lines = _lines([_row(entry) for entry in entries_of(events)])
        if events:
            after = events[-1].seq
        # Nothing is held while the reader's line takes its time: no snapshot, no rows.
        db.session.rollback()
        db.session.expunge_all()
        if lines:
            yield lines
        if len(events) < BATCH:
            return


def _lines(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def _row(entry: Entry) -> tuple[str, ...]:
    at = entry.at.astimezone(UTC)
    return (
        str(entry.seq),
        at.date().isoformat() if entry.kind in BY_DAY else at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        entry.kind,
        entry.by,
        str(entry.by_id or ""),
        entry.about,
        entry.about_kind,
        entry.about_id,
        json.dumps(entry.detail, ensure_ascii=False, sort_keys=True) if entry.detail else "",
        entry.hash,
    )
