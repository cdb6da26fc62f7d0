"""A worker and the phone between two checks, and what lies in its store for somebody who has it in hand."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.looking import assert_good
from tests.journeys.site import Site
from tests.journeys.worker import Worker

TEAM = "Clyde Valley social work"
NOTE = {"where": "by the old mill", "reach_me": "ext. 12"}
PIN, WRONG = "271828", "314159"

_READ = """async () => {
  const name = (await indexedDB.databases())[0].name;
  const db = await new Promise((resolve, reject) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const read = (store, how) => new Promise((resolve, reject) => {
    const asked = db.transaction(store).objectStore(store)[how]();
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const spelled = (value) => JSON.stringify(value, (_, one) =>
    one instanceof Uint8Array ? String.fromCharCode(...one) : one);
  const found = {};
  for (const store of db.objectStoreNames) {
    const [keys, values] = [await read(store, "getAllKeys"), await read(store, "getAll")];
    found[store] = Object.fromEntries(keys.map((key, at) => [key, spelled(values[at])]));
  }
  db.close();
  found.beside = { ...localStorage, ...sessionStorage };
  return found;
}"""


def stores(page: Page) -> dict[str, dict[str, Any]]:
    """Every row of every store by its key, bytes spelled as letters."""
    found: dict[str, dict[str, Any]] = page.evaluate(_READ)
    return found


def referrals(site: Site) -> int:
    """How many referrals the server holds."""
    with site.database() as rows:
        return int(rows.execute("SELECT count(*) FROM referral").scalar_one())


class Resting(Worker):
    """A worker, and the phone between two checks."""

    def tab(self, at: int) -> None:
        self.page.locator("nav.tabs button").nth(at).click()

    def settings(self) -> None:
        self.page.locator("header.bar button", has_text=self.say("Language and settings")).click()
        expect(self.heading("Language and settings")).to_be_visible()

    def put_lock_on(self, locale: str) -> None:
        self.settings()
        self.page.locator("#new-pin").fill(PIN)
        self.page.locator("#pin-again").fill(PIN)
        assert_good(self.page, "settings without a lock", locale)
        self.button("Put the lock on").click()
        expect(self.page.get_by_text(self.say("The lock is on."), exact=True)).to_be_visible()
        assert_good(self.page, "settings with a lock", locale)
        self.button("Back").click()

    def lock_now(self) -> None:
        self.button("Lock now").first.click()
        expect(self.heading("Locked")).to_be_visible()

    def open_with(self, pin: str) -> None:
        self.page.locator("#pin").fill(pin)
        self.button("Open").click()

    def begin_and_keep(self) -> None:
        self.begin_first_look()
        self.three_facts(danger="Not that I know")
        self.button("No").click()
        self.keep_for_later()

    def send_one(self) -> str:
        self.first_look(danger="Not that I know")
        reference = self.write_and_send(NOTE, TEAM)
        self.button("Done").click()
        return reference

    @property
    def begun(self) -> Locator:
        return self.page.get_by_role("heading", name=self.say("Begun, not sent"), exact=True)

    def sees_nothing_but_the_lock(self, *secrets: str) -> None:
        """Neither on the screen, nor behind it, nor in what the browser shows of the page."""
        expect(self.heading("Locked")).to_be_visible()
        expect(self.page.locator("nav, article, .panel, .tile, .row")).to_have_count(0)
        html = self.page.content()
        for secret in (*secrets, TEAM, self.say("Sent and waiting"), self.say("Begun, not sent")):
            assert secret not in html
        assert self.page.url.endswith("/")
