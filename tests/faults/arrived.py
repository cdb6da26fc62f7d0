"""What must be true of a database after any fault: everything that was acknowledged is there, once, and nothing that
nobody sent."""

from typing import Any

from sqlalchemy import select

from server.extensions import db
from server.models import Event, Referral, SealedNote
from server.screening.canonical import canonical_json
from server.services.audit.verify import verify
from tests.conftest import application
from tests.referrals import sealed


def assert_all_there(engine_url: str, everything: dict[str, dict[str, Any]], acknowledged: set[str]) -> None:
    """What was acknowledged is stored byte for byte, with its note and one event of arrival; nothing else is, and the
    record holds together.

    In: all bodies that were sent, and the ids of those that were answered with a receipt.
    """
    with application(engine_url) as app, app.app_context():
        faults = [verdict.fault for verdict in verify(db.session()) if verdict.fault]
        rows = {row.id: row for row in db.session.scalars(select(Referral))}
        notes = {row.referral_id: row.file for row in db.session.scalars(select(SealedNote))}
        arrivals = list(db.session.scalars(select(Event.referral_id).where(Event.kind == "stored")))
    assert acknowledged <= set(rows) <= set(everything)
    assert sorted(arrivals) == sorted(rows)
    assert not faults
    for referral_id, row in rows.items():
        assert row.coded.encode() == canonical_json(everything[referral_id]["coded"])
        assert sealed(notes[referral_id]) == everything[referral_id]["sealed"]
