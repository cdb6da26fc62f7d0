"""A phone that joined a team. No name, number, address or make of it is known; only the hash of its token."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.team import Team

# A phone is new until so many of its referrals were taken on: a flood of fakes stays marked.
KNOWN_AFTER = 3


class Device(Base):
    """What may send for a team. Its referrals point here only until they are closed.

    `code` is what its holder can read out from the phone. `second_of`: the same holder's first phone, when the
    invitation was used twice within an hour. `held_at`: what it sends is kept out of the list. `revoked_at`: it
    may send no more. `wipe_asked_at`, `wiped_at`: it is told to empty itself, and has said that it did."""

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    second_of: Mapped[int | None] = mapped_column(ForeignKey("device.id"), index=True)
    code: Mapped[str] = mapped_column(String(6))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    joined_at: Mapped[datetime]
    accepted: Mapped[int] = mapped_column(default=0)
    held_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    wipe_asked_at: Mapped[datetime | None]
    wiped_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)
    other_teams: Mapped[list[Team]] = relationship(secondary="device_team", order_by=Team.id)

    __table_args__ = (UniqueConstraint("team_id", "code"),)

    @hybrid_property
    def is_new(self) -> bool:
        """Whether what it sends is still marked."""
        return self.accepted < KNOWN_AFTER
