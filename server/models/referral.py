"""The coded part of a referral, as the phone sent it, and where it stands. It must never hold free text."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.member import Member
from server.models.team import Team

STATES = ("stored", "read", "acted", "closed")
RESCORED = ("same", "differs", "not")

# What a referral is closed as that the phone took back. No person can choose it.
WITHDRAWN = "withdrawn"

# Most urgent first; the words of the pathways (server/screening/content). The row keeps the place in this
# order.
URGENCIES = ("now", "today", "24h", "5d", "ready")


class Referral(Base):
    """`coded` is canonical JSON and its hash decides sameness; the other columns are drawn from it, to sort
    and count.

    `device_id` says which phone may still replace the sealed note; it is dropped when the referral closes.
    `sender_organisation_id` is the worker's: what it may and must do in law decides the actions. `new_phone` marks
    what came from a phone that nobody knows yet; `held` keeps it out of the list. `acted_at` is when somebody first
    took it on, also when they have left since and nobody has it now."""

    __tablename__ = "referral"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"), index=True)
    sender_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    new_phone: Mapped[bool] = mapped_column(default=False)
    held: Mapped[bool] = mapped_column(default=False)
    coded: Mapped[str] = mapped_column(Text)
    coded_sha256: Mapped[str] = mapped_column(String(64))
    receipt_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    checklist_hash: Mapped[str] = mapped_column(String(64))
    pathway_hash: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(40))
    age: Mapped[str] = mapped_column(String(40))
    kinds: Mapped[list[str]]
    area: Mapped[str] = mapped_column(String(40))
    concern: Mapped[str] = mapped_column(String(10))
    could_be: Mapped[str] = mapped_column(String(10))
    server_concern: Mapped[str | None] = mapped_column(String(10))
    server_could_be: Mapped[str | None] = mapped_column(String(10))
    rescored: Mapped[str] = mapped_column(String(10))
    urgency_rank: Mapped[int]
    urgent_because: Mapped[list[str]]
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="stored")
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    closed_as: Mapped[str | None] = mapped_column(String(40))
    read_at: Mapped[datetime | None]
    acted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship()
    claimer: Mapped[Member | None] = relationship()

    __table_args__ = (
        CheckConstraint("state IN ('stored', 'read', 'acted', 'closed')", name="state"),
        CheckConstraint("rescored IN ('same', 'differs', 'not')", name="rescored"),
        Index(None, "team_id", "state", "urgency_rank", "due_at"),
    )

    @property
    def urgency(self) -> str:
        """The word for the place in the order: now, today, 24h, 5d, ready."""
        return URGENCIES[self.urgency_rank]
