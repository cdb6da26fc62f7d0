"""The way to every page that a member's roles open, beside the lists of referrals."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import url_for

from server.locale import _
from server.models import Member
from server.services.accounts.roles import may
from server.services.transfers import viewing as transfers


@dataclass(frozen=True, slots=True)
class Entry:
    """One link. `current`: the page that is open belongs to it. `waiting`: how many things wait there."""

    href: str
    text: str
    current: bool
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    deed: str
    text: Callable[[], str]
    href: Callable[[Member], str]
    paths: str
    waiting: Callable[[Member], int] = lambda _me: 0


# What stands first wins: a team's phones lie under the team's address.
_PLACES = (
    _Place(
        "see_team",
        lambda: _("Phones"),
        lambda me: url_for("inbox.team_phones", team_id=me.team_id),
        r"/teams/\d+/(phones|invitations)|/invitations|/phones",
    ),
    _Place("see_team", lambda: _("Team"), lambda _me: url_for("inbox.team"), r"/team$|/teams|/people|/links"),
    _Place(
        "work_referrals",
        lambda: _("Passed on"),
        lambda _me: url_for("inbox.passed_on"),
        r"/passed-on|/referrals/[^/]+/pass-on",
        transfers.waiting,
    ),
    _Place("work_referrals", lambda: _("Keys"), lambda _me: url_for("inbox.keys"), r"/keys"),
    _Place(
        "manage_organisation", lambda: _("Organisation"), lambda _me: url_for("inbox.organisation"), r"/organisation"
    ),
    _Place("manage_partners", lambda: _("Partners"), lambda _me: url_for("inbox.partners"), r"/partners"),
    _Place("read_audit", lambda: _("Record"), lambda _me: url_for("inbox.audit"), r"/audit"),
    _Place("check_server", lambda: _("Server check"), lambda _me: url_for("inbox.checkup"), r"/checkup"),
    _Place("own_account", lambda: _("My account"), lambda _me: url_for("inbox.account"), r"/account"),
    _Place("own_account", lambda: _("Roles"), lambda _me: url_for("inbox.roles"), r"/roles"),
)
# What comes from other teams first, team before phones; what is one's own stands apart.
_SHARED = (_PLACES[2], _PLACES[1], _PLACES[0], *_PLACES[3:8])
_OWN = _PLACES[8:]


def entries(me: Member, path: str) -> list[Entry]:
    """The links to what this member shares with others, on the page of this path."""
    return _entries(_SHARED, me, path)


def own_entries(me: Member, path: str) -> list[Entry]:
    """The links to what is this member's own."""
    return _entries(_OWN, me, path)


def front(me: Member) -> str:
    """Where the work of a member is who has nothing to do with referrals."""
    return [*entries(me, ""), *own_entries(me, "")][0].href


def _entries(places: Iterable[_Place], me: Member, path: str) -> list[Entry]:
    here = next((place for place in _PLACES if re.match(place.paths, path)), None)
    return [
        Entry(href=place.href(me), text=place.text(), current=place is here, waiting=place.waiting(me))
        for place in places
        if may(me, place.deed)
    ]
