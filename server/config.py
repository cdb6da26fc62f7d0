"""What the environment says, read once and checked. A wrong setting is refused in one line, before anything
runs."""

import ipaddress
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
    # Days that a referral stays after it was closed, and after it came, whichever is over first; months of the record.
    keep_closed_days: int = 30
    keep_days: int = 90
    keep_record_months: int = 12
    # Processes that serve, on PostgreSQL; an SQLite file has one writer, so one process.
    workers: int = 1
    # Where figures are given to whoever watches the server; None: nowhere. Never an address the world can reach.
    metrics: tuple[str, int] | None = None
    # Whom backups are sealed to (age1…); the secret half is never on this machine. Empty: `heed backup` refuses.
    backup_recipient: str = ""
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
    bind_host, bind_port = _address("HEED_BIND", environment.get("HEED_BIND", f"{usual.bind_host}:{usual.bind_port}"))
    database_url = _database(environment.get("HEED_DATABASE_URL", usual.database_url))
    workers = _number(environment, "HEED_WORKERS", usual.workers, 1, 64)
    if workers > 1 and make_url(database_url).get_backend_name() == "sqlite":
        raise ConfigRefused("HEED_WORKERS must be 1 on SQLite, which has one writer; use PostgreSQL for more")
    return Config(
        field_origin=field_origin,
        inbox_origin=inbox_origin,
        database_url=database_url,
        bind_host=bind_host,
        bind_port=bind_port,
        device_ceiling=_number(environment, "HEED_DEVICE_CEILING", usual.device_ceiling, 1, 1_000_000_000),
        keep_closed_days=_number(environment, "HEED_KEEP_CLOSED_DAYS", usual.keep_closed_days, 1, 90),
        keep_days=_number(environment, "HEED_KEEP_DAYS", usual.keep_days, 1, 90),
        keep_record_months=_number(environment, "HEED_KEEP_RECORD_MONTHS", usual.keep_record_months, 6, 24),
        workers=workers,
        metrics=_metrics(environment.get("HEED_METRICS", "")),
        backup_recipient=_recipient(environment.get("HEED_BACKUP_RECIPIENT", "").strip()),
        secret=environment.get("HEED_SECRET") or usual.secret,
    )


def _number(environment: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    value = environment.get(name, str(usual))
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise ConfigRefused(f"{name} is {value!r}; it should be a number from {least} to {most}, such as {usual}")
    return int(value)


def _origin(name: str, value: str) -> str:
    parts = urlsplit(value.rstrip("/").lower())
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or parts.path or parts.query or parts.fragment:
        raise ConfigRefused(f"{name} is {value!r}; it should be an origin, such as https://heed.example")
    if parts.scheme == "http" and not (host in _LOOPBACK or host.endswith(".localhost")):
        raise ConfigRefused(f"{name} is {value!r}; outside this machine it must begin with https://")
    return f"{parts.scheme}://{parts.netloc}"


def _address(name: str, value: str) -> tuple[str, int]:
    found = re.fullmatch(r"\[?([^\[\]]+?)\]?:(\d{1,5})", value)
    if not found or not 0 < int(found[2]) < 65536:
        raise ConfigRefused(f"{name} is {value!r}; it should be an address and a port, such as 127.0.0.1:8000")
    return found[1], int(found[2])


def _metrics(value: str) -> tuple[str, int] | None:
    if not value:
        return None
    host, port = _address("HEED_METRICS", value)
    try:
        at = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise ConfigRefused(f"HEED_METRICS names {host!r}; it should be an address, such as 127.0.0.1:9100") from None
    # "Every address of this machine" counts as private to Python; it is the one that must be refused above all.
    if at.is_unspecified or not (at.is_loopback or at.is_private):
        raise ConfigRefused("HEED_METRICS must be an address of this machine or of a private network: nobody signs in")
    return str(at), port


def _recipient(value: str) -> str:
    # Never repeated in the message: who mixes up the halves has put the secret one here.
    if value and not re.fullmatch(r"age1[02-9ac-hj-np-z]{58}", value):
        raise ConfigRefused("HEED_BACKUP_RECIPIENT is no age recipient; it should be the age1… line of `age-keygen`")
    return value


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
