"""A team that reads referrals, with the public halves of its keys. It must never hold a private half."""

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.organisation import Organisation
from server.models.team_key import TeamKey


class Team(Base):
    """The home team of devices. Without `age_recipient` notes wait on the phones; the coded part still comes. `keys` is
    the history that ends with `age_recipient` and `vouch_key`.

    `hours`: when it reads, as {"days": [1..7, ISO], "opens": "08:00", "closes": "18:00"}, London time.
    The remit: `areas` (codes), `ages` (child, adult), `kinds` (of exploitation; none named means all),
    `subjects` (person, place). `conflicts`: organisations about whose own staff it must not be told."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    areas: Mapped[list[str]]
    ages: Mapped[list[str]] = mapped_column(default=lambda: ["child", "adult"])
    kinds: Mapped[list[str]] = mapped_column(default=list)
    subjects: Mapped[list[str]] = mapped_column(default=lambda: ["person", "place"])
    hours: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    # E.164: what cannot wait is rung, never only sent.
    urgent_number: Mapped[str] = mapped_column(String(40))
    age_recipient: Mapped[str | None] = mapped_column(String(100))
    vouch_key: Mapped[str | None] = mapped_column(String(64))

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    keys: Mapped[list[TeamKey]] = relationship(order_by=TeamKey.n, viewonly=True)
    conflicts: Mapped[list[Organisation]] = relationship(secondary="team_conflict", order_by=Organisation.name)
