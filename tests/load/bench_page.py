"""A page of frontend/bench in Chromium, built from the shipped files into a folder that is thrown away."""

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

FRONTEND = Path(__file__).parents[2] / "frontend"
# A cheap phone beside the machine that runs the bench.
SLOWER = 4


@contextmanager
def bench_page(name: str) -> Iterator[tuple[Page, CDPSession]]:
    """The page frontend/bench/<name>.html with its deeds ready, and the tools that slow its processor down."""
    with tempfile.TemporaryDirectory() as folder:
        vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
        build = [node(), str(vite), "build", "-c", "vite.bench.config.ts", "--outDir", folder, "--logLevel", "error"]
        subprocess.run(build, cwd=FRONTEND, check=True)
        with _served(Path(folder)) as origin, _page() as (page, devtools):
            page.goto(f"{origin}/{name}.html")
            page.wait_for_function("() => globalThis.timed !== undefined")
            yield page, devtools


def slow_down(devtools: CDPSession, rate: int) -> None:
    """Makes the processor of the page `rate` times slower."""
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": rate})


def taken(page: Page, name: str, times: int) -> tuple[float, ...]:
    """Milliseconds of each of `times` calls of a deed of the page."""
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
