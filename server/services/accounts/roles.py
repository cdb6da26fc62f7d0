"""Who may do what: one table. Routes name a deed of it, services ask it whom a deed reaches.

An administrator does not read referrals: who runs the accounts need not know what was noticed.
"""

from dataclasses import dataclass

from server.extensions import db
from server.models import Member, Team

COORDINATOR, LEAD, ADMINISTRATOR, ANALYST = "coordinator", "lead", "administrator", "analyst"
ROLES = (COORDINATOR, LEAD, ADMINISTRATOR, ANALYST)

# Who founds an organisation must be able to make its first team's keys, which an administrator alone may not.
FOUNDING = (ADMINISTRATOR, LEAD)

# How far a role reaches. PARTNERSHIP counts only for members of the organisation that runs the server (`is_host`).
TEAM, ORGANISATION, PARTNERSHIP, SELF = "team", "organisation", "partnership", "self"


class OutOfReach(LookupError):
    """There is no such team or member, or it is not theirs. Answer 404: other teams' numbers tell nothing."""


@dataclass(frozen=True, slots=True)
class Deed:
    """`reach`: how far each role that may do it reaches; a role that is not in it may not."""

    reach: dict[str, str]


_OWN_TEAM = {COORDINATOR: TEAM, LEAD: TEAM}
_TEAM_AND_ABOVE = {**_OWN_TEAM, ADMINISTRATOR: ORGANISATION}
_LEADING = {LEAD: TEAM, ADMINISTRATOR: ORGANISATION}

DEEDS: dict[str, Deed] = {
    # See the list, open referrals and notes, claim, close, make the team's first keys.
    "work_referrals": Deed(_OWN_TEAM),
    # People, hours, rota, remit, phones: to look at.
    "see_team": Deed(_TEAM_AND_ABOVE),
    "invite_phones": Deed(_TEAM_AND_ABOVE),
    # Keep what a phone sent out of the list, and put it back: whoever sees a flood first.
    "hold_phones": Deed(_TEAM_AND_ABOVE),
    # Take a phone out, have it emptied, end an invitation.
    "end_phones": Deed(_LEADING),
    # Hours, number, remit, rota, conflicts.
    "change_team": Deed(_LEADING),
    # Invite, change roles, give a way back, end an account.
    "manage_people": Deed(_LEADING),
    "manage_organisation": Deed({ADMINISTRATOR: ORGANISATION}),
    # Add other organisations.
    "manage_partners": Deed({ADMINISTRATOR: PARTNERSHIP}),
    "read_audit": Deed({ADMINISTRATOR: ORGANISATION}),
    # Whether this server and all its teams are well.
    "check_server": Deed({ADMINISTRATOR: PARTNERSHIP}),
    # One's own ways to sign in and sessions, and this table.
    "own_account": Deed(dict.fromkeys(ROLES, SELF)),
}

# Which roles somebody with a role may give and take.
MAY_GIVE: dict[str, frozenset[str]] = {
    COORDINATOR: frozenset(),
    LEAD: frozenset({COORDINATOR, LEAD, ANALYST}),
    ADMINISTRATOR: frozenset(ROLES),
    ANALYST: frozenset(),
}


def may(member: Member, deed: str) -> bool:
    """Whether one of the member's roles allows the deed at all. Raises KeyError for a deed that is not in the table."""
    return bool(_reaches_of(member, deed))


def may_give(member: Member) -> frozenset[str]:
    """The roles that this member may give to others and take from them."""
    return frozenset().union(*(MAY_GIVE[role] for role in member.roles if role in MAY_GIVE))


def team_in_reach(member: Member, deed: str, team_id: int) -> Team:
    """The team of this number, if the deed reaches it from the member's own. Raises OutOfReach."""
    team = db.session.get(Team, team_id)
    if team is None or not _reaches(member, deed, team):
        raise OutOfReach(team_id)
    return team


def member_in_reach(member: Member, deed: str, member_id: int) -> Member:
    """The member of this number, if the deed reaches their team and they have not left. Raises OutOfReach."""
    other = db.session.get(Member, member_id)
    if other is None or other.left_at is not None or not _reaches(member, deed, other.team):
        raise OutOfReach(member_id)
    return other


def _reaches(member: Member, deed: str, team: Team) -> bool:
    reaches = _reaches_of(member, deed)
    return (
        PARTNERSHIP in reaches
        or (ORGANISATION in reaches and team.organisation_id == member.team.organisation_id)
        or (TEAM in reaches and team.id == member.team_id)
    )


def _reaches_of(member: Member, deed: str) -> set[str]:
    """How far the deed reaches by each of the member's roles; empty when they may not."""
    reach = DEEDS[deed].reach
    reaches = {reach[role] for role in member.roles if role in reach}
    if PARTNERSHIP in reaches and not member.team.organisation.is_host:
        reaches.remove(PARTNERSHIP)
    return reaches
