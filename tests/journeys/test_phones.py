"""Phones come by an invitation, a leaked one buries nothing, and a lost phone empties itself."""

import secrets
import uuid

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from server.services.listing import MOST_ROWS
from tests import referrals
from tests.journeys.conftest import PHONE, spoken
from tests.journeys.coordinator import Coordinator
from tests.journeys.site import Site
from tests.journeys.words import phone_says
from tests.journeys.worker import Worker
from tests.sealing import formats

pytestmark = pytest.mark.journey

NOTE = {"where": "by the mill", "reach_me": "ext. 12"}
TEAM = "Clyde Valley social work"
FAKES = 500
FAKE_PHONES = 10


def _phone(browser: Browser, locale: str) -> tuple[BrowserContext, Worker]:
    context = browser.new_context(viewport=PHONE, locale=spoken(locale))
    return context, Worker(context.new_page(), phone_says(locale))


def test_a_phone_is_invited_known_by_its_code_and_taken_out(
    site: Site, browser: Browser, lead: Coordinator, locale: str
) -> None:
    link = lead.invite_phones(site.inbox_origin, 1)
    context, worker = _phone(browser, locale)
    worker.join(link)
    # The same holder again within the hour, in the installed app with a storage of its own; a third is somebody else.
    installed, again = _phone(browser, locale)
    again.join(link)
    stranger_context, stranger = _phone(browser, locale)
    stranger.page.goto(link)
    stranger.button("Join").click()
    expect(stranger.page.get_by_role("alert")).to_contain_text(
        stranger.say("As many phones as it was made for have joined by this invitation. Ask your team for a new one.")
    )
    code = worker.phone_code()
    lead.page.goto(f"{site.inbox_origin}/teams/1/phones")
    row = lead.page.locator("li[id^=phone-]", has=lead.page.locator("b", has_text=code))
    expect(row).to_contain_text(lead.say("New phone"))

    worker.first_look()
    worker.write_and_send(NOTE, TEAM)
    expect(worker.heading("Sent")).to_be_visible()
    lead.page.goto(site.inbox_origin)
    expect(lead.rows.first).to_contain_text(lead.say("New phone"))

    # Lost: at its next contact the phone hands over what it has and empties itself.
    lead.page.goto(f"{site.inbox_origin}/teams/1/phones")
    row.locator("details.more > summary").click()
    row.get_by_role("button", name=lead.say("Empty it at next contact"), exact=True).click()
    expect(row).to_contain_text(lead.say("To be emptied"))
    worker.button("Done").click()
    worker.first_look()
    worker.fill_and_send(NOTE, TEAM)
    expect(worker.heading("This phone was emptied by your team.")).to_be_visible(timeout=60_000)
    # The phone says that it is empty once it is; the page is asked again until it has.
    empty = row.locator(".tag", has_text=lead.say("Empty"))
    for _ in range(20):
        lead.page.reload()
        if empty.first.is_visible():
            break
        worker.page.wait_for_timeout(500)
    expect(empty.first).to_have_text(lead.say("Empty"))
    lead.page.goto(f"{site.inbox_origin}/?show=held")
    expect(lead.rows).to_have_count(1)
    # Nothing is left on it: the app begins as on its first day.
    worker.page.goto(site.field_origin)
    expect(worker.heading("Start a check")).to_be_visible()
    assert worker.page.evaluate("async () => (await indexedDB.databases()).length") <= 1
    for one in (context, installed, stranger_context):
        one.close()


def test_a_leaked_invitation_buries_nothing(site: Site, browser: Browser, lead: Coordinator, locale: str) -> None:
    link = lead.invite_phones(site.inbox_origin, FAKE_PHONES + 1)
    context, worker = _phone(browser, locale)
    worker.join(link)
    secret = formats.join_secret(link.partition("#v2.")[2].partition(".")[0])
    tokens = [_join(site, secret) for _ in range(FAKE_PHONES)]
    for number in range(FAKES // 2):
        _send_fake(site, tokens[number % FAKE_PHONES])
    worker.first_look(danger="Not that I know")
    reference = worker.write_and_send(NOTE, TEAM)
    expect(worker.heading("Sent")).to_be_visible()
    for number in range(FAKES // 2):
        _send_fake(site, tokens[number % FAKE_PHONES])

    lead.page.goto(site.inbox_origin)
    expect(lead.page.get_by_text(lead.say("See the phones")).first).to_be_visible()
    expect(lead.rows).to_have_count(MOST_ROWS)
    # The worker rings and reads out the reference: it is found among them all.
    lead.page.locator("#q").fill(reference)
    lead.page.locator("#q").press("Enter")
    expect(lead.rows).to_have_count(1)

    # One action holds everything that came by the leaked invitation, the true one with it.
    lead.page.goto(site.inbox_origin)
    lead.page.get_by_role("link", name=lead.say("See the phones"), exact=True).first.click()
    leaked = lead.page.locator("li[id^=invitation-]", has=lead.page.locator("details.more")).first
    leaked.locator("details.more > summary").click()
    leaked.get_by_role("button", name=lead.say("Hold everything from it"), exact=True).click()
    lead.page.goto(site.inbox_origin)
    expect(lead.page.locator(".empty")).to_be_visible()
    held = lead.page.locator("nav.filters a", has_text=lead.say("Held"))
    expect(held).to_contain_text(str(FAKES + 1))

    # The true one is found, taken on, and is back; the fakes stay away, and are not gone.
    lead.page.locator("#q").fill(reference)
    lead.page.locator("#q").press("Enter")
    lead.open(reference)
    lead.claim()
    lead.page.goto(site.inbox_origin)
    expect(lead.rows).to_have_count(1)
    expect(lead.rows.first).to_contain_text(reference)
    expect(held).to_contain_text(str(FAKES))
    worker.button("Sent and waiting").click()
    worker.sees_status("Someone is acting on it.")
    # The leaked link is good for nobody any more.
    late, latecomer = _phone(browser, locale)
    latecomer.page.goto(link)
    latecomer.button("Join").click()
    expect(latecomer.page.get_by_role("alert")).to_contain_text(
        latecomer.say("Your team has withdrawn this invitation. Ask them for a new one.")
    )
    late.close()
    context.close()


def _join(site: Site, secret: str) -> str:
    status, joined = site.ask("POST", "/api/v1/devices", {"invitation": secret})
    assert status == 201, joined
    return str(joined["device_token"])


def _send_fake(site: Site, token: str) -> None:
    """A referral that claims danger now, as somebody would who wants to bury others."""
    receipt = secrets.token_hex(32)
    body = {"id": str(uuid.uuid4()), "coded": referrals.coded(), "receipt_sha256": receipt}
    status, told = site.ask("POST", "/api/v1/referrals", body, {"Authorization": f"Bearer {token}"})
    assert status == 201, told
