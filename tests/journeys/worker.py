"""A worker with a phone: the steps of a check, said as a person would do them."""

import re
from contextlib import suppress

from playwright.sync_api import Error, Locator, Page, expect

from tests.journeys.words import Say, checklist

#: The four prompts of the note, by the id of their field.
PROMPTS = {"where": "where", "safe_contact": "safe_contact", "words_used": "words_used", "reach_me": "number"}

#: Enough for strong signs: a companion, papers kept, no pay, a debt.
STRONG = ("always-with-minder", "no-access-to-id", "little-or-no-pay", "debt-cannot-be-paid")


class Worker:
    """Drives one page of the field app in one language."""

    def __init__(self, page: Page, say: Say) -> None:
        self.page = page
        self.say = say

    def button(self, english: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.say(english, **values), exact=True)

    def heading(self, english: str) -> Locator:
        return self.page.get_by_role("heading", level=1, name=self.say(english), exact=True)

    def open_home(self, origin: str) -> None:
        self.page.goto(origin)
        expect(self.heading("Start a check")).to_be_visible()

    def join(self, invitation: str) -> None:
        self.page.goto(invitation)
        self.button("Join").click()
        expect(self.heading("You have joined")).to_be_visible()
        self.button("Go on").click()
        expect(self.heading("Start a check")).to_be_visible()

    def phone_code(self) -> str:
        """Reads this phone's code off its settings, as a worker would read it out."""
        self.page.locator("header.bar button").first.click()
        told = self.page.locator("p", has_text=self.say("This phone: {code}").partition("{")[0].strip()).first
        code = re.findall(r"[0-9A-Z]{4}", told.inner_text())[-1]
        self.page.locator("header.bar button").first.click()
        expect(self.heading("Start a check")).to_be_visible()
        return code

    def ready_without_signal(self) -> None:
        """Waits until the app itself says that it would work without a server."""
        expect(self.page.get_by_text(self.say("Ready without signal."))).to_be_visible(timeout=60_000)

    def open_checklist(self, identifier: str) -> None:
        """Taps a checklist on the home screen; "Before you ask" follows."""
        title = self.say(checklist(identifier)["title"])
        self.page.get_by_role("button", name=re.compile(f"^{re.escape(title)}")).first.click()
        expect(self.button("Begin")).to_be_visible()

    def begin_first_look(self) -> None:
        self.open_checklist("first-look")
        self.button("Begin").click()

    def keep_for_later(self) -> None:
        self.button("All answers").click()
        self.button("Keep it for later").click()
        expect(self.heading("Start a check")).to_be_visible()

    def three_facts(self, who: str = "An adult", danger: str = "It goes on", met: str = "Yes, in person") -> None:
        for heading, answer in (
            ("Who is it about?", who),
            ("Is someone in danger?", danger),
            ("Did you meet them?", met),
        ):
            expect(self.heading(heading)).to_be_visible()
            self.button(answer).click()

    def answer_signs(self, yes: tuple[str, ...] = STRONG, route: str = "adult") -> None:
        """Answers every sign of the first look: yes to those named, no to the others."""
        first_look = checklist("first-look")
        for sign in first_look["routes"][route]["items"]:
            expect(self.heading(first_look["indicators"][sign]["question"])).to_be_visible()
            if sign not in yes:
                self.button("No").click()
                continue
            self.button("Yes").click()
            self.button("Next").click()
            carry_on = self.button("Then carry on")
            if self.heading("Do this now").is_visible():
                carry_on.click()

    def first_look(self, **facts: str) -> None:
        self.begin_first_look()
        self.three_facts(**facts)
        self.answer_signs()
        expect(self.heading("Strong signs")).to_be_visible()

    def write_and_send(self, note: dict[str, str], team: str, area: str = "S12000049") -> str:
        """Fills the sending page and sends. Out: the reference that the phone shows."""
        self.fill_and_send(note, team, area)
        reference = self.page.locator(".reference")
        expect(reference).to_be_visible()
        return reference.inner_text().strip()

    def fill_and_send(self, note: dict[str, str], team: str, area: str = "S12000049") -> None:
        """The same, and whatever comes after it."""
        self.button("Send").click()
        self.page.locator("#area").select_option(area)
        self.page.get_by_role("button", name=self.say("They can ring me")).click()
        for prompt, text in note.items():
            self.page.locator(f"textarea#{PROMPTS[prompt]}").fill(text)
        self.button("Send to {team}", team=team).click()

    def hurry(self) -> None:
        """Tap what sends at once, unless the phone has sent by itself: then it is gone, or going."""
        with suppress(Error):
            self.button("Try now").click(timeout=5_000)

    def sees_status(self, english: str) -> None:
        """Asks for news until the phone says this."""
        status = self.page.get_by_text(self.say(english))
        self.button("Look for news").click()
        expect(status.first).to_be_visible()
