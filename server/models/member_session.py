"""A signed-in browser. Only the hash of its token is kept, so that a copied database signs nobody in."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.member import Member


class MemberSession(Base):
    """Lives 15 idle minutes (`seen_at`) and 8 hours in all (`ends_at`); deleted at sign-out.

    `public_id` names it on its owner's page; `how` is passkey, password, recovery or link. `unlock_half` (32 bytes)
    is one half of what opens the team's key in this browser; the other lies there, and each alone is noise."""

    __tablename__ = "member_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    how: Mapped[str] = mapped_column(String(10))
    csrf: Mapped[str] = mapped_column(String(64))
    unlock_half: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    locale: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)

    member: Mapped[Member] = relationship(lazy="joined", innerjoin=True)
