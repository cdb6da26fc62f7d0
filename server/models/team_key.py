"""The history of a team's public keys, the newest last. Each is vouched for by the one before it, so that phones and
partners follow a change without a person."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class TeamKey(Base):
    """`signature`: by the vouching key of number `n` - 1 (frontend/src/sealing/vouch.ts says over what). Empty for the
    first key, and for one that was made because the key before it was lost: nothing vouches for that one."""

    __tablename__ = "team_key"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    age_recipient: Mapped[str] = mapped_column(String(100))
    vouch_key: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(100))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    made_at: Mapped[datetime]
