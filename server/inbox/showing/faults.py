"""What is wrong with a form about organisations, teams or people, as sentences that say what to do. Never a code."""

from wtforms import Form

from server.locale import _
from server.screening.organisation_kinds import NationUnknown
from server.services.accounts.members import LastAdministrator, MayNotGive, MayNotTakeOver
from server.services.partnership.numbers import NumberRefused
from server.services.partnership.organisations import KindUnknown, NameRefused, NameTaken
from server.services.partnership.rota import TurnRefused
from server.services.partnership.teams import RemitRefused

# For each refusal of a service: the sentence it is told by, and the field it stands beside.
_TOLD: dict[type[Exception], tuple[str, str]] = {
    NameRefused: ("name", "name"),
    NameTaken: ("taken", "name"),
    NumberRefused: ("urgent_number", "urgent_number"),
    KindUnknown: ("kind", "kind"),
    NationUnknown: ("kind", "kind"),
    RemitRefused: ("form", "form"),
    LastAdministrator: ("last_administrator", "roles"),
    MayNotGive: ("may_not_give", "roles"),
    MayNotTakeOver: ("hand_to", "hand_to"),
    TurnRefused: ("turn", "turn"),
}
REFUSALS = tuple(_TOLD)


def of_form(form: Form) -> dict[str, str]:
    """A sentence for each field that its form did not accept."""
    said = _sentences()
    return {field: said.get(field, said["form"]) for field in form.errors}


def of_refusal(refusal: Exception) -> dict[str, str]:
    """The sentence for what a service refused, by the field it stands beside."""
    sentence, field = _TOLD[type(refusal)]
    return {field: _sentences()[sentence]}


def _sentences() -> dict[str, str]:
    return {
        "name": _("Give a name of 2 to 120 letters."),
        "display_name": _("Say in 2 to 120 letters how colleagues see them."),
        "taken": _("There is one with this name already. Choose another name."),
        "urgent_number": _("Write a whole number with its area code, such as 0141 496 0101, and no extension."),
        "kind": _("Choose what the organisation is from the list."),
        "ages": _("Tick children, adults, or both."),
        "subjects": _("Tick people, places, or both."),
        "roles": _("Tick at least one role."),
        "last_administrator": _("They are the only administrator. Give that role to somebody else first."),
        "may_not_give": _("You may not give or take these roles. An administrator can."),
        "hand_to": _("Choose a colleague who still works with referrals, or leave the work to the team."),
        "turn": _("The rota changed while you had it open. Look at it again, then save."),
        "form": _("Something on this page is no longer there. Load the page again and choose once more."),
    }
