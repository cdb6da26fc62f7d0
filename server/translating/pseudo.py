"""A made-up language that finds hard-coded words: translated text looks foreign, plain English stands out.

Offered only when HEED_PSEUDO_LOCALE is set; must never be offered to people at work.
"""

import os
import re
from typing import Any

from babel.support import NullTranslations

TAG = "en-XA"
_PLACEHOLDER = re.compile(r"(\{\w+\}|%\(\w+\)[sd]|<[^>]*>|&\w+;)")
_ACCENTED = str.maketrans("aceghijklnorstuwyzACEGHIJKLNORSTUWYZ", "åçéĝĥîĵķļñöŕšţûŵýžÅÇÉĜĤÎĴĶĻÑÖŔŠŢÛŴÝŽ")


def wanted() -> bool:
    """Whether this process offers the made-up language."""
    return bool(os.environ.get("HEED_PSEUDO_LOCALE"))


def disguise(text: str) -> str:
    """A text with accents, brackets and a third more length, its placeholders and markup untouched."""
    parts = _PLACEHOLDER.split(text)
    accented = "".join(part if index % 2 else part.translate(_ACCENTED) for index, part in enumerate(parts))
    return f"[{accented}{'~' * (len(text) // 3)}]"


class Disguise(NullTranslations):
    """gettext in the made-up language."""

    def gettext(self, message: str) -> str:
        """The disguised message."""
        return disguise(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The disguised singular or plural by the English rule."""
        return disguise(msgid1 if n == 1 else msgid2)

    ugettext = gettext  # Babel's own name for the same
    ungettext: Any = ngettext
