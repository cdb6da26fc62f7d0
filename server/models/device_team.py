"""A team that a phone may send to beside its home team, as its invitation said."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class DeviceTeam(Base):
    """One row for each pair."""

    __tablename__ = "device_team"

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True, index=True)
