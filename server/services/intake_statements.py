"""The SQL of the intake, built once: compiled statements are cached by the engine, so a referral costs
little."""

from sqlalchemy import bindparam, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from server.models import Device, Referral, SealedNote, Tombstone
from server.services.phones.senders import HELD

# No column is named: a clash of the id and a clash of the receipt are both "it is there", and are told apart
# after. How many rows it wrote says which; a row that comes back would cost more.
INSERT_REFERRAL = {
    name: insert(Referral).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}

INSERT_NOTE = {
    "sqlite": sqlite.insert(SealedNote).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(SealedNote).on_conflict_do_nothing(),
}

# FOR UPDATE (PostgreSQL; on SQLite there is one writer): the note must not be read between the look and the
# change.
EXISTING = (
    select(
        Referral.id,
        Referral.reference,
        Referral.team_id,
        Referral.device_id,
        Referral.coded_sha256,
        Referral.receipt_sha256,
        Referral.state,
        Referral.closed_as,
        Referral.received_at,
        Referral.due_at,
        SealedNote.sha256.label("sealed_sha256"),
        SealedNote.replaced,
        SealedNote.opened_at,
    )
    .outerjoin(SealedNote, SealedNote.referral_id == Referral.id)
    .where(Referral.id == bindparam("id"))
    .with_for_update(of=Referral)
)

REPLACE_NOTE = (
    update(SealedNote)
    .where(SealedNote.referral_id == bindparam("note_of"))
    .values(
        recipient=bindparam("recipient"),
        file=bindparam("file"),
        sha256=bindparam("sha256"),
        replaced=SealedNote.replaced + 1,
    )
)

# A receipt is its phone's alone, so a tombstone under another id with this receipt is in the way, too.
_GONE = or_(Tombstone.id == bindparam("id"), Tombstone.receipt_sha256 == bindparam("receipt_sha256"))

# What is left of a referral that was deleted on time.
TOMBSTONE = select(Tombstone.reference, Tombstone.receipt_sha256, Tombstone.received_at, Tombstone.deleted_at).where(
    Tombstone.id == bindparam("id")
)

# How many came from this phone, whether it is held by now, and whether this very referral was deleted on time: once
# inserted, it keeps who holds phones waiting (its foreign key, on PostgreSQL), so that none slips in between the look
# at the phone and the commit.
SENT_SINCE = select(
    select(func.count())
    .select_from(Referral)
    .where(Referral.device_id == bindparam("device_id"), Referral.received_at > bindparam("since"))
    .scalar_subquery()
    .label("sent"),
    HELD.label("held"),
    exists().where(_GONE).label("gone"),
).where(Device.id == bindparam("device_id"))

HOLD = update(Referral).where(Referral.id == bindparam("held_id")).values(held=True)
