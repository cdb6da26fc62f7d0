"""Every compiled definition ever served, by its hash, so that a phone with old content is scored by what it
had."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class Definition(Base):
    """`body` is canonical JSON; `hash` is the sha256 of exactly these bytes. Rows are added and never
    changed."""

    __tablename__ = "definition"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
