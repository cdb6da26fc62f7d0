"""The database goes from nothing to this release, whole or not at all, on both engines."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from server.database import WRITES, engine_for
from server.migrations.running import DatabaseRefused, to_newest
from server.migrations.state import is_newest
from server.models import Base


def test_the_steps_make_exactly_what_the_models_say(empty_url: str) -> None:
    to_newest(empty_url)
    engine = engine_for(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_second_time_changes_nothing(empty_url: str) -> None:
    engine = engine_for(empty_url)
    assert not is_newest(engine)
    to_newest(empty_url)
    assert is_newest(engine)
    to_newest(empty_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    engine.dispose()


def test_a_step_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    engine = engine_for(empty_url)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        # The last table of the first step is in the way, so that every other one is made before it fails.
        connection.execute(text("CREATE TABLE sealed_note (in_the_way INTEGER)"))
    with pytest.raises(DatabaseRefused, match="cannot be used"):
        to_newest(empty_url)
    assert inspect(engine).get_table_names() == ["sealed_note"]
    engine.dispose()


def test_a_database_of_a_newer_release_is_left_alone(empty_url: str) -> None:
    to_newest(empty_url)
    engine = engine_for(empty_url)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(DatabaseRefused, match="another release"):
        to_newest(empty_url)


def test_an_address_without_a_database_is_one_line() -> None:
    with pytest.raises(DatabaseRefused, match="HEED_DATABASE_URL"):
        to_newest("postgresql+psycopg://nobody@/none?host=/nowhere")
    with pytest.raises(DatabaseRefused, match="HEED_DATABASE_URL"):
        to_newest("sqlite:////proc/none/heed.db")
