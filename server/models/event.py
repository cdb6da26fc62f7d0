"""What was done, by whom, when: one row for each change. It holds no content, so it may outlive what it tells
of."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.member import Member


class Event(Base):
    """`kind`: stored, note_stored, note_replaced, read, note_opened, claimed, closed, keys_made, signed_in, …
    `member_id` is empty for what a phone did: phones have no names."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referral.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    at: Mapped[datetime]

    member: Mapped[Member | None] = relationship(lazy="joined")
