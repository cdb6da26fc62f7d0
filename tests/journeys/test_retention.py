"""What is deleted on time, at the desk: it is announced, kept longer without a mouse, goes, and is found as gone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from server import clock
from server.services import counts
from server.services.retention.deleting import sweep
from server.services.retention.periods import Periods
from tests.conftest import application
from tests.journeys.conftest import DESK
from tests.journeys.coordinator import Coordinator
from tests.journeys.keyboard import Keyboard
from tests.journeys.looking import assert_good
from tests.journeys.rows import moment
from tests.journeys.sealed_phone import SealedPhone
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

NARROW = {"width": 320, "height": 640}
NOTE = {"where": "Behind the old mill", "safe_contact": "", "words_used": "", "reach_me": ""}
AGE = "UPDATE referral SET received_at = ? WHERE reference = ?"


def _look(desk: Coordinator, name: str, locale: str) -> None:
    """Narrow, in both lights."""
    desk.page.set_viewport_size(NARROW)
    for light in ("light", "dark"):
        # Without motion: colours that are still on their way have no contrast to measure.
        desk.page.emulate_media(color_scheme=light, reduced_motion="reduce")
        assert_good(desk.page, f"{name}, {light}", locale)
    desk.page.set_viewport_size(DESK)


def test_announced_kept_longer_deleted_and_found_as_gone(
    site: Site, desk: Coordinator, tamper: Callable[..., None], locale: str
) -> None:
    page, say, keyboard = desk.page, desk.say, Keyboard(desk.page)
    reference = SealedPhone(site, "council").send(NOTE)
    tamper(AGE, moment(clock.now() - timedelta(days=88)), reference)

    # Two days are left: a notice on top, and words on the line.
    page.goto(f"{site.inbox_origin}/")
    row = desk.rows.filter(has_text=reference)
    expect(row.locator(".tag.red").last).to_contain_text("2")
    _look(desk, "a list of which something goes", locale)
    keyboard.enter(page.get_by_role("link", name=say("See what is deleted soon"), exact=True))
    expect(page.locator('.filters a[href*="show=leaving"]')).to_have_attribute("aria-current", "page")

    # Kept longer, by keyboard alone. Without a reason nothing is kept, and the day chosen stays chosen.
    keyboard.enter(row)
    stay = page.locator("#stay")
    expect(stay.locator(".due.red")).to_be_visible()
    keyboard.enter(stay.locator("summary"))
    keyboard.toggle(stay.locator('input[name="reason"]').first)
    keyboard.toggle(stay.locator('input[name="days"]').first)
    _look(desk, "keeping longer", locale)
    stay.locator("form").evaluate(
        "(form) => { form.noValidate = true; form.reason.forEach((one) => one.checked = false) }"
    )
    keyboard.enter(desk.button("Keep it longer"))
    expect(page.locator("#reason-error")).to_be_visible()
    expect(stay.locator('input[name="days"]').first).to_be_checked()
    _look(desk, "keeping longer, refused", locale)
    expect(stay.locator('input[name="reason"]').first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(stay.locator('input[name="reason"][value="police_work"]')).to_be_checked()
    keyboard.enter(desk.button("Keep it longer"))
    expect(page.get_by_text(say("Kept longer."), exact=True)).to_be_visible()
    why = say("Your team keeps it until then. Why: %(reason)s.", reason=say("The police still work on it"))
    expect(stay.get_by_text(why)).to_be_visible()
    expect(page.locator(".time li").first).to_contain_text(say("The police still work on it"))
    _look(desk, "kept longer", locale)

    # It goes when that is over, and is found by its reference as gone, for this team only.
    with application(site.database_url) as app, app.app_context():
        assert sweep(clock.now() + timedelta(days=13), Periods()) == 0
        assert sweep(clock.now() + timedelta(days=15), Periods()) == 1
    # Whoever still has its page open is told as well.
    page.reload()
    expect(page.locator(".notice").filter(has_text=reference)).to_contain_text(say("Nothing else of it is kept."))
    page.goto(f"{site.inbox_origin}/")
    keyboard.type_into(page.locator("#q"), reference.lower())
    page.keyboard.press("Enter")
    left = page.locator(".notice").filter(has_text=reference)
    expect(left).to_contain_text(say("Nothing else of it is kept."))
    expect(desk.rows).to_have_count(0)
    _look(desk, "found as gone", locale)

    # Its month is still counted.
    with application(site.database_url) as app, app.app_context():
        counts.sweep(clock.now(), Periods())
    page.goto(f"{site.inbox_origin}/organisation")
    expect(page.locator("table.months tbody tr")).to_have_count(1)
    expect(page.locator("table.months td.number")).to_have_text("1")
    _look(desk, "month by month", locale)
