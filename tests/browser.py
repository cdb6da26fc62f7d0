"""Finds the Chromium that the journeys run in. It never downloads a browser during a test."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: The sandbox needs a user other than root; the rest keeps the browser from calling home.
ARGUMENTS = [
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


def chromium() -> str | None:
    """Path of a Chromium on this machine: PATH first, then what playwright keeps; None when there is none."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    kept = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    candidates = sorted(kept.glob("chromium-*/chrome-linux*/chrome"))
    return str(candidates[-1]) if candidates else None
