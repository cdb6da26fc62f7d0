"""The compiled definitions: those that are served now, and every one that ever was, found by its hash.

A definition is content, never code; rows are added and never changed or removed while a phone may still hold
them.
"""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from server.extensions import db
from server.models import Definition
from server.screening.canonical import canonical_json
from server.screening.definitions import shipped
from server.services.transaction import writing

_INSERT = {
    "sqlite": sqlite.insert(Definition).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(Definition).on_conflict_do_nothing(),
}


def keep_shipped() -> None:
    """Write the definitions of this release down, each once; done at the start of every process."""
    with writing() as session:
        known = set(session.scalars(select(Definition.hash)))
        missing = [_row(key, definition) for key, definition in shipped().items() if key not in known]
        if missing:
            session.execute(_INSERT[session.get_bind().dialect.name], missing)


def _row(key: str, definition: dict[str, Any]) -> dict[str, Any]:
    return {
        "hash": key,
        "kind": definition["kind"],
        "name": definition["id"],
        "version": definition["version"],
        "body": canonical_json(definition).decode(),
    }


def find(content_hash: str) -> dict[str, Any] | None:
    """The definition of this hash, or None when this server never served it. The caller must not change
    it."""
    now_served = shipped().get(content_hash)
    return now_served if now_served is not None else _kept(content_hash)


def _kept(content_hash: str) -> dict[str, Any] | None:
    body = db.session.scalar(select(Definition.body).where(Definition.hash == content_hash))
    if body is None:
        return None
    definition: dict[str, Any] = json.loads(body)
    return definition
