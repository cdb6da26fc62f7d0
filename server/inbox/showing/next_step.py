"""The one next step of a referral, said so that it can be done at once."""

from dataclasses import dataclass

from server.locale import _
from server.models import Referral


@dataclass(frozen=True, slots=True)
class NextStep:
    """`may_claim` and `may_close` say which forms go with it."""

    text: str
    may_claim: bool
    may_close: bool


def next_step(referral: Referral, mine: bool, unread: int) -> NextStep:
    """What this member should do now. In: the referral, whether it is theirs, how many messages nobody has opened."""
    if referral.state == "closed":
        return NextStep(_("Nothing more to do here."), may_claim=False, may_close=False)
    if referral.held:
        text = _("It is held. If you think that it is true, claim it: then it is back in the list.")
        return NextStep(text, may_claim=True, may_close=True)
    if mine and unread:
        text = _("The worker has written to you. Open the message before you go on.")
        return NextStep(text, may_claim=False, may_close=True)
    if mine:
        text = _("Open the note and reach the worker. Agree who does what. Close it when that is done.")
        return NextStep(text, may_claim=False, may_close=True)
    if referral.claimed_by is not None:
        text = _("A colleague has it. Take it over only when you have agreed it with them.")
        return NextStep(text, may_claim=True, may_close=True)
    if "danger_now" in referral.urgent_because:
        text = _("Someone may be in danger now. Claim it, reach the worker, make sure 999 was called.")
    else:
        text = _("Claim it, so that the worker and your team can see that somebody acts.")
    return NextStep(text, may_claim=True, may_close=True)
