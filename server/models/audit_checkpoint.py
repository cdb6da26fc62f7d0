"""A place in an organisation's chain that was written down: the chain is checked against it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class AuditCheckpoint(Base):
    """`reason`: made (to be kept elsewhere, too), or cut (what came before was deleted on time: the chain may begin
    after it)."""

    __tablename__ = "audit_checkpoint"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(10))

    __table_args__ = (CheckConstraint("reason IN ('made', 'cut')", name="reason"),)
