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
        "check/questions.ts",
        "check/setting-words.ts",
        "parts/act.tsx",
        "parts/choose-again.tsx",
        "parts/person-card.tsx",
        "parts/person-deal.tsx",
        "parts/person-language.tsx",
        "parts/person-links.tsx",
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
        "screens/lists.tsx",
        "screens/lock.tsx",
        "screens/now.tsx",
        "screens/overview.tsx",
        "screens/person-cards.tsx",
        "screens/readings.tsx",
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
        "screens/show-card.tsx",
        "screens/take-in.tsx",
        "screens/waiting.tsx",
        "screens/where.tsx",
        "words/hours.ts",
        "words/said-decks.ts",
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


def in_parts(tag: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The words of a language in three parts, each as `catalogues.words` gives them, but by short keys: what the first
    load needs, what every phone fetches afterwards, and what only a phone in another nation than the first needs.

    Raises KeysCollide.
    """
    told = catalogues.words(tag)
    later, abroad = _only_later()
    parts: tuple[dict[str, Any], dict[str, Any], dict[str, Any]] = ({}, {}, {})
    owners: dict[str, str] = {}
    for english, said in told["messages"].items():
        key = key_of(english)
        if owners.setdefault(key, english) != english:
            raise KeysCollide(f"{english!r} and {owners[key]!r}")
        parts[2 if english in abroad else 1 if english in later else 0][key] = said
    first, rest, elsewhere = ({**told, "messages": messages} for messages in parts)
    return first, rest, elsewhere


def packed(part: dict[str, Any]) -> dict[str, Any]:
    """A part as it travels: its keys in one text, and what is said in their order.

    Mixed, keys that are as good as random and sentences would spoil each other's compression (2 KB of 36).
    """
    keys = sorted(part["messages"])
    told = {name: value for name, value in part.items() if name != "messages"}
    return told | {"keys": " ".join(keys), "said": [part["messages"][key] for key in keys]}


def _only_later() -> tuple[set[str], set[str]]:
    """The English texts that the first load does without, and those of them that are said in other nations only."""
    shipped = definitions.shipped()
    at_home = definitions.NATIONS[0].code
    first, later, abroad = set[str](), set[str](), set[str]()
    for bundle in definitions.bundles():
        holder = later if not bundle.first else first if bundle.nation == at_home else abroad
        holder |= _said(shipped[key] for key in bundle.holds)
    for english, sources in catalogues.sources("phone").items():
        for path in sources:
            if path.startswith(_SOURCES):
                (later if path.removeprefix(_SOURCES) in LATER_SOURCES else first).add(english)
    return (later | abroad) - first, abroad - first - later


def _said(found: Iterable[dict[str, Any]]) -> set[str]:
    return {text for one in found for path, text in texts(one) if reason(one["kind"], path)}
