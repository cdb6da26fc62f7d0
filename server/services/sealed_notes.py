"""Keeping the sealed note beside its referral: stored when it comes, replaced once at most, never once it was
read."""

import hashlib
from dataclasses import dataclass, field

from sqlalchemy import Connection, RowMapping

from server.models.referral import WITHDRAWN
from server.services.intake_statements import INSERT_NOTE, REPLACE_NOTE

NOTE_STORED = "note_stored"


class NoteRefused(Exception):
    """The note may not be changed any more: `code` is withdrawn, note-already-read or note-replaced-before."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sealed:
    """An age file as it came, and the recipient the phone says it is sealed to."""

    recipient: str
    file: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The hash that goes into the receipt: what the phone compares before it forgets the note."""
        return hashlib.sha256(self.file).hexdigest()


def keep_note(connection: Connection, sealed: Sealed, there: RowMapping, device_id: int) -> str | None:
    """Store a note or put it in another's place.

    In: the open transaction, the note, the row of `EXISTING`, the phone that sends. Out: the kind of event to
    write, or None when this very note is stored already. Raises NoteRefused.
    """
    if there["closed_as"] == WITHDRAWN:
        # A try that the phone made before it took the referral back must not bring the words back.
        raise NoteRefused("withdrawn")
    if there["sealed_sha256"] is None:
        first_note(connection, sealed, there["id"])
        return NOTE_STORED
    if there["sealed_sha256"] == sealed.sha256:
        return None
    if there["state"] != "stored" or there["opened_at"] is not None or there["device_id"] != device_id:
        raise NoteRefused("note-already-read")
    if there["replaced"]:
        raise NoteRefused("note-replaced-before")
    connection.execute(REPLACE_NOTE, {"note_of": there["id"], **_columns(sealed)})
    return "note_replaced"


def first_note(connection: Connection, sealed: Sealed, referral_id: str) -> None:
    """Store the note of a referral that has none; the event `NOTE_STORED` is the caller's to write."""
    connection.execute(INSERT_NOTE[connection.dialect.name], {"referral_id": referral_id, **_columns(sealed)})


def _columns(sealed: Sealed) -> dict[str, str | bytes]:
    return {"recipient": sealed.recipient, "file": sealed.file, "sha256": sealed.sha256}
