"""Finds words that should be nowhere: in requests, files and logs, in each spelling that bytes can travel in."""

import base64
import random
import string
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, quote_plus

from playwright.sync_api import BrowserContext, Page, Request

from tests.journeys.site import Site

#: The places of a browser that a page can write to by itself, each of which `plant_in_browser` fills.
PLACES = ("indexeddb", "local", "session", "cache", "address")


def spellings(marker: str | bytes) -> set[bytes]:
    """The marker as it is, and as hex, URL encoding, UTF-16, and base64 at each of its three alignments; a text in
    small and large letters too (bech32 is written either way)."""
    if isinstance(marker, str):
        return set().union(*(_spellings(text.encode()) for text in {marker, marker.lower(), marker.upper()})) | {
            marker.encode("utf-16-le")
        }
    return _spellings(marker)


def _spellings(raw: bytes) -> set[bytes]:
    found = {raw, raw.hex().encode(), raw.hex().upper().encode()}
    # Both ways to write an address: a form puts a plus for each space.
    found |= {quote(raw, safe="").encode(), quote_plus(raw, safe="").encode()}
    for shift in range(3):
        # The letters at both ends mix with their neighbours; those between are the marker's alone.
        middle = base64.b64encode(b"\0" * shift + raw)[(4 if shift else 0) : -4]
        found |= {middle, middle.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def traces(markers: Iterable[str | bytes], haystacks: dict[str, bytes]) -> list[str]:
    """Where a marker stands, as `haystack: marker`. Empty when the words stayed where they belong."""
    written = [(marker, spellings(marker)) for marker in markers]
    return [
        f"{name}: {marker!r}"
        for marker, ways in written
        for name, haystack in haystacks.items()
        if any(way in haystack for way in ways)
    ]


class Recorder:
    """Everything that the pages of a browser context ask for: addresses, headers, bodies."""

    def __init__(self, context: BrowserContext) -> None:
        self.requests: dict[str, bytes] = {}
        context.on("request", self._keep)

    def _keep(self, request: Request) -> None:
        headers = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
        body = request.post_data_buffer or b""
        key = f"request {len(self.requests)} {request.method} {request.url.partition('#')[0]}"
        # What stands behind the # stays in the browser; the debugger tells it all the same.
        self.requests[key] = request.url.partition("#")[0].encode() + b"\n" + headers.encode() + b"\n" + body


def marked(count: int) -> list[str]:
    """Made-up words of 32 letters, the same in each run: nothing repeats in them, so that a browser's store, which
    writes what it has met before as "see there", keeps them letter by letter."""
    drawn = random.Random("nothing of this may be found")
    return ["".join(drawn.choices(string.ascii_letters, k=32)) for _ in range(count)]


def halves(markers: Iterable[str]) -> list[str]:
    """Either half of each, for files that a page or block may cut anywhere."""
    return [half for marker in markers for half in (marker[: len(marker) // 2], marker[len(marker) // 2 :])]


def of_profile(folder: Path) -> dict[str, bytes]:
    """Every file that a browser keeps, by its place in the profile."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {f"{folder.name}/{path.relative_to(folder)}": path.read_bytes() for path in files}


def plant_in_browser(page: Page, origin: str, markers: Iterable[str]) -> None:
    """Writes one marker to each of PLACES: the proof that the search of a profile would find one."""
    of = dict(zip(PLACES, markers, strict=True))
    page.goto(f"{origin}/page.html?{of['address']}")
    page.evaluate(
        """async (of) => {
          localStorage.setItem("planted", of.local);
          sessionStorage.setItem("planted", of.session);
          await (await caches.open("planted")).put("/planted", new Response(of.cache));
          const db = await new Promise((resolve) => {
            const asked = indexedDB.open("planted");
            asked.onupgradeneeded = () => asked.result.createObjectStore("rows");
            asked.onsuccess = () => resolve(asked.result);
          });
          await new Promise((resolve) => {
            const change = db.transaction("rows", "readwrite");
            change.objectStore("rows").put({ said: of.indexeddb }, 1);
            change.oncomplete = resolve;
          });
          db.close();
        }""",
        of,
    )


def plant(site: Site, marker: str) -> None:
    """Writes a marker where no word may be: the proof that the search would find one."""
    with site.database() as rows:
        assert rows.execute("UPDATE referral SET area = ?", (marker,)).rowcount > 0
