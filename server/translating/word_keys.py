"""The words of the phone's first load: short keys in place of English sentences, and only what a first look needs.

Keyed by the English itself, the first visit in Arabic carried every sentence twice. Never used for anything but
finding words: a key says nothing about content and is no checksum.
"""

from collections.abc import Iterable
from typing import Any

from server.screening import definitions
from server.translating import catalogues
from server.translating.definitions import reason, texts

# The phone's sources that come in a file of their own after the first screen stands (frontend/src/screens/later.ts).
# A file that is not named here counts as of the first load: its words are then there in time, at a cost.
_SOURCES = "frontend/src/"
LATER_SOURCES = frozenset(
    {
        "parts/act.tsx",
        "parts/choose-again.tsx",
        "parts/pin-field.tsx",
        "parts/sent-deeds.tsx",
        "parts/steps.tsx",
        "parts/team-chips.tsx",
        "parts/waiting-row.tsx",
        "personal/said.ts",
        "screens/conversation-write.tsx",
        "screens/conversation.tsx",
        "screens/emptied.tsx",
        "screens/join-install.tsx",
        "screens/join-scan.tsx",
        "screens/join.tsx",
        "screens/lock.tsx",
        "screens/now.tsx",
        "screens/overview.tsx",
        "screens/result-deeds.tsx",
        "screens/result-more.tsx",
        "screens/result.tsx",
        "screens/save.tsx",
        "screens/send-note-asked.tsx",
        "screens/send-note.tsx",
        "screens/send-team.tsx",
        "screens/send.tsx",
        "screens/sent.tsx",
        "screens/settings-empty.tsx",
        "screens/settings-lock.tsx",
        "screens/settings-receipts.tsx",
        "screens/settings-team.tsx",
        "screens/settings.tsx",
        "screens/take-in.tsx",
        "screens/waiting.tsx",
        "words/hours.ts",
        "words/said-sending.ts",
        "words/said-talk.ts",
        "words/said.ts",
    }
)

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class KeysCollide(ValueError):
    """Two English texts have one key: change a letter of the newer one."""


def key_of(english: str) -> str:
    """FNV-1a over the UTF-16 units of a text, its upper 28 bits in base 36: the same as `keyOf` in src/words/key.ts.

    Source: the FNV hash of Fowler, Noll and Vo (RFC 9923); offset 2166136261, prime 16777619.
    """
    units = english.encode("utf-16-le")
    number = 2166136261
    for low, high in zip(units[::2], units[1::2], strict=True):
        number = ((number ^ (low | high << 8)) * 16777619) & 0xFFFFFFFF
    number >>= 4
    found = ""
    while True:
        number, digit = divmod(number, 36)
        found = _DIGITS[digit] + found
        if not number:
            return found


def in_two(tag: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The words of one language as phones are given them: those of the first load, and the rest.

    Both are {locale, dir, state, categories, messages}; `messages` maps keys to a text or its plural forms. The
    rest holds what stands only in definitions and screens that come after the first load.

    Raises UnknownLocale, KeysCollide.
    """
    told = catalogues.words(tag)
    later = _only_later()
    parts: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    owners: dict[str, str] = {}
    for english, said in told["messages"].items():
        key = key_of(english)
        if owners.setdefault(key, english) != english:
            raise KeysCollide(f"{english!r} and {owners[key]!r}")
        parts[english in later][key] = said
    first, rest = ({**told, "messages": messages} for messages in parts)
    return first, rest


def _only_later() -> set[str]:
    shipped = definitions.shipped()
    said: dict[bool, set[str]] = {True: set(), False: set()}
    for _name, first, holds in definitions.bundles():
        said[first] |= _said(shipped[key] for key in holds)
    shown: dict[bool, set[str]] = {True: set(), False: set()}
    for english, sources in catalogues.sources("phone").items():
        for path in sources:
            if path.startswith(_SOURCES):
                shown[path.removeprefix(_SOURCES) not in LATER_SOURCES].add(english)
    return (said[False] | shown[False]) - said[True] - shown[True]


def _said(found: Iterable[dict[str, Any]]) -> set[str]:
    return {text for one in found for path, text in texts(one) if reason(one["kind"], path)}
