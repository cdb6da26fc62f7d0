"""The sealed note of a referral: an age file that only the team can open. No row here can be read by the
server."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class SealedNote(Base):
    """`replaced` counts replacements (one at most, by the same phone, while unread)."""

    __tablename__ = "sealed_note"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    recipient: Mapped[str] = mapped_column(String(100))
    file: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    replaced: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
