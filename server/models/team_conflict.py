"""An organisation about whose own staff a team must not be told: the worker is shown another team instead."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class TeamConflict(Base):
    """One row for each pair of team and organisation."""

    __tablename__ = "team_conflict"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)
