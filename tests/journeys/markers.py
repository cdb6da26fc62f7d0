"""Finds words that should be nowhere: in requests, files and logs, in each spelling that bytes can travel in."""

import base64
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import BrowserContext, Request


def spellings(marker: str | bytes) -> set[bytes]:
    """The marker as it is, and as hex, URL encoding, UTF-16, and base64 at each of its three alignments; a text in
    small and large letters too (bech32 is written either way)."""
    if isinstance(marker, str):
        return set().union(*(_spellings(text.encode()) for text in {marker, marker.lower(), marker.upper()})) | {
            marker.encode("utf-16-le")
        }
    return _spellings(marker)


def _spellings(raw: bytes) -> set[bytes]:
    found = {raw, raw.hex().encode(), raw.hex().upper().encode(), quote(raw, safe="").encode()}
    for shift in range(3):
        # The letters at both ends mix with their neighbours; those between are the marker's alone.
        middle = base64.b64encode(b"\0" * shift + raw)[(4 if shift else 0) : -4]
        found |= {middle, middle.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def traces(markers: Iterable[str | bytes], haystacks: dict[str, bytes]) -> list[str]:
    """Where a marker stands, as `haystack: marker`. Empty when the words stayed where they belong."""
    return [
        f"{name}: {marker!r}"
        for marker in markers
        for name, haystack in haystacks.items()
        if any(spelling in haystack for spelling in spellings(marker))
    ]


class Recorder:
    """Everything that the pages of a browser context ask for: addresses, headers, bodies."""

    def __init__(self, context: BrowserContext) -> None:
        self.requests: dict[str, bytes] = {}
        context.on("request", self._keep)

    def _keep(self, request: Request) -> None:
        headers = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
        body = request.post_data_buffer or b""
        key = f"request {len(self.requests)} {request.method} {request.url}"
        self.requests[key] = request.url.encode() + b"\n" + headers.encode() + b"\n" + body


def stored(folder: Path) -> dict[str, bytes]:
    """The server's files: database, WAL, log. Looked at as bytes, so that deleted rows count too."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def plant(database: Path, marker: str) -> None:
    """Writes a marker where no word may be: the proof that the search would find one."""
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE referral SET area = ?", (marker,))
