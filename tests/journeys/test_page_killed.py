"""The phone's page is killed while answering, sealing and sending: what was tapped is a draft, or one row of the
outbox, or one referral on the server; never none of them, and never two."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from tests.depth import DEPTH
from tests.journeys.at_rest import stores
from tests.journeys.conftest import Pocket
from tests.journeys.site import Site
from tests.journeys.words import phone_says
from tests.journeys.worker import PROMPTS, STRONG, Worker

pytestmark = pytest.mark.journey

NOTE = {"where": "Behind the yard", "words_used": "The boss has my papers"}
INTAKE = "**/api/v1/referrals"
# Of the app's own origin, and with nothing of the app in it.
QUIET_PAGE = "/page.html"

#: Where the page dies: at a moment drawn from a span of milliseconds after the tap on Send, or just as the request
#: leaves, or when the server has stored it and the answer is on its way. Every kind comes round.
SPANS = ((0, 40), (40, 150), (150, 500))
KINDS = ("answering", "span 0", "span 1", "span 2", "leaves", "stored")


@pytest.fixture
def locale() -> str:
    """What is looked at here is the store, not the words."""
    return "en"


def _points() -> Iterator[tuple[str, int]]:
    for at in range(DEPTH.page_kills):
        yield KINDS[at % len(KINDS)], at


def test_a_killed_page_loses_nothing_and_sends_nothing_twice(site: Site, pocket: Pocket) -> None:
    context = pocket.on()
    worker = Worker(context.new_page(), phone_says("en"))
    worker.join(site.coordinator("council")["invitation"])
    worker.ready_without_signal()
    worker.page.close()
    for kind, at in _points():
        drawn = random.Random(at)
        _one(site, context, kind, drawn)


def _one(site: Site, context: BrowserContext, kind: str, drawn: random.Random) -> None:
    before = _referrals(site)
    worker = Worker(context.new_page(), phone_says("en"))
    worker.open_home(site.field_origin)
    worker.begin_first_look()
    worker.three_facts()
    if kind == "answering":
        answers = drawn.randrange(1, len(STRONG))
        for _ in range(answers):
            worker.button("No").click()
        worker.page.wait_for_timeout(drawn.randrange(30))
        _kill(worker.page)
        assert _referrals(site) == before
        drafts = _left(site, context)["drafts"]
        # The last tap may not have been written yet; those before it were, because each waits for the one before.
        assert len(drafts) == (1 if answers > 1 else len(drafts))
        _throw_away(site, context)
        return
    worker.answer_signs()
    expect(worker.heading("Strong signs")).to_be_visible()
    _fill(worker)
    _send_and_die(worker, kind, drawn)
    left = _left(site, context)
    ways = (len(left["drafts"]), len(left["outbox"]))
    # Nothing is lost, whatever was reached: the draft stays until the row is kept.
    assert sum(ways) + _referrals(site) - before >= 1, (kind, ways)
    _settle(site, context)
    left, arrived = _left(site, context), _referrals(site) - before
    assert (len(left["drafts"]), len(left["outbox"]), arrived) in ((0, 0, 1), (1, 0, 0)), (kind, ways)
    if arrived:
        assert _notes_of_new(site, arrived) == arrived, kind
    _throw_away(site, context)


def _fill(worker: Worker) -> None:
    worker.button("Send").click()
    worker.page.locator("#area").select_option("S12000049")
    worker.page.get_by_role("button", name=worker.say("I will ring them")).click()
    for prompt, text in NOTE.items():
        worker.page.locator(f"textarea#{PROMPTS[prompt]}").fill(text)
    worker.page.locator(f"textarea#{PROMPTS['where']}").blur()


def _send_and_die(worker: Worker, kind: str, drawn: random.Random) -> None:
    page = worker.page
    dead: list[bool] = []

    def as_it_leaves(route: Route) -> None:
        dead.append(True)
        route.abort()

    def when_stored(route: Route) -> None:
        route.fetch()
        dead.append(True)
        route.abort()

    if kind in ("leaves", "stored"):
        page.route(INTAKE, as_it_leaves if kind == "leaves" else when_stored)
    worker.button("Send to {team}", team="Clyde Valley social work").click(no_wait_after=True)
    if kind.startswith("span"):
        page.wait_for_timeout(drawn.uniform(*SPANS[int(kind[-1])]))
    else:
        _until(lambda: bool(dead), page)
    _kill(page)


def _kill(page: Page) -> None:
    """The process that draws the page is gone at once: nothing of the page runs any more."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=2_000)
    with suppress(Error):
        page.close()


def _left(site: Site, context: BrowserContext) -> dict[str, dict[str, object]]:
    """What the phone's store holds, read from a page of its origin that runs none of the app."""
    page = context.new_page()
    page.goto(f"{site.field_origin}{QUIET_PAGE}")
    try:
        return stores(page)
    finally:
        page.close()


def _settle(site: Site, context: BrowserContext) -> None:
    """Opens the app and leaves it open until nothing waits any more."""
    page = context.new_page()
    page.goto(site.field_origin)
    _until(lambda: not stores(page)["outbox"], page)
    page.close()


def _throw_away(site: Site, context: BrowserContext) -> None:
    """Deletes the draft of this round, as the worker would, so that the next one is counted by itself."""
    page = context.new_page()
    page.goto(f"{site.field_origin}{QUIET_PAGE}")
    page.evaluate("""async () => {
      const [{ name }] = await indexedDB.databases();
      const db = await new Promise((resolve) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => resolve(asked.result);
      });
      await new Promise((resolve) => {
        const change = db.transaction("drafts", "readwrite");
        change.objectStore("drafts").clear();
        change.oncomplete = resolve;
      });
      db.close();
    }""")
    page.close()


def _until(is_so: Callable[[], bool], page: Page, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to an end"
        page.wait_for_timeout(100)


def _referrals(site: Site) -> int:
    with site.database() as rows:
        return int(rows.execute("SELECT count(*) FROM referral").scalar_one())


def _notes_of_new(site: Site, count: int) -> int:
    """How many of the newest referrals have their sealed note."""
    with site.database() as rows:
        asked = (
            "SELECT count(sealed_note.referral_id) "
            "FROM (SELECT id FROM referral ORDER BY received_at DESC LIMIT ?) AS new "
            "LEFT JOIN sealed_note ON sealed_note.referral_id = new.id"
        )
        return int(rows.execute(asked, (count,)).scalar_one())
