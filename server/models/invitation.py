"""An invitation for phones to join a team. The secret itself is only in the link; here is its hash."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.team import Team


class Invitation(Base):
    """For `uses` holders; `uses_left` falls with each who joins. `other_teams` are those a phone may send to
    when its own must not see something.

    `voucher` is an age file for those teams: the key by which they know that a note was made by a phone with this
    invitation. It comes from the part of the link that no server sees. Empty for invitations of before."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    uses: Mapped[int]
    uses_left: Mapped[int]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    voucher: Mapped[bytes | None] = mapped_column(LargeBinary)

    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)
    other_teams: Mapped[list[Team]] = relationship(secondary="invitation_team", order_by=Team.id)
