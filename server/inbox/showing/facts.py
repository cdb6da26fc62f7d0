"""The facts for the first thirty seconds: what was asked once about the situation, and what was not asked."""

from dataclasses import dataclass
from typing import Any

from server.locale import _

# Shown also when nobody asked: then that is what a coordinator has to know.
_OF_A_PERSON = ("danger", "safe_tonight", "support_ok", "consent", "coop")
_OF_A_PLACE = ("danger",)


@dataclass(frozen=True, slots=True)
class Fact:
    """`given` is false for what nobody asked: it is shown, and it is shown fainter."""

    name: str
    value: str
    given: bool


def facts_of(coded: dict[str, Any]) -> list[Fact]:
    """The facts in the order in which a coordinator needs them; the last ones only when they were given."""
    facts = coded["facts"]
    always = _OF_A_PLACE if facts.get("subject") == "place" else _OF_A_PERSON
    names = [name for name in _names() if name in always or name in facts]
    return [_fact(name, facts.get(name)) for name in names]


def _fact(name: str, value: object) -> Fact:
    codes = value if isinstance(value, list) else [value]
    said = [_value(name, code) for code in codes]
    return Fact(_names()[name], ", ".join(said), any(code not in (None, "not_asked") for code in codes))


def _names() -> dict[str, str]:
    return {
        "contact": _("How the worker knows"),
        "danger": _("Danger"),
        "safe_tonight": _("Safe tonight"),
        "support_ok": _("Wants support"),
        # words: the National Referral Mechanism, the scheme of the United Kingdom for victims of trafficking
        "consent": _("Agrees to the NRM"),
        "coop": _("Wants the police"),
        "separated": _("Child apart from carer"),
        "parent_care": _("Parent or carer is there"),
        "at_risk": _("Cannot keep themselves safe"),
        "others": _("Others in the same position"),
        "sexual_harm_recent": _("Sexual harm in the last 7 days"),
        "gender": _("Woman"),
        "conflict": _("Someone in this team may be part of it"),
    }


def _value(name: str, code: object) -> str:
    special = {
        ("contact", "in_person"): _("Met them"),
        ("contact", "remote"): _("By phone or online"),
        ("contact", "third_party"): _("Saw or heard about it"),
        ("danger", "now"): _("Now"),
        ("danger", "ongoing"): _("Goes on, not this minute"),
        ("danger", "none"): _("None known"),
        ("consent", "cannot"): _("Cannot decide this"),
        ("gender", "female"): _("Yes"),
        ("gender", "male"): _("No"),
        ("gender", "other"): _("Another gender"),
    }
    general = {
        "yes": _("Yes"),
        "no": _("No"),
        "unknown": _("Not known"),
        "not_asked": _("Not asked"),
        None: _("Not asked"),
    }
    return special.get((name, str(code))) or general.get(code if code is None else str(code)) or str(code)
