"""Where the built script and style sheet are, read from Vite's manifest once. Nothing is served from here."""

import functools
import json
from pathlib import Path
from typing import Any

from server.hosts import INBOX_FILES

MANIFEST = INBOX_FILES / ".vite" / "manifest.json"
ENTRY = "src/inbox/main.ts"


class NotBuilt(RuntimeError):
    """The inbox's script and style sheet are not built."""


def script_url() -> str:
    """The address of the one script. Raises NotBuilt."""
    return f"/static/{_entry(MANIFEST)['file']}"


def style_url() -> str:
    """The address of the style sheet. Raises NotBuilt."""
    return f"/static/{_entry(MANIFEST)['css'][0]}"


@functools.cache
def _entry(manifest: Path) -> dict[str, Any]:
    if not manifest.is_file():
        raise NotBuilt("The inbox's script and styles are not built: run `make build`.")
    entry: dict[str, Any] | None = json.loads(manifest.read_text("utf-8")).get(ENTRY)
    if not entry or not entry.get("css"):
        raise NotBuilt(f"{manifest.name} has no {ENTRY} with styles: run `make build` again.")
    return entry
