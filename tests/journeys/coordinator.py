"""A coordinator at the inbox: signing in, reading, claiming, closing, as a person would do it."""

import time

import pyotp
from playwright.sync_api import Locator, Page, expect

from tests.journeys.words import Say

_STEP_SECONDS = 30


class Coordinator:
    """Drives one page of the inbox in one language."""

    def __init__(self, page: Page, say: Say, account: dict[str, str]) -> None:
        self.page = page
        self.say = say
        self.account = account
        self._last_step = 0

    def button(self, english: str) -> Locator:
        return self.page.get_by_role("button", name=self.say(english), exact=True)

    def sign_in(self, origin: str, locale: str) -> None:
        self.page.goto(f"{origin}/sign-in?language={locale}")
        self.page.locator("#name").fill(self.account["sign_in_name"])
        self.page.locator("#password").fill(self.account["password"])
        self.page.locator("#code").fill(self._fresh_code())
        self.button("Sign in").click()
        expect(self.rows.or_(self.page.locator(".empty")).first).to_be_visible()

    @property
    def rows(self) -> Locator:
        return self.page.locator("a.row")

    def open(self, reference: str) -> None:
        self.rows.filter(has_text=reference).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(reference)

    def open_note(self, passphrase: str) -> dict[str, str]:
        """Opens the sealed note in place. Out: what each prompt says."""
        self.page.locator("#passphrase").fill(passphrase)
        self.button("Open the note").click()
        note = self.page.locator("[data-note-text]")
        expect(note).to_be_visible(timeout=60_000)
        fields = note.locator("[data-field]")
        return {
            str(fields.nth(at).get_attribute("data-field")): str(fields.nth(at).text_content())
            for at in range(fields.count())
        }

    def claim(self) -> None:
        self.button("Claim").click()
        expect(self.page.get_by_text(self.say("You have it.")).first).to_be_visible()

    def close(self, outcome: str) -> None:
        self.page.locator("details.close > summary").click()
        self.page.locator(f'input[name="outcome"][value="{outcome}"]').check()
        self.button("Close it").click()
        expect(self.page.get_by_text(self.say("Closed.")).first).to_be_visible()

    def _fresh_code(self) -> str:
        """A code of a step that was not used before: each works once."""
        while int(time.time()) // _STEP_SECONDS <= self._last_step:
            time.sleep(0.2)
        self._last_step = int(time.time()) // _STEP_SECONDS
        return pyotp.TOTP(self.account["totp_secret"]).at(self._last_step * _STEP_SECONDS)
