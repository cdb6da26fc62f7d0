"""What the phone told the worker to do, and what the server would add: why, how, whom to call, and the
warnings that stand red on top. It never leaves a warning out.
"""

from dataclasses import dataclass
from typing import Any

from server.inbox import words
from server.locale import _, content
from server.services.partnership import numbers


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call. `number` is to be dialled, `spoken` to be read; both empty when it differs by area."""

    name: str
    number: str
    spoken: str
    hours: str
    note: str
    by_area: bool
    checked_on: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `told` is false for what only the server's screening asks for."""

    title: str
    urgency: str
    urgency_code: str
    told: bool
    is_known: bool
    why: list[str]
    steps: list[str]
    legal: list[str]
    flags: tuple[str, ...]
    contacts: list[Contact]
    no_number: str


def actions_of(coded: dict[str, Any], pathway: dict[str, Any] | None, result: dict[str, Any] | None) -> list[Action]:
    """All actions: the phone's in its order, then those that only the server finds."""
    told = [(action, urgency) for action, urgency in coded["actions"]]
    names = {action for action, _urgency in told}
    mine = {entry["action"]: entry for entry in result["actions"]} if result else {}
    added = [(name, entry["urgency"]) for name, entry in mine.items() if name not in names]
    return [
        _action(name, urgency, name in names, pathway or {}, mine.get(name, {}).get("rules", ()))
        for name, urgency in [*told, *added]
    ]


def warnings_of(actions: list[Action]) -> list[str]:
    """What must not be done, each once."""
    flags = {flag for action in actions for flag in action.flags}
    forbidden = {
        "do_not_visit": _("Do not visit the place, and do not call it."),
        "do_not_contact_employer": _("Do not contact the employer."),
        "never_tell_family": _("Do not tell the family or community."),
        "do_not_warn_family_if_risk": _("Do not warn the family if that could raise the risk."),
    }
    return [text for flag, text in forbidden.items() if flag in flags]


def _action(name: str, urgency: str, told: bool, pathway: dict[str, Any], asked_by: Any) -> Action:
    known = pathway.get("actions", {}).get(name, {})
    rules = [rule for rule in pathway.get("rules", ()) if rule["id"] in asked_by]
    legal = dict.fromkeys(rule["legal"] for rule in rules if "legal" in rule)
    return Action(
        title=content(known["title"]) if known else name,
        urgency=words.urgency(urgency),
        urgency_code=urgency,
        told=told,
        is_known=bool(known),
        why=list(dict.fromkeys(content(rule["why"]) for rule in rules)),
        steps=[content(step) for step in known.get("do", ())],
        legal=[content(pathway["legal"][name]["line"]) for name in legal],
        flags=tuple(known.get("flags", ())),
        contacts=[_contact(pathway["contacts"][contact]) for contact in known.get("contacts", ())],
        no_number=content(known.get("no_number", "")),
    )


def _contact(given: dict[str, Any]) -> Contact:
    number = given.get("number", "")
    return Contact(
        name=content(given["name"]),
        number=number,
        spoken=numbers.spoken(number),
        hours=content(given["hours"]),
        note=content(given.get("note", "")),
        by_area=given.get("number_from") == "area",
        checked_on=given["checked_on"],
        confirmed=given["status"] == "confirmed",
    )
