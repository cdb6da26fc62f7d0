"""Writes down where each chain of events stands, here and in a file to be kept elsewhere: who rewrites a whole chain
in the database cannot rewrite that file.

The file is JSON, one object a line, so that new lines can be put behind old ones:

    {"v": 1, "organisation": 3, "seq": 1204, "hash": "9f2c…", "made_at": "2026-11-22T14:05:00Z"}

`hash` is that of the event `seq` of the organisation (sha256 in hex). A reader refuses a version it does not know.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from server.extensions import db
from server.models import AuditCheckpoint, AuditHead
from server.services.audit.verify import Verdict, verify
from server.services.audit.walk import Place
from server.services.events import add_event_for
from server.services.transaction import writing

VERSION = 1
_HASH = re.compile(r"[0-9a-f]{64}")


class ChainBroken(Exception):
    """A chain does not hold; a checkpoint now would hide it. `verdicts` say which and where."""

    def __init__(self, verdicts: Sequence[Verdict]) -> None:
        super().__init__(", ".join(str(verdict.organisation_id) for verdict in verdicts))
        self.verdicts = verdicts


class NoCheckpointFile(ValueError):
    """A line is no checkpoint of a known version; the message names the line."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where one organisation's chain stood."""

    organisation_id: int
    place: Place
    made_at: datetime

    def as_line(self) -> str:
        """The line of the file, without its end."""
        at = self.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        told = {"organisation": self.organisation_id, "seq": self.place.seq, "hash": self.place.hash, "made_at": at}
        return json.dumps({"v": VERSION, **told})


def make_checkpoints(now: datetime) -> list[Checkpoint]:
    """Write one checkpoint an organisation, each with its event, which is the last that it covers.

    Raises ChainBroken when a chain does not hold; then nothing was written.
    """
    verdicts = verify(db.session())
    broken = [verdict for verdict in verdicts if verdict.fault]
    if broken:
        raise ChainBroken(broken)
    return [_make(verdict.organisation_id, now) for verdict in verdicts]


def read_checkpoints(lines: Iterable[str]) -> dict[int, list[Place]]:
    """The places of a file by organisation. Empty lines are passed over. Raises NoCheckpointFile."""
    places: dict[int, list[Place]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        organisation_id, place = _read(line, number)
        places.setdefault(organisation_id, []).append(place)
    if not places:
        raise NoCheckpointFile("there is no checkpoint in it")
    return places


def _make(organisation_id: int, now: datetime) -> Checkpoint:
    with writing() as session:
        add_event_for(session, organisation_id, "audit_checkpointed", now)
        head = session.execute(
            select(AuditHead.seq, AuditHead.hash).where(AuditHead.organisation_id == organisation_id)
        ).one()
        row = {"seq": head.seq, "hash": head.hash, "made_at": now, "reason": "made"}
        session.add(AuditCheckpoint(organisation_id=organisation_id, **row))
    return Checkpoint(organisation_id, Place(head.seq, head.hash), now)


def _read(line: str, number: int) -> tuple[int, Place]:
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    if not isinstance(told, dict) or "v" not in told:
        raise NoCheckpointFile(f"line {number} is no checkpoint")
    if told["v"] != VERSION:
        raise NoCheckpointFile(f"line {number} is of a version that this release does not know")
    organisation_id, seq, hash_ = (told.get(key) for key in ("organisation", "seq", "hash"))
    if type(organisation_id) is not int or type(seq) is not int or not _HASH.fullmatch(str(hash_)):
        raise NoCheckpointFile(f"line {number} is not whole")
    return organisation_id, Place(seq, str(hash_))
