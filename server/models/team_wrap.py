"""The team's identity, sealed to one member as an age file. The server can store it and cannot open it."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class TeamWrap(Base):
    """One row for each member who can open what the team is sent."""

    __tablename__ = "team_wrap"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    file: Mapped[bytes] = mapped_column(LargeBinary)
