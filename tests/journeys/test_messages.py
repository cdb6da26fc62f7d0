"""Worker and team write to each other: what holds is shown and answered; what an operator did to a row is said."""

import base64
import hashlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.conftest import DESK, spoken
from tests.journeys.coordinator import Coordinator
from tests.journeys.markers import Recorder, traces
from tests.journeys.site import Site
from tests.journeys.wire_phone import NOTE, WirePhone, sealed_note
from tests.sealing.formats import base64url

pytestmark = pytest.mark.journey

FIRST, SECOND = "I finish at six today", "Ask for the night desk · مكتب الليل"
ANSWER, OWN = "Stay where you are seen. We ring at seven.", "Spoke to the ward sister about the rota"
DROPPED = (
    "A message was dropped: nothing shows that it is from this phone. "
    "Ring the worker, and tell whoever looks after Heed."
)
MISSING = "A message is missing here. Ask the worker for it, and tell whoever looks after Heed."

LOSE_ONE_ANSWER = """() => {
    const real = window.fetch;
    window.fetch = async (address, how) => {
        const answer = await real(address, how);
        if (how?.method !== "POST" || !String(address).endsWith("/messages")) return answer;
        window.fetch = real;
        throw new TypeError("lost on the way back");
    };
}"""

HOLD_ONE_LETTER = """() => {
    const real = window.fetch;
    window.fetch = async (address, how) => {
        if (how?.method === "POST" && String(address).endsWith("/messages")) {
            window.fetch = real;
            await new Promise((go) => (window.letGo = go));
        }
        return real(address, how);
    };
}"""


class Talk:
    """The messages of a referral's page."""

    def __init__(self, desk: Coordinator) -> None:
        self.desk = desk
        self.section = desk.page.locator("[data-messages]")

    @property
    def lines(self) -> Locator:
        return self.section.locator("[data-talk] > li")

    def says(self, *texts: str) -> None:
        """The lines, from top to bottom, hold these texts and there are no others."""
        expect(self.lines).to_have_count(len(texts))
        for at, text in enumerate(texts):
            expect(self.lines.nth(at)).to_contain_text(text)

    def write(self, field: str, text: str, button: str) -> None:
        self.section.locator(field).fill(text)
        self.desk.button(button).click()

    def told(self, english: str) -> None:
        expect(self.section.locator("[data-messages-said] [role=status]")).to_have_text(self.desk.say(english))


@pytest.fixture
def phone(site: Site) -> WirePhone:
    return WirePhone(site, site.coordinator("council")["invitation"])


def opened(site: Site, desk: Coordinator, phone: WirePhone) -> Talk:
    """The page of the referral with its note and messages open."""
    desk.page.goto(f"{site.inbox_origin}/referrals/{phone.referral_id}")
    assert desk.open_note(desk.account["passphrase"]) == NOTE
    talk = Talk(desk)
    expect(talk.section.locator("#own-note")).to_be_visible()
    return talk


def test_a_worker_writes_and_is_answered_and_nobody_in_between_can_read_it(
    site: Site, desk: Coordinator, phone: WirePhone
) -> None:
    recorder = Recorder(desk.page.context)
    phone.write(FIRST)
    desk.page.goto(site.inbox_origin)
    expect(desk.rows.first).to_contain_text(desk.say("New message"))
    desk.page.get_by_role("link", name=desk.say("New messages")).first.click()
    expect(desk.rows).to_have_count(1)

    talk = opened(site, desk, phone)
    talk.says(FIRST)
    assert phone.news()["received_read"] == 1
    talk.write("#answer", ANSWER, "Seal and send")
    talk.told("Sent. The worker sees it when their phone next asks.")
    talk.says(FIRST, ANSWER)
    expect(talk.section.locator("#answer")).to_have_value("")
    assert phone.read() == [ANSWER]

    # Notes for the team, written or tapped, never reach the phone.
    talk.write("#own-note", OWN, "Seal and keep")
    talk.told("Kept, for your team only.")
    desk.button("Rang, no answer").click()
    no_answer = desk.say("Rang, no answer")
    talk.says(FIRST, ANSWER, OWN, no_answer)
    assert phone.read() == [ANSWER]

    # Another day, another page: everything is there again, in both directions.
    phone.write(SECOND)
    opened(site, desk, phone).says(FIRST, ANSWER, OWN, no_answer, SECOND)
    assert phone.news()["received_read"] == 2

    site.end()
    assert traces([FIRST, SECOND, ANSWER, OWN, phone.reply_key], {**site.kept(), **recorder.requests}) == []


