"""Somebody who was given a link: makes an account with it, step by step, as the pages ask for it."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.one_time import fresh_code
from tests.journeys.words import Say


class Newcomer:
    """Drives the pages behind a one-time link, in one language."""

    def __init__(self, page: Page, say: Say) -> None:
        self.page = page
        self.say = say

    def button(self, english: str) -> Locator:
        return self.page.get_by_role("button", name=self.say(english), exact=True)

    def heading(self, english: str) -> Locator:
        return self.page.get_by_role("heading", level=1, name=self.say(english))

    def open(self, link: str, locale: str) -> None:
        """Opens the link in the language of the journey; the page goes on by itself."""
        self.page.goto(link.replace("/welcome#", f"/welcome?language={locale}#"))

    def found(self, organisation: str, kind: str, team: str, number: str) -> None:
        """Names the organisation and its first team."""
        expect(self.page.locator("#organisation_name")).to_be_visible()
        self.page.locator("#organisation_name").fill(organisation)
        self.page.locator("#kind").select_option(kind)
        self.name_team(team, number)

    def name_team(self, team: str, number: str) -> None:
        """Names the first team of an organisation that is there."""
        self.page.locator("#team_name").fill(team)
        self.page.locator("#urgent_number").fill(number)
        self.button("Go on").click()

    def name_self(self, sign_in_name: str, role: str | None = None) -> None:
        """Chooses a name to sign in by, and the role that colleagues see when nobody has said it."""
        expect(self.page.locator("#name")).to_be_visible()
        self.page.locator("#name").fill(sign_in_name)
        if role:
            self.page.locator("#role").fill(role)
        self.button("Go on").click()

    def with_passkey(self) -> list[str]:
        """Makes a passkey. Out: the recovery codes."""
        self.button("Make a passkey").click()
        return self._codes()

    def with_password(self, password: str) -> tuple[str, list[str]]:
        """Chooses a password and a code app. Out: the app's secret and the recovery codes."""
        expect(self.page.locator("#password_new")).to_be_visible()
        self.page.locator("#password_new").fill(password)
        secret = self.app_secret()
        self.page.locator("#code").fill(fresh_code(secret))
        self.page.locator("#code").press("Enter")
        return secret, self._codes()

    def app_secret(self) -> str:
        """What the code app is given, read off the page as a person without a camera would."""
        return "".join(self.page.locator("figure.qr ~ p bdi.key").inner_text().split())

    def go_on(self) -> None:
        """Past the page with the codes."""
        self.page.get_by_role("link", name=self.say("I have kept them"), exact=True).click()

    def _codes(self) -> list[str]:
        expect(self.heading("You are in. Keep these ten codes.")).to_be_visible()
        codes = self.page.locator("ol.codes li")
        expect(codes).to_have_count(10)
        return codes.all_inner_texts()
