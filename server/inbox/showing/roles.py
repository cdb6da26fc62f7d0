"""The table of roles as people read it. Every deed of services/accounts/roles.py stands in it, or a test fails."""

from dataclasses import dataclass

from server.inbox import words
from server.locale import _
from server.models import Member
from server.services.accounts.roles import DEEDS, ROLES, may


@dataclass(frozen=True, slots=True)
class Line:
    """One deed: what it is, and how far each role reaches with it, in words and in the order of ROLES; empty where the
    role may not. `yours`: the reader may do it."""

    deed: str
    reaches: list[str]
    yours: bool


def table(reader: Member) -> list[Line]:
    """All deeds, for this reader."""
    return [
        Line(
            deed=deed_words(name),
            reaches=[reach_words(deed.reach[role]) if role in deed.reach else "" for role in ROLES],
            yours=may(reader, name),
        )
        for name, deed in DEEDS.items()
    ]


def role_hint(code: str) -> str:
    """What a role is for, under its name."""
    return {
        "coordinator": _("Reads referrals and acts on them."),
        "lead": _("Does what a coordinator does, and looks after the team: people, hours, phones."),
        "administrator": _("Looks after the organisation: teams, accounts, the record. Reads no referrals."),
        "analyst": _("Sees counts only. Reads no referrals and changes nothing."),
    }.get(code, code)


def role_names(codes: list[str]) -> list[str]:
    """The names of roles, in the order of the table."""
    return [words.role(code) for code in ROLES if code in codes]


def deed_words(name: str) -> str:
    """What may be done."""
    return {
        "work_referrals": _("See the list, open referrals and notes, claim and close them, make the team’s first keys"),
        "see_team": _("See people, hours, rota and phones"),
        "invite_phones": _("Invite phones"),
        "hold_phones": _("Hold what a phone sends, and put it back"),
        "end_phones": _("Take a phone out, have it emptied, end an invitation"),
        "change_team": _("Change name, number, remit, hours, rota, and what the team must not be told"),
        "manage_people": _("Invite people, change roles, give a way back, end an account"),
        "manage_organisation": _("Add teams"),
        "manage_partners": _("Add organisations"),
        "read_audit": _("Read and export the record of what was done"),
        "check_server": _("See whether this server is well, and say that a backup was put back"),
        "own_account": _("Look after their own account, and read this page"),
    }.get(name, name)


def reach_words(reach: str) -> str:
    """How far somebody reaches."""
    return {
        "team": _("own team"),
        "organisation": _("own organisation"),
        # words: only for the organisation that runs the server
        "partnership": _("all organisations, if theirs runs this server"),
        "self": _("own account"),
    }.get(reach, reach)