def test_what_an_operator_did_to_a_message_is_said(
    site: Site, desk: Coordinator, phone: WirePhone, tamper: Callable[..., None]
) -> None:
    other = WirePhone(site, site.coordinator("council")["invitation"])
    for text in (FIRST, SECOND, "three", "four"):
        phone.write(text)
        other.write(f"other {text}")
    opened(site, desk, phone).says(FIRST, SECOND, "three", "four")
    dropped, missing = desk.say(DROPPED), desk.say(MISSING)

    # The file of another referral at the same place, with its own tag.
    tamper(
        "UPDATE message SET (file, mac, sha256) = (SELECT file, mac, sha256 FROM message o WHERE o.referral_id = ? "
        "AND o.seq = 1) WHERE referral_id = ? AND seq = 1",
        other.referral_id,
        phone.referral_id,
    )
    opened(site, desk, phone).says(dropped, SECOND, "three", "four")
    tamper("UPDATE message SET mac = ? WHERE referral_id = ? AND seq = 2", "0" * 64, phone.referral_id)
    opened(site, desk, phone).says(dropped, dropped, "three", "four")
    tamper("UPDATE message SET seq = 9 WHERE referral_id = ? AND seq = 3", phone.referral_id)
    opened(site, desk, phone).says(dropped, dropped, missing, "four", dropped)
    tamper("DELETE FROM message WHERE referral_id = ? AND seq = 1", other.referral_id)
    desk.page.goto(f"{site.inbox_origin}/referrals/{other.referral_id}")
    desk.open_note(desk.account["passphrase"])
    Talk(desk).says(missing, f"other {SECOND}", "other three", "other four")


def test_a_note_that_an_operator_put_there_is_not_answered(
    site: Site, desk: Coordinator, phone: WirePhone, tamper: Callable[..., None]
) -> None:
    """Whoever made the note knows its reply key, and would read what is sealed to it."""
    forged = base64.b64decode(sealed_note(phone.team_key, phone.place, base64url(bytes(32)))["file"])
    change = "UPDATE sealed_note SET file = ?, sha256 = ? WHERE referral_id = ?"
    tamper(change, forged, hashlib.sha256(forged).hexdigest(), phone.referral_id)
    talk = opened(site, desk, phone)
    expect(talk.section.locator("[data-no-answer]")).to_be_visible()
    expect(talk.section.locator("#own-note")).to_be_visible()
    expect(talk.section.locator("#answer")).to_be_hidden()


def test_a_note_that_nothing_vouches_for_is_answered_only_by_who_spoke_with_the_worker(
    site: Site, desk: Coordinator, phone: WirePhone, tamper: Callable[..., None]
) -> None:
    tamper("UPDATE invitation SET voucher = NULL")
    talk = opened(site, desk, phone)
    talk.write("#answer", ANSWER, "Seal and send")
    talk.told("Tick that you spoke with the worker. Your words are still here.")
    expect(talk.section.locator("#answer")).to_have_value(ANSWER)
    assert phone.read() == []
    talk.section.locator("[data-sure] input").check()
    desk.button("Seal and send").click()
    talk.says(ANSWER)
    assert phone.read() == [ANSWER]


def test_what_was_typed_stays_until_the_server_has_it_and_goes_once(
    site: Site, desk: Coordinator, phone: WirePhone
) -> None:
    talk = opened(site, desk, phone)
    site.kill()
    talk.write("#answer", ANSWER, "Seal and send")
    failed = "That did not work. Your words are still here: check the connection and try again."
    talk.told(failed)
    expect(talk.section.locator("#answer")).to_have_value(ANSWER)
    site.start()

    # It arrives, and only the answer to it is lost.
    desk.page.evaluate(LOSE_ONE_ANSWER)
    desk.button("Seal and send").click()
    talk.told(failed)
    assert phone.read() == [ANSWER]
    desk.button("Seal and send").click()
    talk.told("Sent. The worker sees it when their phone next asks.")
    talk.says(ANSWER)
    assert phone.read() == [ANSWER]


def test_two_colleagues_who_write_at_once_both_arrive(
    site: Site, browser: Browser, desk: Coordinator, phone: WirePhone, locale: str
) -> None:
    talk = opened(site, desk, phone)
    context = browser.new_context(viewport=DESK, locale=spoken(locale))
    colleague = Coordinator(context.new_page(), desk.say, desk.account)
    colleague.sign_in(site.inbox_origin, locale)
    beside = opened(site, colleague, phone)
    # Between the look for the next place and the sending, the colleague takes it.
    desk.page.evaluate(HOLD_ONE_LETTER)
    talk.write("#answer", ANSWER, "Seal and send")
    desk.page.wait_for_function("() => window.letGo !== undefined")
    beside.write("#answer", SECOND, "Seal and send")
    beside.told("Sent. The worker sees it when their phone next asks.")
    desk.page.evaluate("() => window.letGo()")
    talk.says(SECOND, ANSWER)
    assert phone.read() == [SECOND, ANSWER]
    context.close()
