"""When something that must happen again and again last went well: a sweep, a backup, a backup put back."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base

BACKUP_MADE = "backup_made"
BACKUP_PUT_BACK = "backup_put_back"


class Milestone(Base):
    """`name`: sweep:retention, sweep:deadlines, …, `BACKUP_MADE`, `BACKUP_PUT_BACK`. One row each, moved forward."""

    __tablename__ = "milestone"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]
