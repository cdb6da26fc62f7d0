"""A team's roster: whose keys it vouches for. The server keeps it and cannot write one: browsers take it only with the
team's signature."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class TeamRoster(Base):
    """`body` is the exact text that was signed (canonical JSON); rows are added and never changed."""

    __tablename__ = "team_roster"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(100))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    made_at: Mapped[datetime]
