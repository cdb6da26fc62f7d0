"""The languages of an exported form, with the phone's own translations. A text without one stands in English."""

from collections.abc import Callable

from server.screening.authoring.xlsform import Language
from server.translating import catalogues


def languages() -> list[Language]:
    """English first, then every language on offer."""
    return [Language(f"{offered.autonym} ({offered.tag})", _sayer(offered.tag)) for offered in catalogues.locales()]


def _sayer(tag: str) -> Callable[[str], str]:
    if tag == catalogues.SOURCE:
        return str
    said: dict[str, object] = catalogues.words(tag)["messages"]

    def say(english: str) -> str:
        found = said.get(english)
        return found if isinstance(found, str) and found else english

    return say
