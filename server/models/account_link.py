"""A link by which one person makes an account, or finds the way back into one. The secret is only in the link."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class AccountLink(Base):
    """`kind`: setup (the first administrator), organisation (a partner's first), member, way_back.

    It is good once. How far its holder came stands in it: the team once it is founded, the member once named."""

    __tablename__ = "account_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    display_name: Mapped[str] = mapped_column(String(200), default="")
    roles: Mapped[list[str]]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("kind IN ('setup', 'organisation', 'member', 'way_back')", name="kind"),)
