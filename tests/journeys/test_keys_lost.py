"""When words are lost: a colleague lets in again, the recovery sheet opens old notes, or the team begins again."""

import pyrage
import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.coordinator import Coordinator
from tests.journeys.keys_team import LATER, NOTE, ROLE, Member, joined, let_in, signed_in, sql, unlocked, wraps
from tests.journeys.sealed_phone import SealedPhone
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

_OTHER_SHEET = str(pyrage.x25519.Identity.generate())


@pytest.fixture
def phone(site: Site) -> SealedPhone:
    return SealedPhone(site, "council")


@pytest.fixture
def first(site: Site, lead: Coordinator) -> Member:
    return unlocked(site, lead)


def test_the_recovery_sheet_alone_opens_an_old_note_in_a_fresh_browser(
    site: Site, phone: SealedPhone, browser: Browser, locale: str
) -> None:
    reference = phone.send(NOTE)
    member = signed_in(site, browser, locale, "council")
    desk, keys, account = member.desk, member.keys, member.desk.account
    desk.page.locator("details.more > summary", has_text=desk.say("I do not have my words any more")).click()
    keys.button("I have the recovery sheet").click()
    sheet = account["recovery"]
    # One wrong letter is found before anything is tried.
    keys.give_sheet(sheet[:-1] + ("Q" if sheet[-1] != "Q" else "P"))
    slip = desk.say("There is a slip in it. Compare it with the paper, letter by letter.")
    expect(desk.page.get_by_text(slip)).to_be_visible()
    keys.give_sheet(sheet.lower().removeprefix("age-secret-key-1"))
    keys.expect_heading("These six words must stand on your sheet")
    six = keys.six("first")
    keys.button("The same words").click()
    words = keys.keep_words()
    keys.expect_notice("You can open notes again.")
    assert keys.six("team") == six
    assert member.read(site.inbox_origin, reference) == NOTE
    assert words != account["passphrase"]
    # The sheet is checked afterwards, and one of another team is not taken for it.
    keys.open(site.inbox_origin)
    keys.button("Check the sheet").click()
    keys.give_sheet(sheet)
    keys.expect_notice("The sheet is good.")
    keys.button("Check the sheet").click()
    keys.give_sheet(_OTHER_SHEET)
    keys.expect_notice("This sheet is not the one that counts.")
    # The old words open nothing any more; the new ones do.
    desk.button("Sign out").click()
    desk.sign_in(site.inbox_origin, locale)
    keys.open(site.inbox_origin)
    desk.page.locator("#passphrase").fill(account["passphrase"])
    keys.button("Open with the words").click()
    wrong = desk.say("These are not your seven words. Check the spelling and the order.")
    expect(desk.page.get_by_text(wrong)).to_be_visible(timeout=90_000)
    keys.unlock(words)
    member.context.close()


def test_lost_words_are_replaced_by_a_colleague(
    site: Site, phone: SealedPhone, browser: Browser, first: Member, locale: str
) -> None:
    reference = phone.send(NOTE)
    second = joined(site, browser, locale, first)
    let_in(first, second)
    desk, keys = second.desk, second.keys
    keys.button("I was let in").click()
    desk.page.locator("details.more > summary", has_text=desk.say("I do not have my words any more")).click()
    keys.button("Make new words").click()
    keys.button("Make new words").click()
    words = keys.keep_words()
    keys.expect_notice("Your key is made.")
    read_out = keys.six("own")
    assert wraps(site) == {"council"}
    # On the list of their colleague this is another key, until the two compare again.
    first.desk.page.reload()
    another = first.desk.say("This is another key than the one that your team let in.")
    expect(first.keys.row(ROLE)).to_contain_text(another)
    assert first.keys.compare(ROLE) == read_out
    first.keys.button("The same words").click()
    first.keys.confirm(first.desk.account["passphrase"])
    first.keys.expect_notice("can open notes now.")
    keys.button("I was let in").click()
    keys.unlock(words)
    assert second.read(site.inbox_origin, reference) == NOTE
    second.context.close()


def test_when_words_and_sheet_are_gone_the_team_begins_again(
    site: Site, phone: SealedPhone, browser: Browser, locale: str
) -> None:
    old = phone.send(NOTE)
    member = signed_in(site, browser, locale, "council")
    desk, keys = member.desk, member.keys
    desk.page.locator("details.more > summary", has_text=desk.say("I do not have my words any more")).click()
    keys.button("Nobody has words or sheet").click()
    keys.button("Make new keys").click()
    keys.keep_words()
    key, six = keys.keep_sheet()
    keys.expect_notice("Your team has new keys.")
    assert keys.six("team") == six
    assert sql(site, "SELECT n, signature FROM team_key WHERE team_id = 1 ORDER BY n") == [(1, ""), (2, "")]
    phone.recipient = str(sql(site, "SELECT age_recipient FROM team WHERE id = 1")[0][0])
    new = phone.send(LATER)
    assert member.read(site.inbox_origin, new) == LATER
    desk.page.goto(site.inbox_origin)
    desk.open(old)
    desk.button("Open the note").click()
    expect(desk.page.locator("[data-note-text]")).to_be_hidden()
    # The new sheet counts, and the old one no more.
    keys.open(site.inbox_origin)
    keys.button("Check the sheet").click()
    keys.give_sheet(desk.account["recovery"])
    keys.expect_notice("This sheet is not the one that counts.")
    keys.button("Check the sheet").click()
    keys.give_sheet(key)
    keys.expect_notice("The sheet is good.")
    member.context.close()
