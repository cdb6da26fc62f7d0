"""A passkey of a member: the public half only. The private half never leaves the member's own device."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class Passkey(Base):
    """`last_challenge_ms` must grow with each use, so that an answer that was overheard is good for nothing.
    `identity_wrap`: the member's identity, which this passkey opens in the browser (PRF); the server cannot."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(2048))
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    backed_up: Mapped[bool]
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    last_challenge_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    identity_wrap: Mapped[bytes | None] = mapped_column(LargeBinary)
