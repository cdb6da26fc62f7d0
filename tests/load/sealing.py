"""Sealing on the phone and unlocking in the inbox, in Chromium, as it is and on a processor slowed down four times."""

import functools
import http.server
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from server.translating.typescript import node
from tests.browser import ARGUMENTS, chromium
from tests.load.figures import Figure, table

FRONTEND = Path(__file__).parents[2] / "frontend"
SLOWER = 4

# (name, how often, what it is held against, aim at the slow speed in ms)
_DEEDS = (
    ("seal a note for one team", 30, "bare: one X25519 exchange with a new key", 60),
    ("unlock with seven words", 5, "bare: scrypt, N = 2^16", 2_000),
    ("unlock with a passkey", 10, None, None),
    ("take up the unlocked key on the next page", 30, None, None),
    ("open a note", 30, "bare: one X25519 exchange with a new key", None),
)


def run() -> str:
    """Both tables."""
    with tempfile.TemporaryDirectory() as folder:
        vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
        build = [node(), str(vite), "build", "-c", "vite.bench.config.ts", "--outDir", folder, "--logLevel", "error"]
        subprocess.run(build, cwd=FRONTEND, check=True)
        with _served(Path(folder)) as origin, _page() as (page, devtools):
            page.goto(f"{origin}/sealing.html")
            page.wait_for_function("() => globalThis.timed !== undefined")
            # Once, not counted: what is compiled and prepared on first use is nobody's figure.
            for name, *_rest in _DEEDS:
                _taken(page, name, 1)
            return "\n\n".join(_at(page, devtools, rate) for rate in (1, SLOWER))


def _at(page: Page, devtools: CDPSession, rate: int) -> str:
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    bare: dict[str, Figure] = {}
    figures: list[Figure] = []
    for name, times, beside, aim in _DEEDS:
        if beside and beside not in bare:
            bare[beside] = Figure(beside, _taken(page, beside, times))
            figures.append(bare[beside])
        held = bare.get(beside or "")
        figures.append(Figure(name, _taken(page, name, times), held, aim if rate == SLOWER else None))
    return table(
        f"Sealing in Chromium, processor {rate} x slower (ms)" if rate > 1 else "Sealing in Chromium (ms)", figures
    )


def _taken(page: Page, name: str, times: int) -> tuple[float, ...]:
    return tuple(page.evaluate("([name, times]) => globalThis.timed(name, times)", [name, times]))


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_args: object) -> None:
            """Says nothing: the table is all that is printed."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _page() -> Iterator[tuple[Page, CDPSession]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page()
        try:
            yield page, page.context.new_cdp_session(page)
        finally:
            browser.close()
