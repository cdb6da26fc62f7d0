"""Looks at a page as a checker would: axe finds nothing, nothing sticks out sideways, the direction is right."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds on the page, a line each: rule and the first place."""
    # A colour on its way to another is neither: what moves is brought to its end, what moves for ever is stopped.
    page.evaluate(
        """() => {
          for (const moving of document.getAnimations())
            moving.effect.getComputedTiming().endTime === Infinity ? moving.cancel() : moving.finish();
        }"""
    )
    # Through the debugger, which the page's own policy does not bind: no script element, no eval.
    page.evaluate(f"() => {{ {_axe()} }}")
    found = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def sticks_out(page: Page) -> int:
    """How many pixels the page is wider than its window: above nought something is cut off or must be scrolled."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def assert_good(page: Page, screen: str, locale: str) -> None:
    """No violation, no sideways scrolling, and the language's own direction."""
    found = violations(page)
    assert not found, f"{screen}: {found}"
    assert sticks_out(page) <= 0, f"{screen} is {sticks_out(page)} px too wide"
    html = page.locator("html")
    assert html.get_attribute("lang") == locale, screen
    assert html.get_attribute("dir") == ("rtl" if locale == "ar" else "ltr"), screen
