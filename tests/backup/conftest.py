"""The operator's key, which the server never sees, and settings that seal to it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import make_url

from server.config import Config
from tests.databases import as_configured


@dataclass(frozen=True)
class OperatorKey:
    """A key file as `age-keygen` writes it, and its public half."""

    file: Path
    recipient: str


@pytest.fixture
def key(tmp_path: Path) -> OperatorKey:
    return _made(tmp_path / "key.txt")


@pytest.fixture
def other_key(tmp_path: Path) -> OperatorKey:
    return _made(tmp_path / "other-key.txt")


@pytest.fixture
def config(engine_url: str, key: OperatorKey) -> Config:
    """A migrated database, once on each engine."""
    return Config(database_url=engine_url, backup_recipient=key.recipient)


@pytest.fixture
def elsewhere(config: Config, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Config]:
    """An empty machine with the same engine."""
    with _empty_machine(make_url(config.database_url).get_backend_name(), tmp_path, request) as made:
        yield made


@pytest.fixture
def elsewhere_of_empty(empty_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Config]:
    """An empty machine with the engine of `empty_url`."""
    with _empty_machine(make_url(empty_url).get_backend_name(), tmp_path, request) as made:
        yield made


@pytest.fixture
def elsewhere_of_postgres(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Config]:
    """An empty machine with PostgreSQL."""
    with _empty_machine("postgresql", tmp_path, request) as made:
        yield made


@contextmanager
def _empty_machine(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Config]:
    if engine == "sqlite":
        yield Config(database_url=as_configured(f"sqlite:///{tmp_path}/elsewhere/heed.db"))
        return
    server = request.getfixturevalue("postgres_server")
    name = f"heed_{uuid.uuid4().hex[:12]}"
    yield Config(database_url=as_configured(server.make(name)))
    server.drop(name)


def _made(file: Path) -> OperatorKey:
    identity = pyrage.x25519.Identity.generate()
    file.write_text(f"# public key: {identity.to_public()}\n{identity}\n")
    return OperatorKey(file, str(identity.to_public()))
