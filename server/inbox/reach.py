"""What an address names, if the member's deed reaches it. Everything else is simply not there (404)."""

from collections.abc import Callable
from typing import TypeVar

from flask import abort

from server.inbox.browser_session import member
from server.models import Member, Team
from server.services.accounts import roles

TEAM = "/teams/<int:team_id>"
PERSON = "/people/<int:member_id>"
LINK = "/links/<int:link_id>"
PARTNER = "/partners/<int:organisation_id>"

T = TypeVar("T")


def reached(find: Callable[[], T]) -> T:
    """What `find` gives, or the answer 404 when it raises OutOfReach."""
    try:
        return find()
    except roles.OutOfReach:
        abort(404)


def reached_team(deed: str, team_id: int) -> Team:
    """The team, or the answer 404."""
    return reached(lambda: roles.team_in_reach(member(), deed, team_id))


def reached_person(deed: str, member_id: int) -> Member:
    """The member who is active, or the answer 404."""
    found = reached(lambda: roles.member_in_reach(member(), deed, member_id))
    if not found.is_active:
        abort(404)
    return found
