"""What was done, by whom, when: one row for each change. It holds no content, so it may outlive what it tells
of."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.member import Member


class Event(Base):
    """`kind`: stored, read, note_opened, claimed, signed_in, roles_changed, … (server/inbox/words.py has all).
    `member_id` is empty for what a phone or the `heed` command did: they have no names.

    `about_kind` and `about_id` name what was changed; `detail` holds codes and numbers. `seq` counts from 1 in each
    organisation, and `hash` covers this row and the one before it (services/audit/chain.py). `referral_id` points at no
    row: events stay when the referral is deleted on time."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    seq: Mapped[int]
    referral_id: Mapped[str | None] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    about_kind: Mapped[str | None] = mapped_column(String(20))
    about_id: Mapped[str | None] = mapped_column(String(40))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
    hash: Mapped[str] = mapped_column(String(64))

    member: Mapped[Member | None] = relationship(lazy="joined")

    __table_args__ = (UniqueConstraint("organisation_id", "seq"), Index(None, "organisation_id", "at"))
