"""The one row about the database itself: whether it is a demonstration, which may be served on this machine
only."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class Installation(Base):
    """At most one row. `is_demo` is set by `heed demo` and never taken back: its keys are known to the
    server."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    is_demo: Mapped[bool]
    made_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
