"""Why the concern is what it is, from the server's screening. The few signs that would have been enough are
never shown without all that contributed.
"""

from dataclasses import dataclass
from typing import Any

from server.inbox import words
from server.inbox.showing.signs import label_of
from server.models import Referral
from server.screening.concern import stronger


@dataclass(frozen=True, slots=True)
class Reasons:
    """`rescored` is same, differs or not. `change` names what could lift the concern; `several` says that it
    would take more than a few answers. Lists are empty when the server could not screen it again."""

    rescored: str
    concern: str
    could_be: str | None
    server_concern: str | None
    server_could_be: str | None
    contributors: list[str]
    sufficient: list[str]
    change: list[str]
    several: bool


def reasons_of(referral: Referral, checklist: dict[str, Any] | None, result: dict[str, Any] | None) -> Reasons:
    """The reasons of a referral. Without the server's own result only the phone's words stand."""
    trusted = result if checklist and result and referral.rescored != "not" else {}
    indicators = checklist["indicators"] if checklist else {}

    def labels(ids: list[str]) -> list[str]:
        return [label_of(name, indicators) for name in ids]

    change = trusted.get("change", [])
    several = change == "several"
    return Reasons(
        rescored=referral.rescored,
        concern=words.concern(referral.concern),
        could_be=_more(referral.concern, referral.could_be),
        server_concern=words.concern(referral.server_concern) if referral.server_concern else None,
        server_could_be=_more(referral.server_concern, referral.server_could_be),
        contributors=labels(trusted.get("contributors", [])),
        sufficient=labels(trusted.get("sufficient", [])),
        change=[] if several else labels(change),
        several=several,
    )


def strongest(phone: str, server: str | None) -> str:
    """The level that counts where one is shown alone: when phone and server differ, the higher."""
    return stronger(phone, server) if server else phone


def _more(concern: str | None, could_be: str | None) -> str | None:
    return words.concern(could_be) if could_be and could_be != concern else None
