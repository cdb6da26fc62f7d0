"""A coordinator at the inbox: signing in, reading, claiming, closing, as a person would do it."""

from playwright.sync_api import Locator, Page, expect

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

    def make_first_keys(self, origin: str) -> str:
        """Makes the team's keys on its page. Out: the seven words that the browser made."""
        self.page.goto(f"{origin}/keys")
        self.button("Make our keys").click()
        words = self.page.locator("[data-words-list] li")
        expect(words).to_have_count(7, timeout=60_000)
        made = words.all_inner_texts()
        save = self.button("Save")
        expect(save).to_be_disabled()
        for number, check in zip(
            self.page.locator("[data-check-number]").all_inner_texts(),
            self.page.locator("[data-check]").all(),
            strict=True,
        ):
            check.fill(made[int(number) - 1])
        save.click()
        expect(self.page.get_by_text(self.say("Your team has keys now."))).to_be_visible()
        return " ".join(made)

    def claim(self) -> None:
        self.button("Claim").click()
        expect(self.page.get_by_text(self.say("You have it.")).first).to_be_visible()

    def close(self, outcome: str) -> None:
        self.page.locator("details.close > summary").click()
        self.page.locator(f'input[name="outcome"][value="{outcome}"]').check()
        self.button("Close it").click()
        expect(self.page.get_by_text(self.say("Closed.")).first).to_be_visible()
