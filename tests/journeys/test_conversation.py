"""Worker and team write to each other, on a phone with a screen: what waits, what is read, what an operator did, and
what can be taken back."""

import hashlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Pocket
from tests.journeys.coordinator import Coordinator
from tests.journeys.looking import assert_good
from tests.journeys.site import Site
from tests.journeys.words import phone_says
from tests.journeys.worker import Worker

pytestmark = pytest.mark.journey

TEAM = "Clyde Valley social work"
NOTE = {"where": "Behind the mill", "reach_me": "Extension 4411"}
ANSWER, SECOND = "Stay where you are seen. We ring at seven.", "اسأل عن مكتب الليل"
REPLY = "I finish at six today"
DROPPED = "A message was left out: nothing shows that it is from your team. Ring them."
GONE = "The server no longer has this message. It was there before. Ring your team."
NOT_YOURS = "The note at your team is not the one you sent."
NEW = "New message"


class Talking(Worker):
    """A worker who looks at what was sent."""

    def join_and_send(self, site: Site) -> str:
        self.join(site.coordinator("council")["invitation"])
        self.ready_without_signal()
        return self.send_one()

    def send_one(self) -> str:
        """Out: its reference, once it is stored."""
        self.first_look(danger="Not that I know")
        reference = self.write_and_send(NOTE, TEAM)
        expect(self.page.get_by_text(self.say("Stored. No person has read it yet."))).to_be_visible()
        return reference

    def sent(self) -> None:
        """The app closed and opened anew, at the list of what was sent."""
        closed, origin = self.page, self.page.url
        self.page = closed.context.new_page()
        closed.close()
        self.open_home(origin)
        self.page.locator("nav.tabs button").nth(2).click()
        expect(self.heading("Sent and waiting")).to_be_visible()

    def hear(self) -> None:
        """Asks for news, and waits until it has come."""
        self.button("Look for news").click()
        expect(self.button("Look for news")).to_be_enabled()

    def talk(self) -> None:
        self.page.locator("article").get_by_role("button", name=self.say("Messages")).first.click()
        expect(self.heading("Messages")).to_be_visible()

    @property
    def lines(self) -> Locator:
        return self.page.locator("ol.talk > li")

    def reads(self, *texts: str) -> None:
        """The lines, from top to bottom, hold these texts and there are no others."""
        expect(self.lines).to_have_count(len(texts))
        for at, text in enumerate(texts):
            expect(self.lines.nth(at)).to_contain_text(text)

    def write(self, text: str) -> None:
        self.page.locator("#message").fill(text)
        self.button("Seal and send").click()
        expect(self.page.locator("#message")).to_have_value("")


@pytest.fixture
def worker(site: Site, pocket: Pocket, locale: str) -> Talking:
    made = Talking(pocket.on().pages[0], phone_says(locale))
    made.open_home(site.field_origin)
    return made


def read(site: Site, desk: Coordinator, reference: str) -> None:
    """Somebody opens the note, and with it the messages."""
    desk.page.goto(site.inbox_origin)
    desk.open(reference)
    desk.open_note(desk.account["passphrase"])


def answer(desk: Coordinator, *texts: str) -> None:
    messages = desk.page.locator("[data-messages]")
    for text in texts:
        messages.locator("#answer").fill(text)
        desk.button("Seal and send").click()
        expect(messages.locator("[data-talk] > li").filter(has_text=text)).to_be_visible()


def test_the_team_answers_and_the_worker_writes_back_without_signal(
    site: Site, worker: Talking, desk: Coordinator, locale: str
) -> None:
    reference = worker.join_and_send(site)
    read(site, desk, reference)
    answer(desk, ANSWER)

    worker.sent()
    worker.hear()
    expect(worker.page.locator("article").get_by_text(worker.say(NEW))).to_be_visible()
    expect(worker.page.locator("nav.tabs")).to_contain_text(worker.say(NEW))
    worker.talk()
    worker.reads(ANSWER)
    assert_good(worker.page, "messages", locale)

    site.kill()
    worker.write(REPLY)
    worker.reads(ANSWER, REPLY)
    expect(worker.lines.last).to_contain_text(worker.say("Waits for signal. It goes by itself while the app is open."))
    # The phone is put down, and the app closed; what waits is there again.
    worker.sent()
    expect(worker.page.locator("nav.tabs")).not_to_contain_text(worker.say(NEW))
    worker.talk()
    worker.reads(ANSWER, REPLY)
    assert_good(worker.page, "a message that waits", locale)

    site.start()
    worker.sent()
    worker.hear()
    worker.talk()
    expect(worker.lines.last).to_contain_text(worker.say("Stored. Not read yet."))
    read(site, desk, reference)
    expect(desk.page.locator("[data-talk] > li").filter(has_text=REPLY)).to_be_visible()
    worker.sent()
    worker.hear()
    worker.talk()
    expect(worker.lines.last.locator("small").last).to_have_text(worker.say("Read"))


def test_what_an_operator_did_is_said(
    site: Site, worker: Talking, desk: Coordinator, tamper: Callable[..., None], locale: str
) -> None:
    reference = worker.join_and_send(site)
    read(site, desk, reference)
    answer(desk, ANSWER, SECOND)
    tamper("UPDATE message SET mac = ? WHERE direction = 'to_phone' AND seq = 1", "0" * 64)
    worker.sent()
    worker.hear()
    worker.talk()
    worker.reads(worker.say(DROPPED), SECOND)
    expect(worker.page.get_by_text(ANSWER)).to_be_hidden()
    assert_good(worker.page, "a message that was left out", locale)

    # A message that was shown is taken away, and the note is put in another's place.
    tamper("DELETE FROM message WHERE direction = 'to_phone'")
    other = b"age-encryption.org/v1 of somebody else"
    tamper("UPDATE sealed_note SET file = ?, sha256 = ?", other, hashlib.sha256(other).hexdigest())
    worker.sent()
    worker.hear()
    expect(worker.page.get_by_text(worker.say(NOT_YOURS))).to_be_visible()
    assert_good(worker.page, "a note that is another", locale)
    worker.talk()
    expect(worker.lines.last).to_contain_text(SECOND)
    expect(worker.lines.last).to_contain_text(worker.say(GONE))


def test_taken_back_before_it_is_read_and_not_after(
    site: Site, worker: Talking, desk: Coordinator, locale: str
) -> None:
    worker.join_and_send(site)
    worker.button("Take it back").click()
    assert_good(worker.page, "taking it back", locale)
    worker.button("Yes, take it back").click()
    expect(
        worker.page.get_by_text(worker.say("You took it back. The note and the messages are deleted there."))
    ).to_be_visible()
    with site.database() as rows:
        assert rows.execute("SELECT closed_as FROM referral").all() == [("withdrawn",)]
        assert rows.execute("SELECT count(*) FROM sealed_note").one() == (0,)

    worker.button("Done").click()
    reference = worker.send_one()
    read(site, desk, reference)
    worker.button("Take it back").click()
    worker.button("Yes, take it back").click()
    refused = worker.page.get_by_text(worker.say("Somebody has read it already. It can no longer be taken back."))
    expect(refused).to_be_visible()
    expect(worker.page.get_by_text(worker.say("A person has read it."))).to_be_visible()
    expect(worker.button("Take it back")).to_be_hidden()

    # Forgetting takes two taps as well, and nothing of it is left.
    worker.button("Forget it").click()
    worker.button("Yes, forget it").click()
    worker.sent()
    expect(worker.page.locator("article")).to_have_count(1)
    expect(worker.page.get_by_text(reference)).to_be_hidden()
