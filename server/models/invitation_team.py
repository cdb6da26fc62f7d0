"""A team that an invitation offers beside the home team, for what the home team must not see."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class InvitationTeam(Base):
    """One row for each pair."""

    __tablename__ = "invitation_team"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True, index=True)
