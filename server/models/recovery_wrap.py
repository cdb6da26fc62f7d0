"""The team's identity, sealed to its recovery key, which is on paper only. The server can store it and cannot open
it."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class RecoveryWrap(Base):
    """`checked_at`: when somebody last showed that the paper is still there."""

    __tablename__ = "recovery_wrap"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    recipient: Mapped[str] = mapped_column(String(100))
    file: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
