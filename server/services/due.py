"""How urgent a referral is, why, and until when somebody should have read it.

Times of reading (the brief ones come from the words of the pathways' urgencies, the rest is the protective
reading): now: 1 hour, because someone may be hurt tonight; the phone has said to call, this is only the net
below the call. today: 8 hours, a working day. 24h: 24 hours. 5d: five working days (no bank holidays: they
differ by nation). ready: as 5d. The clock runs day and night, also outside the team's reading hours: it says
how long a person has waited, and the phone shows the team's hours and number beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from server.models.referral import URGENCIES

_HOURS = {"now": 1, "today": 8, "24h": 24}
_WORKING_DAYS = 5
_SATURDAY = 5

# Reasons that lift the urgency by themselves, so that a referral from unknown content is not left at the
# bottom.
_AT_LEAST = {"danger_now": "now", "unsafe_tonight": "now", "decisive_sign": "today", "child": "24h"}


@dataclass(frozen=True, slots=True)
class Urgency:
    """`word` is one of URGENCIES, `because` the codes of the reasons in the order in which they are shown."""

    word: str
    because: list[str]

    @property
    def rank(self) -> int:
        """Its place, 0 for the most urgent."""
        return URGENCIES.index(self.word)


def urgency_of(
    coded: Mapping[str, Any], server_actions: Sequence[Sequence[str]], checklist: Mapping[str, Any] | None
) -> Urgency:
    """The most urgent of the phone's actions, the server's own, and the reasons.

    In: the coded part, [action, urgency] pairs of the server's screening (may be empty), the sender's
    checklist or None. An urgency that is not known here counts as today: a newer phone must not be put last.
    """
    because = _reasons(coded["facts"], coded["answers"], checklist)
    words = [urgency for _action, urgency, *_ in [*coded["actions"], *server_actions]]
    ranks = [URGENCIES.index(word if word in URGENCIES else "today") for word in words]
    ranks += [URGENCIES.index(_AT_LEAST[reason]) for reason in because]
    return Urgency(URGENCIES[min(ranks, default=len(URGENCIES) - 1)], because)


def rank_at_least(reason: str) -> int:
    """The place in the order that a referral with this reason has at the least."""
    return URGENCIES.index(_AT_LEAST[reason])


def due_after(urgency: str, received_at: datetime) -> datetime:
    """When a referral of this urgency should have been read."""
    if urgency in _HOURS:
        return received_at + timedelta(hours=_HOURS[urgency])
    due, left = received_at, _WORKING_DAYS
    while left:
        due += timedelta(days=1)
        left -= due.weekday() < _SATURDAY
    return due


def _reasons(
    facts: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]], checklist: Mapping[str, Any] | None
) -> list[str]:
    signs = checklist["indicators"] if checklist else {}
    decisive = any(
        given["answer"] == "yes" and "decisive_strong" in signs.get(sign, {}).get("marks", ())
        for sign, given in answers.items()
    )
    holds = {
        "danger_now": facts.get("danger") == "now",
        # Not sure is read as a child, as the pathways do (macro `child`).
        "child": facts.get("subject") != "place" and facts.get("age", "unsure") not in ("adult", "not_a_person"),
        "unsafe_tonight": facts.get("safe_tonight") == "no",
        "decisive_sign": decisive,
    }
    return [code for code, is_so in holds.items() if is_so]
