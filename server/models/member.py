"""A person of a team who may sign in to the inbox. Their private key is stored only wrapped by their own
browser."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.team import Team


class Member(Base):
    """An account. `display_name` is a role ("Coordinator, Clyde Valley"); nothing else about the person is
    kept, and after leaving (`left_at`) neither is the name they signed in by.

    `joined_at` is empty until they have chosen how to sign in. `handle` is what passkeys know them by."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    sign_in_name: Mapped[str | None] = mapped_column(String(80), unique=True)
    display_name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[str]]
    handle: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    # The last time step that was used, so that a code seen over a shoulder cannot be used again (RFC 6238,
    # 5.2).
    totp_last_step: Mapped[int] = mapped_column(default=0)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None]
    identity_recipient: Mapped[str | None] = mapped_column(String(100))
    identity_wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    # When this member last showed that their seven words still open what the team is sent.
    drilled_at: Mapped[datetime | None]
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_active(self) -> bool:
        """Whether they may sign in: the link is finished, and they have not left."""
        return self.joined_at is not None and self.left_at is None
