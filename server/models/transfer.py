"""A referral that one team passed on to another: for what, on what ground, and what became of it. The words that go
with it are sealed to the receiving team."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.referral import Referral
from server.models.team import Team


class Transfer(Base):
    """`file` and `signature` (the sending team's, over what binds the file to its place) go when it is refused or
    revoked: nothing is left where it should not be.

    `reason`: why it was refused. `version` grows with each change, so that of two at once one is told."""

    __tablename__ = "transfer"

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    from_team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    to_team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default="offered")
    file: Mapped[bytes | None] = mapped_column(LargeBinary)
    sha256: Mapped[str | None] = mapped_column(String(64))
    signature: Mapped[str | None] = mapped_column(String(100))
    reason: Mapped[str | None] = mapped_column(String(20))
    outcome: Mapped[str | None] = mapped_column(String(40))
    offered_by: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    offered_at: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    answered_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    referral: Mapped[Referral] = relationship(lazy="joined", innerjoin=True)
    from_team: Mapped[Team] = relationship(foreign_keys=[from_team_id], lazy="joined", innerjoin=True)
    to_team: Mapped[Team] = relationship(foreign_keys=[to_team_id], lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint("state IN ('offered', 'accepted', 'refused', 'revoked', 'done')", name="state"),
        CheckConstraint("purpose IN ('protect', 'investigate', 'regulate', 'support', 'immigration')", name="purpose"),
        Index(None, "to_team_id", "state"),
        Index(None, "from_team_id", "state"),
    )
