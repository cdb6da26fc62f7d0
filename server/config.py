"""What the environment says, read once and checked. A wrong setting is refused in one line, before anything
runs."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ConfigRefused(ValueError):
    """A setting cannot be used; the message names it and says what it should look like."""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. Origins have no path and no slash at the end; the SQLite path is absolute."""

    field_origin: str = "http://localhost:8000"
    inbox_origin: str = "http://inbox.localhost:8000"
    database_url: str = "sqlite:///var/heed.db"
    bind_host: str = "127.0.0.1"
    bind_port: int = 8000
    # How many new referrals one phone may send within an hour: far above honest use, far below a flood.
    device_ceiling: int = 60
    # Signs what the inbox hands to browsers. Several hosts must share one; a single one may make a new one
    # each start.
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def field_host(self) -> str:
        """What the Host header of the field app says."""
        return urlsplit(self.field_origin).netloc

    @property
    def inbox_host(self) -> str:
        """What the Host header of the inbox says."""
        return urlsplit(self.inbox_origin).netloc

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.bind_host in _LOOPBACK


def from_environment(environment: Mapping[str, str]) -> Config:
    """Read the HEED_ variables; what is not set has its default, for a demonstration on this machine.

    Raises ConfigRefused.
    """
    usual = Config()
    field_origin = _origin("HEED_FIELD_ORIGIN", environment.get("HEED_FIELD_ORIGIN", usual.field_origin))
    inbox_origin = _origin("HEED_INBOX_ORIGIN", environment.get("HEED_INBOX_ORIGIN", usual.inbox_origin))
    if field_origin == inbox_origin:
        raise ConfigRefused(
            "HEED_FIELD_ORIGIN and HEED_INBOX_ORIGIN must differ: a fault in one must not reach the other"
        )
    bind = environment.get("HEED_BIND", f"{usual.bind_host}:{usual.bind_port}")
    found = re.fullmatch(r"\[?([^\[\]]+?)\]?:(\d{1,5})", bind)
    if not found or not 0 < int(found[2]) < 65536:
        raise ConfigRefused(f"HEED_BIND is {bind!r}; it should be an address and a port, such as 127.0.0.1:8000")
    ceiling = environment.get("HEED_DEVICE_CEILING", str(usual.device_ceiling))
    if not ceiling.isascii() or not ceiling.isdigit() or int(ceiling) < 1:
        raise ConfigRefused(
            f"HEED_DEVICE_CEILING is {ceiling!r}; it should be a number of referrals an hour, such as 60"
        )
    return Config(
        field_origin=field_origin,
        inbox_origin=inbox_origin,
        database_url=_database(environment.get("HEED_DATABASE_URL", usual.database_url)),
        bind_host=found[1],
        bind_port=int(found[2]),
        device_ceiling=int(ceiling),
        secret=environment.get("HEED_SECRET") or usual.secret,
    )


def _origin(name: str, value: str) -> str:
    parts = urlsplit(value.rstrip("/").lower())
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or parts.path or parts.query or parts.fragment:
        raise ConfigRefused(f"{name} is {value!r}; it should be an origin, such as https://heed.example")
    if parts.scheme == "http" and not (host in _LOOPBACK or host.endswith(".localhost")):
        raise ConfigRefused(f"{name} is {value!r}; outside this machine it must begin with https://")
    return f"{parts.scheme}://{parts.netloc}"


def _database(value: str) -> str:
    try:
        url = make_url(value)
    except ArgumentError:
        raise ConfigRefused("HEED_DATABASE_URL is no database address; try sqlite:///var/heed.db") from None
    kind = url.get_backend_name()
    if kind not in _DRIVERS:
        raise ConfigRefused(f"HEED_DATABASE_URL names {kind!r}; Heed works on sqlite and postgresql")
    if kind == "sqlite":
        if not url.database or url.database == ":memory:":
            raise ConfigRefused("HEED_DATABASE_URL must name a file: a database in memory forgets referrals")
        url = url.set(database=str(Path(url.database).absolute()))
    return url.set(drivername=_DRIVERS[kind]).render_as_string(hide_password=False)
