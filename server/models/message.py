"""A sealed message about a referral: from the phone, to it, or a note that a team keeps for itself. No row here can be
read by the server."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.member import Member

DIRECTIONS = ("to_team", "to_phone", "internal")


class Message(Base):
    """`seq` counts from 1 in each direction; a gap, or one that comes twice, is said where it is read.

    `mac` is made with a key that only the phone and the team know (empty for a team's own notes, which carry the
    team's signature inside). `member_id` is empty for what a phone sent."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    direction: Mapped[str] = mapped_column(String(10))
    seq: Mapped[int]
    file: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    member: Mapped[Member | None] = relationship(lazy="joined")

    __table_args__ = (
        UniqueConstraint("referral_id", "team_id", "direction", "seq"),
        # What nobody has opened yet.
        Index(None, "team_id", "direction", "read_at"),
        CheckConstraint("direction IN ('to_team', 'to_phone', 'internal')", name="direction"),
    )
