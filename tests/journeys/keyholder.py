"""A coordinator on the Keys page: making keys, reading six words, letting in, renewing, the recovery sheet."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.words import Say

# The words are stretched on purpose; on a busy machine that takes a while.
_STRETCH_MS = 90_000


class Keyholder:
    """Drives the Keys page in one language."""

    def __init__(self, page: Page, say: Say) -> None:
        self.page = page
        self.say = say

    def open(self, origin: str) -> None:
        self.page.goto(f"{origin}/keys")
        expect(self.page.locator("[data-view]:not([hidden])").first).to_be_visible()

    @property
    def view(self) -> Locator:
        """What is shown of the page."""
        return self.page.locator("section[data-view]:not([hidden])")

    def button(self, english: str) -> Locator:
        return self.page.get_by_role("button", name=self.say(english), exact=True)

    def expect_heading(self, english: str) -> None:
        heading = self.page.get_by_role("heading", level=2, name=self.say(english), exact=True)
        expect(heading).to_be_visible(timeout=_STRETCH_MS)

    def expect_notice(self, english: str) -> None:
        expect(self.page.locator("[data-notice]:not([hidden])")).to_contain_text(self.say(english), timeout=_STRETCH_MS)

    def make_first_keys(self) -> tuple[str, str]:
        """Makes the team's keys. Out: the seven words, and the key on the recovery sheet."""
        self.button("Make our keys").click()
        words = self.keep_words()
        key, _ = self.keep_sheet()
        self.expect_notice("Your team has keys now.")
        return words, key

    def keep_words(self) -> str:
        """Reads the seven words and types two of them back."""
        shown = self.page.locator("[data-words-list] li")
        expect(shown).to_have_count(7, timeout=_STRETCH_MS)
        words = shown.all_inner_texts()
        self.button("I have written them down").click()
        expect(shown).to_have_count(0)
        numbers = self.page.locator("[data-check-number]").all_inner_texts()
        for number, check in zip(numbers, self.page.locator("[data-check]").all(), strict=True):
            check.fill(words[int(number) - 1])
        self.button("Go on").click()
        return " ".join(words)

    def keep_sheet(self) -> tuple[str, list[str]]:
        """Reads the recovery sheet and types its end back. Out: the key, and the team's six words on it."""
        groups = self.page.locator("[data-groups] li")
        expect(groups).to_have_count(16, timeout=_STRETCH_MS)
        key, six = groups.all_inner_texts(), self.six("sheet")
        self.button("I have it on paper").click()
        expect(groups).to_have_count(0)
        self.page.locator("#sheet-end").fill(" ".join(key[-2:]).lower())
        self.button("Save").click()
        return " ".join(key), six

    def make_own_key(self) -> str:
        """Makes a member's own key. Out: the seven words."""
        self.button("Make my key").click()
        words = self.keep_words()
        self.expect_notice("Your key is made.")
        return words

    def unlock(self, words: str) -> None:
        self.page.locator("#passphrase").fill(words)
        self.button("Open with the words").click()
        expect(self.page.locator("[data-people] li").first).to_be_visible(timeout=_STRETCH_MS)

    def confirm(self, words: str) -> None:
        self.page.locator("#confirm-passphrase").fill(words)
        self.button("Confirm").click()

    def six(self, name: str) -> list[str]:
        """Six words that the page shows: `own`, `team`, `ours`, `theirs`, `first` or `sheet`."""
        shown = self.page.locator(f'[data-six="{name}"] li')
        expect(shown).to_have_count(6)
        return shown.all_inner_texts()

    def row(self, name: str) -> Locator:
        """Somebody's line on the list, or another team's."""
        return self.page.locator("[data-people] li, [data-partners] li").filter(has_text=name)

    def compare(self, name: str) -> list[str]:
        """Begins to compare. Out: the six words that the other side should read."""
        self.row(name).get_by_role("button", name=self.say("Compare six words"), exact=True).click()
        return self.six("theirs")

    def give_sheet(self, key: str) -> None:
        self.page.locator("#sheet-key").fill(key)
        self.button("Go on").click()
