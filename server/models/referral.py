"""The coded part of a referral, as the phone sent it, and where it stands. It must never hold free text."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String, Text
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

# Where a referral lies, drawn by the database from `state` and `held`, so that no deed can forget to move it.
SHELVES = ("open", "held", "closed")
SHELF = "CASE WHEN state = 'closed' THEN 'closed' WHEN held THEN 'held' ELSE 'open' END"
# The reference as people say it (services/references.py), from its start and from its second half: HD-XXXX-XXXX.
SAID = "replace(substr(reference, 4), '-', '')"
SAID_END = "substr(reference, 9)"

_COUNTED = ("state", "claimed_by", "danger", "child", "unsafe", "new_phone")


class Referral(Base):
    """`coded` is canonical JSON and its hash decides sameness; the other columns are drawn from it, to sort
    and count.

    `device_id` says which phone may still replace the sealed note; it is dropped when the referral closes.
    `sender_organisation_id` is the worker's: what it may and must do in law decides the actions. `new_phone` marks
    what came from a phone that nobody knows yet; `held` keeps it out of the list. `acted_at` is when somebody first
    took it on, also when they have left since and nobody has it now.

    `danger`, `child` and `unsafe` are drawn from `urgent_because`. `past_due_at` is when it was written down that
    nobody had read it in time, `warned_days` the last warning before its deletion (services/retention), `kept_until`
    and `kept_because` that a coordinator keeps it longer."""

    __tablename__ = "referral"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
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
    danger: Mapped[bool] = mapped_column(default=False)
    child: Mapped[bool] = mapped_column(default=False)
    unsafe: Mapped[bool] = mapped_column(default=False)
    past_due_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="stored")
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    closed_as: Mapped[str | None] = mapped_column(String(40))
    read_at: Mapped[datetime | None]
    acted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    warned_days: Mapped[int | None]
    kept_until: Mapped[datetime | None]
    kept_because: Mapped[str | None] = mapped_column(String(20))
    shelf: Mapped[str | None] = mapped_column(String(10), Computed(SHELF, persisted=True))
    said: Mapped[str | None] = mapped_column(String(12), Computed(SAID, persisted=True))
    said_end: Mapped[str | None] = mapped_column(String(12), Computed(SAID_END, persisted=True))

    team: Mapped[Team] = relationship()
    claimer: Mapped[Member | None] = relationship()

    __table_args__ = (
        CheckConstraint("state IN ('stored', 'read', 'acted', 'closed')", name="state"),
        CheckConstraint("rescored IN ('same', 'differs', 'not')", name="rescored"),
        # The list in its order, whatever lies on the other shelves; with what is counted on the way, so that counting
        # need not look at the rows, which are long.
        Index("ix_referral_list", "team_id", "shelf", "urgency_rank", "due_at", "id", *_COUNTED),
        # The closed ones in theirs, with what says when they are deleted.
        Index("ix_referral_closed", "team_id", "closed_at", "id", "received_at", "kept_until"),
        Index(None, "team_id", "received_at"),
        Index(None, "team_id", "said"),
        Index(None, "team_id", "said_end"),
        Index(None, "team_id", "state", "due_at"),
        # How many a phone has sent within the hour.
        Index(None, "device_id", "received_at"),
        # What is due: to be read, to be deleted.
        Index(None, "state", "due_at"),
        Index(None, "closed_at"),
        Index(None, "received_at"),
    )

    @property
    def urgency(self) -> str:
        """The word for the place in the order: now, today, 24h, 5d, ready."""
        return URGENCIES[self.urgency_rank]
