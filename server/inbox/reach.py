"""The team or person in an address, if the member's deed reaches them. Everything else is simply not there (404)."""

from flask import abort

from server.inbox.browser_session import member
from server.models import Member, Team
from server.services.accounts import roles

TEAM = "/teams/<int:team_id>"
PERSON = "/people/<int:member_id>"
LINK = "/links/<int:link_id>"
PARTNER = "/partners/<int:organisation_id>"


def reached_team(deed: str, team_id: int) -> Team:
    """The team, or the answer 404."""
    try:
        return roles.team_in_reach(member(), deed, team_id)
    except roles.OutOfReach:
        abort(404)


def reached_person(deed: str, member_id: int) -> Member:
    """The member who is active, or the answer 404."""
    try:
        found = roles.member_in_reach(member(), deed, member_id)
    except roles.OutOfReach:
        abort(404)
    if not found.is_active:
        abort(404)
    return found
