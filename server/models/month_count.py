"""How many referrals came to a team in a month, and how they ended: numbers that may outlive the referrals."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base

ARRIVED = "arrived"


class MonthCount(Base):
    """`month` is of the arrival, as 2026-11 (UTC); `what` is arrived, or an outcome. Written anew by the sweep of
    counts (services/counts.py) from referrals and tombstones, which alone are the truth while they are there."""

    __tablename__ = "month_count"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True, autoincrement=False)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    what: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]
