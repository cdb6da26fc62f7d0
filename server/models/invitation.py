"""An invitation for phones to join a team. The secret itself is only in the link; here is its hash."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.team import Team


class Invitation(Base):
    """`uses_left` falls with each phone that joins."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    uses_left: Mapped[int]
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)
