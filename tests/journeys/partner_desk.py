"""Passing on, as people at two desks do it: one chooses, seals and offers, the other answers and opens."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.coordinator import Coordinator


class Desk(Coordinator):
    """A coordinator who passes referrals on, or is offered them."""

    def to_pass_on(self, reference: str) -> None:
        """From the list to the page that passes a referral on."""
        self.open(reference)
        self.page.get_by_role("link", name=self.say("Pass it on"), exact=True).click()
        expect(self.page.locator("form[data-pass-on]")).to_be_visible()

    def unlock(self) -> None:
        """Unlocks with the words, where the page asks for them."""
        self.page.locator("#passphrase").fill(self.account["passphrase"])
        self.page.locator("[data-unlock-words] button").click()
        expect(self.page.locator("#passphrase")).to_be_hidden(timeout=60_000)

    def team(self, number: int) -> Locator:
        """The box of a team, on the page that passes on."""
        return self.page.locator(f'input[name="team"][value="{number}"]')

    def standing(self, number: int) -> Locator:
        """What stands beside a team."""
        return self.page.locator("label", has=self.team(number)).locator("[data-standing]")

    def take_along(self, prompt: str) -> Locator:
        """Ticks one of the worker's prompts. Out: where its words can be cut."""
        block = self.page.locator(f'[data-prompt="{prompt}"]')
        block.locator("input").check()
        return block.locator("textarea")

    def offer(self, team: int, purpose: str, ground: str, why: str) -> None:
        """Chooses, writes, seals and sends."""
        self.team(team).check()
        self.page.locator(f'input[name="purpose"][value="{purpose}"]').check()
        self.page.locator(f'input[name="ground"][value="{ground}"]').check()
        self.page.locator("#why").fill(why)
        self.button("Seal and offer it").click()

    def offered(self) -> None:
        """What the page says once it is sent."""
        expect(self.page.get_by_text(self.say("Offered."), exact=True)).to_be_visible()

    def open_newest(self, origin: str) -> None:
        """To the page of the newest hand-over in the list."""
        self.page.goto(f"{origin}/passed-on")
        self.page.locator("ul.list a").first.click()
        expect(self.page.locator(".panel.next")).to_be_visible()

    def accept(self) -> None:
        """Takes an offer on."""
        self.button("Take it on").click()
        expect(self.page.get_by_text(self.say("You have it."), exact=True)).to_be_visible()

    def read_words(self) -> dict[str, str]:
        """Opens what was sealed, with the words where the keys are locked. Out: what is shown of it."""
        shown = self.page.locator("[data-passed-text]")
        self.page.locator("#passphrase:visible, [data-sealed] button:visible").first.wait_for()
        if self.page.locator("#passphrase").is_visible():
            self.unlock()
        else:
            self.page.locator("[data-sealed] button").click()
        expect(shown).to_be_visible(timeout=60_000)
        fields = shown.locator("[data-group]:not([hidden]) [data-field]")
        return {
            str(fields.nth(at).get_attribute("data-field")): str(fields.nth(at).text_content())
            for at in range(fields.count())
        }


# The page itself, and all that its script has asked for, asked for once more: what the browser kept of the first
# answers may be gone by now.
_AGAIN = """async () => {
  const asked = performance.getEntriesByType("resource").filter((one) => one.initiatorType === "fetch");
  const told = {};
  for (const url of new Set([location.href, ...asked.map(({ name }) => name)])) {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    told[url] = [...bytes];
  }
  return told;
}"""


class Answers:
    """Everything that the server tells one browser, page by page."""

    def __init__(self, page: Page) -> None:
        self.bodies: dict[str, bytes] = {}
        self._page = page

    def keep(self) -> None:
        """Adds the page that is open now."""
        for url, told in self._page.evaluate(_AGAIN).items():
            self.bodies[f"answer {len(self.bodies)} {url}"] = bytes(told)
