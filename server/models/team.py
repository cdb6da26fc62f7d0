"""A team that reads referrals, with the public halves of its keys. It must never hold a private half."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base
from server.models.organisation import Organisation


class Team(Base):
    """The home team of devices. Without `age_recipient` notes wait on the phones; the coded part still
    comes."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    areas: Mapped[list[str]]
    reading_hours: Mapped[str] = mapped_column(String(200))
    urgent_number: Mapped[str] = mapped_column(String(40))
    age_recipient: Mapped[str | None] = mapped_column(String(100))
    vouch_key: Mapped[str | None] = mapped_column(String(64))

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
