"""Everything that a database holds, as text that two moments can be compared by: what stands in its catalog, each row
of each table, and so the step that it is at."""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg
from sqlalchemy import make_url

# What pg_dump would ask: tables and indexes, columns with what they begin with, constraints, sequences, triggers.
_CATALOG = (
    "SELECT relkind, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "SELECT relname, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attgenerated, attidentity, "
    "pg_get_expr(adbin, adrelid) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
    "LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum "
    "WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped",
    "SELECT conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT sequencename, data_type, start_value, increment_by FROM pg_sequences WHERE schemaname = 'public'",
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
)


def picture(url: str) -> list[str]:
    """All of it, in an order that is always the same."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(make_url(url).database or "")) as file:
            return list(file.iterdump())
    with psycopg.connect(url.replace("+psycopg", "", 1)) as connection:
        found = [line for asked in _CATALOG for line in _lines(connection, asked)]
        for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            found += _lines(connection, f"SELECT '{name}', it::text FROM \"{name}\" it")  # noqa: S608
        return found


def _lines(connection: "psycopg.Connection[Any]", asked: str) -> list[str]:
    return sorted(str(row) for row in connection.execute(asked.encode()).fetchall())
