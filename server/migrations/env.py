"""What alembic runs: every step in one transaction, on the connection that `server.migrations` hands in."""

from alembic import context
from sqlalchemy import Connection

from server.database import WRITES
from server.models import Base


class RowsPointAtNothing(RuntimeError):
    """A step left rows that point at rows which are not there: it is undone. This is a fault of the step."""


def run() -> None:
    """Run the steps. SQLite gets its BEGIN from `server.database`, so its DDL is undone with the rest."""
    connection = context.config.attributes["connection"].execution_options(**{WRITES: True})
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=False,
        transactional_ddl=True,
        render_as_batch=is_sqlite,
        compare_type=True,
    )
    if is_sqlite:
        _foreign_keys(connection, "OFF")
    with context.begin_transaction():
        context.run_migrations()
        if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise RowsPointAtNothing
    if is_sqlite:
        _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    """SQLite changes a table by making a new one and dropping the old, which others point at; the check is made
    once, at the end. It can be switched outside a transaction only, so not through SQLAlchemy, which begins one."""
    connection.connection.driver_connection.execute(f"PRAGMA foreign_keys = {state}")  # type: ignore[union-attr]


run()
