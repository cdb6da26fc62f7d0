"""What is left of a referral that was deleted on time: its reference, the days, how it ended. Never anything of what it
said."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base

WHY = ("closed", "age", "operator")


class Tombstone(Base):
    """One row a deleted referral, under its id: a phone that sends it again does not bring it back. The receipt's hash
    lets the phone that sent it, and nobody else, hear that it is over.

    `received_at` and `closed_at` are days. `why`: closed (so many days ago), age (nobody closed it), operator (`heed
    purge`)."""

    __tablename__ = "tombstone"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reference: Mapped[str] = mapped_column(String(12))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    receipt_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    received_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_as: Mapped[str | None] = mapped_column(String(40))
    deleted_at: Mapped[datetime] = mapped_column(index=True)
    why: Mapped[str] = mapped_column(String(10))

    __table_args__ = (CheckConstraint("why IN ('closed', 'age', 'operator')", name="why"),)
