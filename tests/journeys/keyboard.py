"""Somebody without a mouse: Tab to a thing, then Enter, Space or letters. Fails where Tab does not lead."""

from playwright.sync_api import Locator, Page

_MOST_TABS = 80


class Keyboard:
    """Drives one page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def reach(self, wanted: Locator) -> None:
        """Presses Tab until the thing has the focus."""
        wanted.wait_for()
        for _ in range(_MOST_TABS):
            if wanted.evaluate("(element) => element === document.activeElement"):
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {wanted}")

    def enter(self, wanted: Locator) -> None:
        """Opens a link or presses a button."""
        self.reach(wanted)
        self._page.keyboard.press("Enter")

    def toggle(self, wanted: Locator) -> None:
        """Ticks a box."""
        self.reach(wanted)
        self._page.keyboard.press("Space")

    def type_into(self, wanted: Locator, text: str) -> None:
        """Writes into a field."""
        self.reach(wanted)
        self._page.keyboard.type(text)
