"""A referral about which people write to each other, without HTTP, for the tests of services."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from server.extensions import db
from server.models import Member
from server.services.messages import at_desk, from_phone
from tests.partnership import Side
from tests.referrals import AGE_FILE
from tests.services.sending import send

MAC = "a" * 64
CEILING = 60


@dataclass(frozen=True)
class Talk:
    """One referral of one side, with the receipt that its phone holds."""

    side: Side
    referral_id: str
    receipt: bytes

    @property
    def receipt_sha256(self) -> str:
        return hashlib.sha256(self.receipt).hexdigest()

    @property
    def member(self) -> Member:
        return db.session.get_one(Member, self.side.member_id)

    def from_phone(
        self, seq: int, now: datetime, ceiling: int = CEILING, **changes: str | bytes
    ) -> from_phone.Received:
        """The phone sends a message; its file differs from place to place."""
        file = changes.get("file", sealed_file(f"to_team {seq}"))
        mac = changes.get("mac", MAC)
        assert isinstance(file, bytes)
        return from_phone.receive(self.receipt_sha256, seq, file, str(mac), now, ceiling)

    def write(self, direction: str, seq: int, now: datetime) -> None:
        """The side's member writes."""
        mac = MAC if direction == "to_phone" else ""
        at_desk.write(self.member, self.referral_id, direction, seq, sealed_file(f"{direction} {seq}"), mac, now)

    def fetched(self, now: datetime) -> list[tuple[str, int]]:
        """The side's member opens the messages. Out: direction and place of each."""
        return [(one.direction, one.seq) for one in at_desk.fetched(self.member, self.referral_id, now)]


def talk(side: Side, now: datetime, receipt: bytes = b"sixteen bytes ok", **changes: object) -> Talk:
    """Store a referral with a note, to write about."""
    return Talk(side, send(side, now, receipt=receipt, **{"file": AGE_FILE, **changes}).id, receipt)


def sealed_file(name: str) -> bytes:
    """An age file as far as anybody can look at it from outside."""
    return AGE_FILE + name.encode()
