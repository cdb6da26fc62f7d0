"""A phone that is put down, locked, tried by somebody else, and emptied."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.at_rest import NOTE, PIN, WRONG, Resting, referrals, stores
from tests.journeys.conftest import Pocket
from tests.journeys.looking import assert_good
from tests.journeys.passkeys import VirtualAuthenticator
from tests.journeys.site import Site
from tests.journeys.words import phone_says

pytestmark = pytest.mark.journey


def test_ten_wrong_pins_delete_what_is_locked_and_what_was_not_sent_arrives(
    site: Site, pocket: Pocket, locale: str
) -> None:
    say = phone_says(locale)
    worker = Resting(pocket.on().pages[0], say)
    worker.join(site.coordinator("council")["invitation"])
    worker.ready_without_signal()
    sent = worker.send_one()
    worker.begin_and_keep()
    worker.put_lock_on(locale)
    site.kill()
    unsent = worker.send_one()
    assert referrals(site) == 1
    pocket.off()

    # Somebody else has the phone. The browser's clock moves on between the tries; the phone's waits are real to it.
    context = pocket.on()
    context.clock.install()
    worker = Resting(context.pages[0], say)
    worker.page.goto(site.field_origin)
    worker.sees_nothing_but_the_lock(sent, unsent)
    assert_good(worker.page, "locked", locale)
    before = stores(worker.page)
    assert set(before["keys"]) == {"outbox"}, "the data key lies unwrapped"
    assert all(before[name] for name in ("drafts", "receipts", "outbox"))
    inside = str({name: before[name] for name in ("drafts", "receipts", "outbox", "beside")})
    assert not [word for word in (sent, unsent, "answers", NOTE["where"]) if word in inside]
    for left in range(9, -1, -1):
        expect(worker.button("Open")).to_be_enabled()
        worker.open_with(WRONG)
        if left:
            # The field is empty again once the try is over: no sooner may the clock be moved.
            expect(worker.page.locator("#pin")).to_have_value("")
            expect(worker.page.get_by_role("alert")).to_contain_text(say("That is not the PIN."))
            context.clock.fast_forward(14 * 60_000)
    # The words of the language are gone too: without a server the app speaks English, as on its first day.
    plain = Resting(worker.page, phone_says("en"))
    expect(plain.heading("Start a check")).to_be_visible()
    expect(plain.begun).to_be_hidden()
    plain.tab(2)
    expect(plain.page.get_by_text(plain.say("Nothing was sent from this phone yet."))).to_be_visible()
    after = stores(worker.page)
    assert set(after["keys"]) == {"outbox"}
    assert "wrapped" not in str(after["lock"])
    assert not any(after[name] for name in ("drafts", "receipts", "held"))
    assert len(after["outbox"]) == 1
    assert not [key for key in after["content"] if key.startswith("words ")]
    assert not [word for word in (sent, unsent) if word in str(after)]

    # It still goes out, and still shows nobody anything.
    site.start()
    worker.page.reload()
    _arrived(site, worker.page, 2)
    expect(worker.page.get_by_text(say("Nothing was sent from this phone yet."))).to_be_visible()
    gone = stores(worker.page)
    assert not any(gone[name] for name in ("receipts", "held", "outbox"))


def test_a_locked_phone_shows_nothing_sends_what_waits_and_opens_with_the_pin(
    site: Site, pocket: Pocket, locale: str
) -> None:
    say = phone_says(locale)
    worker = Resting(pocket.on().pages[0], say)
    worker.join(site.coordinator("council")["invitation"])
    worker.ready_without_signal()
    worker.begin_and_keep()
    worker.put_lock_on(locale)
    expect(worker.begun).to_be_visible()
    site.kill()
    reference = worker.send_one()
    worker.tab(2)
    expect(worker.page.get_by_text(reference)).to_be_visible()
    worker.lock_now()
    worker.sees_nothing_but_the_lock(reference)
    for _ in range(3):
        worker.page.evaluate("history.back()")
        worker.sees_nothing_but_the_lock(reference)

    # While it is locked the server comes back: what waits goes out, and the receipt is held for later.
    site.start()
    worker.page.evaluate("dispatchEvent(new Event('online'))")
    _arrived(site, worker.page, 1)
    worker.sees_nothing_but_the_lock(reference)
    _until(worker.page, lambda: len(stores(worker.page)["held"]) == 1)
    assert not stores(worker.page)["receipts"]

    worker.open_with(PIN)
    expect(worker.heading("Locked")).to_be_hidden()
    worker.page.goto(site.field_origin)
    worker.sees_nothing_but_the_lock(reference)
    worker.open_with(PIN)
    expect(worker.begun).to_be_visible()
    worker.tab(2)
    expect(worker.page.get_by_text(say("Stored. No person has read it yet."))).to_be_visible()
    expect(worker.page.get_by_text(reference)).to_be_visible()

    # Who can open it may take it away; nothing is lost by that either.
    worker.settings()
    worker.button("Take the lock away").click()
    worker.page.locator("#old-pin").fill(PIN)
    worker.button("Take the lock away").click()
    expect(worker.page.get_by_text(say("There is no lock on this app."))).to_be_visible()
    worker.page = worker.page.context.new_page()
    worker.open_home(site.field_origin)
    expect(worker.begun).to_be_visible()


def _until(page: Page, comes: Callable[[], bool]) -> None:
    for _ in range(200):
        if comes():
            return
        page.wait_for_timeout(200)
    raise AssertionError("it never came")


def _arrived(site: Site, page: Page, count: int) -> None:
    _until(page, lambda: referrals(site) == count)


def test_the_worker_empties_the_phone_and_forgets_one_receipt(site: Site, pocket: Pocket, locale: str) -> None:
    say = phone_says(locale)
    worker = Resting(pocket.on().pages[0], say)
    worker.join(site.coordinator("council")["invitation"])
    worker.ready_without_signal()
    first, second = worker.send_one(), worker.send_one()
    worker.begin_and_keep()
    worker.settings()
    row = worker.page.locator("li.row", has_text=first)
    row.get_by_role("button", name=say("Forget it"), exact=True).click()
    row.get_by_role("button", name=say("Yes, forget it"), exact=True).click()
    expect(row).to_be_hidden()
    expect(worker.page.locator("li.row", has_text=second)).to_be_visible()
    assert len(stores(worker.page)["receipts"]) == 1
    worker.button("Empty this phone").click()
    worker.button("Yes, delete everything").click()
    expect(worker.heading("Start a check")).to_be_visible()
    expect(worker.heading("You have not joined a team yet").or_(worker.button("Join a team"))).to_be_visible()
    left = stores(worker.page)
    assert not any(left[name] for name in ("drafts", "outbox", "receipts", "held"))
    assert not set(left["settings"]) - {"marker", "seen", "farewell", "locale"}
    assert second not in str(left)


def test_the_phones_own_lock_opens_it(site: Site, pocket: Pocket, locale: str) -> None:
    worker = Resting(pocket.on().pages[0], phone_says(locale))
    finger = VirtualAuthenticator(worker.page)
    worker.open_home(site.field_origin)
    worker.ready_without_signal()
    worker.begin_and_keep()
    worker.settings()
    worker.button("Use this phone’s own lock").click()
    expect(worker.page.get_by_text(worker.say("The lock is on."), exact=True)).to_be_visible()
    worker.button("Back").click()
    site.kill()
    worker.page.reload()
    worker.sees_nothing_but_the_lock()
    held = stores(worker.page)
    assert set(held["keys"]) <= {"outbox"}, "the data key lies unwrapped"
    worker.button("Open").click()
    expect(worker.begun).to_be_visible()
    worker.lock_now()
    finger.refuse()
    worker.button("Open").click()
    expect(worker.page.get_by_role("alert").first).to_contain_text(worker.say("It did not open. Try again."))
    worker.sees_nothing_but_the_lock()
