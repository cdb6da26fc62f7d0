"""A phone that joined a team. No name, number, address or make of it is known; only the hash of its token."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.team import Team


class Device(Base):
    """What may send for a team. Its referrals point here only until they are closed."""

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    joined_at: Mapped[datetime]

    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)
