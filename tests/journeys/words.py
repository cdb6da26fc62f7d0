"""What the screens say, in the language of the journey: the same catalogues, read the same way."""

from collections.abc import Callable
from typing import Any

from server.screening.definitions import shipped
from server.translating.catalogues import translations, words

Say = Callable[..., str]


def phone_says(locale: str) -> Say:
    """The phone's words: `say("Send to {team}", team="…")`. In a right-to-left language values are isolated."""
    told = words(locale)
    messages: dict[str, Any] = told["messages"]

    def say(english: str, **values: object) -> str:
        text = str(messages.get(english, english))
        for name, value in values.items():
            shown = f"\u2068{value}\u2069" if told["dir"] == "rtl" else str(value)
            text = text.replace("{" + name + "}", shown)
        return text

    return say


def inbox_says(locale: str) -> Say:
    """The inbox's words."""
    catalogue = translations(locale, "inbox")

    def say(english: str, **values: object) -> str:
        text = catalogue.gettext(english)
        return text % values if values else text

    return say


def checklist(identifier: str) -> dict[str, Any]:
    """The shipped checklist of this id."""
    return next(one for one in shipped().values() if one["kind"] == "checklist" and one["id"] == identifier)
