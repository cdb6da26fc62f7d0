"""What alembic runs: every step in one transaction, on the connection that `server.migrations` hands in."""

from alembic import context

from server.database import WRITES
from server.models import Base


def run() -> None:
    """Run the steps. SQLite gets its BEGIN from `server.database`, so its DDL is undone with the rest."""
    connection = context.config.attributes["connection"].execution_options(**{WRITES: True})
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=False,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
