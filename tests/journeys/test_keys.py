"""The Keys page: first keys with a sheet, a colleague let in by six words, two teams that verify each other, and a new
key after somebody left."""

import json
import re
from collections.abc import Iterator

import pyrage
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.coordinator import Coordinator
from tests.journeys.keys_team import LATER, NOTE, ROLE, Member, joined, let_in, signed_in, sql, unlocked, wraps
from tests.journeys.sealed_phone import SealedPhone
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

VERIFIED = "is verified. You can pass referrals on to them. They verify your team on their own page."


@pytest.fixture
def phone(site: Site) -> SealedPhone:
    return SealedPhone(site, "council")


@pytest.fixture
def first(site: Site, lead: Coordinator) -> Member:
    return unlocked(site, lead)


@pytest.fixture
def second(site: Site, browser: Browser, first: Member, locale: str) -> Iterator[Member]:
    member = joined(site, browser, locale, first)
    yield member
    member.context.close()


def _pages_on_paper(page: Page) -> int:
    """How many pages it prints, by the page objects of the PDF."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def test_a_colleague_is_let_in_by_six_words_and_opens_an_old_note(
    site: Site, phone: SealedPhone, first: Member, second: Member
) -> None:
    reference = phone.send(NOTE)
    words = let_in(first, second)
    expect(first.keys.row(ROLE)).to_contain_text(first.desk.say("Can open notes"))
    second.keys.button("I was let in").click()
    second.keys.unlock(words)
    assert second.read(site.inbox_origin, reference) == NOTE
    assert wraps(site) == {"council", "second-desk"}


def test_first_keys_a_sheet_and_two_teams_that_verify_each_other(
    site: Site, browser: Browser, first: Member, locale: str
) -> None:
    other = signed_in(site, browser, locale, "charity")
    desk, keys = other.desk, other.keys
    keys.button("Make our keys").click()
    words = keys.keep_words()
    expect(desk.page.locator("[data-groups] li")).to_have_count(16, timeout=90_000)
    assert _pages_on_paper(desk.page) == 1
    # Machines have other fonts: one that is wider and higher than any of them has to fit as well.
    wide = "--font: monospace; word-spacing: 0.5em; line-height: 1.8"
    desk.page.evaluate("(wide) => { document.documentElement.style.cssText = wide; }", wide)
    assert _pages_on_paper(desk.page) == 1
    desk.page.emulate_media(media="print")
    paper = desk.page.locator("body").inner_text()
    desk.page.emulate_media(media="screen")
    assert desk.say("Recovery sheet for Heed") in paper
    assert desk.say("I have it on paper") not in paper
    # Single words of a passphrase are also words of the page, now and then: all of them are not.
    assert not set(words.split()) <= set(paper.split())
    key, six = keys.keep_sheet()
    keys.expect_notice("Your team has keys now.")
    assert keys.six("team") == six
    # The sheet is what opens the file that lies on the server.
    (file,) = sql(site, "SELECT file FROM recovery_wrap JOIN team ON team.id = team_id WHERE team.name = 'Support'")[0]
    sheet = pyrage.x25519.Identity.from_str(key.replace(" ", ""))
    assert json.loads(pyrage.decrypt(file, [sheet]))["v"] == 2

    # Each reads its own words to the other, and each confirms on its own screen.
    first.desk.page.reload()
    assert first.keys.compare("Support") == six
    ours = first.keys.six("ours")
    first.keys.button("The same words").click()
    first.keys.expect_notice(VERIFIED)
    verified = first.desk.say("Verified: people compared this key.")
    expect(first.keys.row("Support")).to_contain_text(verified)
    desk.page.reload()
    assert keys.compare("Clyde Valley social work") == ours
    keys.button("The same words").click()
    keys.expect_notice(VERIFIED)
    other.context.close()


def test_after_somebody_left_the_key_is_renewed(
    site: Site, phone: SealedPhone, first: Member, second: Member, locale: str
) -> None:
    old = phone.send(NOTE)
    let_in(first, second)
    lead, keys, say = first.desk, first.keys, first.desk.say
    lead.page.goto(f"{site.inbox_origin}/team")
    lead.page.get_by_role("link", name=ROLE).click()
    lead.page.get_by_role("link", name=say("They leave the team"), exact=True).click()
    lead.button("End the account").click()
    lead.page.get_by_role("link", name=say("Renew the key"), exact=True).click()
    expect(lead.page.locator("[data-gone] li")).to_contain_text(ROLE)
    keys.button("Renew the key").click()
    keys.confirm(lead.account["passphrase"])
    keys.expect_notice("The key is renewed.")
    expect(lead.page.locator("[data-leavers]")).to_be_hidden()
    assert sql(site, "SELECT n, signature != '' FROM team_key WHERE team_id = 1 ORDER BY n") == [(1, 0), (2, 1)]
    assert wraps(site) == {"council"}
    # Who stays opens what was sealed to the old key and to the new one, without another word.
    phone.recipient = str(sql(site, "SELECT age_recipient FROM team WHERE id = 1")[0][0])
    new = phone.send(LATER)
    assert first.read(site.inbox_origin, old) == NOTE
    assert first.read(site.inbox_origin, new) == LATER
    # Another session of theirs does too, by the words: the anchor leads to the new key.
    lead.button("Sign out").click()
    lead.sign_in(site.inbox_origin, locale)
    assert first.read(site.inbox_origin, new, lead.account["passphrase"]) == LATER
