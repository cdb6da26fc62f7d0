"""A coordinator at the inbox: signing in, reading, claiming, closing, as a person would do it."""

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from tests.journeys.keyholder import Keyholder
from tests.journeys.one_time import fresh_code
from tests.journeys.words import Say


class Coordinator:
    """Drives one page of the inbox in one language."""

    def __init__(self, page: Page, say: Say, account: dict[str, str]) -> None:
        self.page = page
        self.say = say
        self.account = account

    def button(self, english: str) -> Locator:
        return self.page.get_by_role("button", name=self.say(english), exact=True)

    def heading(self, english: str, level: int = 1) -> Locator:
        return self.page.get_by_role("heading", level=level, name=self.say(english), exact=True)

    def sign_in(self, origin: str, locale: str) -> None:
        self.page.goto(f"{origin}/sign-in?language={locale}")
        self.fill_sign_in()
        expect(self.rows.or_(self.page.locator(".empty")).first).to_be_visible()

    def fill_sign_in(self) -> None:
        """Name, password and a fresh code, on a page that asks for them."""
        self.page.locator("#name").fill(self.account["sign_in_name"])
        self.page.locator("#password").fill(self.account["password"])
        self.page.locator("#code").fill(fresh_code(self.account["totp_secret"]))
        self.button("Sign in").click()

    @property
    def rows(self) -> Locator:
        return self.page.locator("a.row")

    def open(self, reference: str) -> None:
        self.rows.filter(has_text=reference).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(reference)

    def open_note(self, passphrase: str) -> dict[str, str]:
        """Opens the sealed note in place, with the words where the keys are locked. Out: what each prompt says."""
        expect(self.button("Open the note")).to_be_visible()
        if self.page.locator("#passphrase").is_visible():
            self.page.locator("#passphrase").fill(passphrase)
        self.button("Open the note").click()
        note = self.page.locator("[data-note-text]")
        expect(note).to_be_visible(timeout=60_000)
        fields = note.locator("[data-field]")
        return {
            str(fields.nth(at).get_attribute("data-field")): str(fields.nth(at).text_content())
            for at in range(fields.count())
        }

    def invite_phones(self, origin: str, people: int, others: Sequence[int] = (), team: int = 1) -> str:
        """Makes an invitation for phones, the keys unlocked where the page asks for it. Out: its link."""
        self.page.goto(f"{origin}/teams/{team}/phones")
        self.page.locator("#uses").fill(str(people))
        for other in others:
            self.page.locator(f'input[name="other_teams"][value="{other}"]').check()
        self.make_invitation()
        expect(self.heading("The invitation is ready")).to_be_visible()
        expect(self.page.locator("figure.qr svg")).to_be_visible()
        return self.page.locator("#link").input_value()

    def make_invitation(self) -> None:
        """Presses the button; where the keys are locked, as the page then says, opens them first and presses again."""
        self.button("Make it").click()
        said = self.page.locator("form[data-inviting] [role=status]")
        locked = said.get_by_text(self.say("Unlock your team's keys above first. Nothing was made."))
        over = self.heading("The invitation is ready")
        answered = said.filter(has_text=".").filter(has_not_text=self.say("Making it."))
        expect(locked.or_(over).or_(answered).first).to_be_visible()
        if locked.is_visible():
            self.page.locator("#passphrase").fill(self.account["passphrase"])
            self.button("Open with the words").click()
            expect(self.page.locator("#passphrase")).to_be_hidden(timeout=60_000)
            self.button("Make it").click()

    def make_first_keys(self, origin: str) -> str:
        """Makes the team's keys on its page. Out: the seven words that the browser made."""
        keys = Keyholder(self.page, self.say)
        keys.open(origin)
        words, _ = keys.make_first_keys()
        return words

    def claim(self) -> None:
        self.button("Claim").click()
        expect(self.page.get_by_text(self.say("You have it.")).first).to_be_visible()

    def close(self, outcome: str) -> None:
        self.page.locator("details.close > summary").click()
        self.page.locator(f'input[name="outcome"][value="{outcome}"]').check()
        self.button("Close it").click()
        expect(self.page.get_by_text(self.say("Closed.")).first).to_be_visible()
