"""The codes and numbers that an event holds besides its kind, in words. What is not known here is shown as it is:
hiding it would hide something."""

from collections.abc import Callable
from typing import Any

from server.inbox import transfer_words, words
from server.locale import _, ngettext


def said(name: str, value: Any) -> str:
    """One entry of an event's detail; nothing where there is nothing to say."""
    if name == "second":
        return _("the same holder once more") if value else ""
    if name in _COUNTED and isinstance(value, int | list):
        count = len(value) if isinstance(value, list) else int(value)
        return _COUNTED[name](count) if count else ""
    if name in _NUMBERED:
        return _NUMBERED[name](str(value))
    if name in _CODES:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(_CODES[name](str(code)) for code in codes)
    return f"{name}: {value}"


_COUNTED: dict[str, Callable[[int], str]] = {
    "events": lambda count: ngettext("%(num)s event", "%(num)s events", count),
    "sessions": lambda count: ngettext("%(num)s sign-in", "%(num)s sign-ins", count),
    "referrals": lambda count: ngettext("%(num)s referral", "%(num)s referrals", count),
    "phones": lambda count: ngettext("%(num)s phone", "%(num)s phones", count),
    "turns": lambda count: ngettext("%(num)s turn of the rota", "%(num)s turns of the rota", count),
    "codes": lambda count: ngettext("%(num)s code", "%(num)s codes", count),
    "uses": lambda count: ngettext("for %(num)s person", "for %(num)s people", count),
    "spans": lambda count: ngettext("%(num)s span of hours", "%(num)s spans of hours", count),
    "other_teams": lambda count: ngettext("with %(num)s other team", "with %(num)s other teams", count),
    "organisations": lambda count: ngettext("%(num)s organisation", "%(num)s organisations", count),
    "tombstones": lambda count: ngettext(
        "%(num)s trace of a deleted referral", "%(num)s traces of deleted referrals", count
    ),
    "days": lambda count: ngettext("%(num)s day", "%(num)s days", count),
}

_NUMBERED: dict[str, Callable[[str], str]] = {
    "to": lambda number: _("to account %(number)s", number=number),
    "invitation": lambda number: _("by invitation %(number)s", number=number),
    "passkey": lambda number: _("passkey %(number)s", number=number),
}


def _reason(code: str) -> str:
    """Why a team did not take something on, or why a coordinator keeps it: no code is in both."""
    refused = transfer_words.reason(code)
    return words.kept_because(code) if refused == code else refused


_CODES: dict[str, Callable[[str], str]] = {
    "roles": words.role,
    "purpose": transfer_words.purpose,
    "ground": transfer_words.ground,
    "reason": _reason,
    "why": words.deleted_because,
    "urgency": words.urgency,
    "outcome": words.outcome,
    "changed": lambda code: {
        "name": _("the name"),
        "urgent_number": _("the number for what cannot wait"),
        "areas": _("the areas"),
        "ages": _("the ages"),
        "kinds": _("the kinds"),
        "subjects": _("people or places"),
    }.get(code, code),
    "how": lambda code: {
        "passkey": _("with a passkey"),
        "password": _("with password and code"),
        "recovery": _("with a recovery code"),
        "link": _("by a link"),
    }.get(code, code),
    "kind": lambda code: {
        "setup": _("for the first administrator"),
        "organisation": _("for a partner’s first administrator"),
        "member": _("for a colleague"),
        "way_back": _("for a way back in"),
    }.get(code, code),
}
