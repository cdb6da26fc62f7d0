"""The inbox's words for passing on: for what, why it may be told, how far it is. A code that is not known here is shown
as it came."""

from server.inbox import event_words
from server.locale import _


def purpose(code: str) -> str:
    """What the other team is asked to do."""
    return {
        "protect": _("Keep the person safe"),
        "investigate": _("Find out who does this"),
        # words: labour inspectors, licensing, health and safety
        "regulate": _("Check the workplace or business"),
        "support": _("Give support"),
        "immigration": _("Immigration enforcement"),
    }.get(code, code)


def ground(code: str) -> str:
    """Why it may be told."""
    return {
        # words: the person whom the referral is about agreed that it is passed on
        "consent": _("The person agreed"),
        "child": _("A child’s safety"),
        "danger": _("Someone’s life or safety"),
        "duty": _("The law requires it"),
        "place": _("It is about a place, not a person"),
    }.get(code, code)


def reason(code: str) -> str:
    """Why a team does not take something on."""
    return {
        "not_ours": _("It is not for our team"),
        "no_room": _("We cannot take it on now"),
        "known": _("We have it already"),
        "too_little": _("Too little to act on"),
        # words: somebody in this team or organisation may have a part in the exploitation
        "conflict": _("Someone here may be part of it"),
    }.get(code, code)


def state(code: str) -> str:
    """How far it is."""
    return {
        "offered": _("Waits for an answer"),
        "accepted": _("Taken on"),
        "refused": _("Not taken on"),
        "revoked": _("Taken back"),
        "done": _("Done"),
    }.get(code, code)


def step(kind: str, is_sender: bool) -> str:
    """What was done, on the page of one hand-over: as the home team's record says it, or as the receiving team
    reads it."""
    if is_sender:
        return event_words.event(kind)
    return {
        "passed_on": _("Offered to your team."),
        "pass_accepted": _("Your team took it on."),
        "pass_refused": _("Your team did not take it on."),
        "pass_revoked": _("The other team took it back."),
        "pass_opened": _("What was passed on was fetched to be opened."),
        "pass_done": _("Your team is done with it."),
    }.get(kind, kind)
