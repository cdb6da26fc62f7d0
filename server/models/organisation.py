"""An organisation of the partnership: a council, a health board, a charity. It holds no person's data."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class Organisation(Base):
    """Who a team belongs to. `first_responder` and `duty_to_notify` (yes, no, unknown) are law, never asked
    of the worker: they come from the list of the nation's pathway pack. `is_host` marks the organisation that
    runs this server, whose administrators may add partners."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    nation: Mapped[str] = mapped_column(String(10))
    first_responder: Mapped[str] = mapped_column(String(10), default="unknown")
    duty_to_notify: Mapped[str] = mapped_column(String(10), default="unknown")
    is_host: Mapped[bool] = mapped_column(default=False)
