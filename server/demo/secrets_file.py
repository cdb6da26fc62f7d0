"""The file with the demonstration's throw-away secrets. A real partnership has no such file."""

import json
import os
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from server.config import Config

_NAME = "demo.json"


def path(config: Config) -> Path:
    """Where the throw-away secrets are: beside an SQLite database, else in var/."""
    url = make_url(config.database_url)
    folder = Path(url.database).parent if url.get_backend_name() == "sqlite" and url.database else Path("var")
    return folder / _NAME


def read(config: Config) -> dict[str, Any] | None:
    """What stands in the secrets file, or None when it is not there."""
    file = path(config)
    if not file.is_file():
        return None
    told: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return told


def write(config: Config, told: dict[str, Any]) -> None:
    """Write the secrets for the owner's eyes only, whole or not at all."""
    file = path(config)
    beside = file.with_suffix(".new")
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        json.dump(told, stream, ensure_ascii=False, indent=1)
    beside.replace(file)
