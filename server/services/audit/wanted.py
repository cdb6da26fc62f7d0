"""What a reader of the audit looks for, as conditions on events. Events hold numbers only, so names are looked up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from server.extensions import db
from server.models import Device, Event, Member, Organisation, Referral, Team, Tombstone
from server.services.audit.kinds import COMMAND, GROUPS, PHONE, PHONES
from server.services.references import as_heard

# One referral, phone or person is looked for; more answers than this are no answer.
MOST_FOUND = 100


class UnknownGroup(LookupError):
    """There is no group of events of this name; the names are in `GROUPS`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for; what is None or empty is not asked. `group` is a name of `GROUPS`; `who` a member's
    number, "phone" or "heed"; `about` part of a reference, a phone's code, or part of a role's or team's name;
    `since` and `until` (not included) are moments."""

    group: str = ""
    who: str = ""
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None


def conditions_of(organisation: Organisation, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions that events of this organisation must meet. Raises UnknownGroup."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.group:
        if wanted.group not in GROUPS:
            raise UnknownGroup(wanted.group)
        conditions.append(Event.kind.in_(GROUPS[wanted.group]))
    if wanted.who == PHONE:
        conditions.append(and_(Event.member_id.is_(None), Event.kind.in_(PHONES)))
    elif wanted.who == COMMAND:
        conditions.append(and_(Event.member_id.is_(None), Event.kind.not_in(PHONES)))
    elif wanted.who:
        conditions.append(Event.member_id == int(wanted.who))
    if wanted.about.strip():
        conditions.append(_about(organisation, wanted.about.strip()))
    if wanted.since:
        conditions.append(Event.at >= wanted.since)
    if wanted.until:
        conditions.append(Event.at < wanted.until)
    return conditions


def _about(organisation: Organisation, typed: str) -> ColumnElement[bool]:
    """Whatever of this organisation is called so, as numbers: events hold numbers only."""
    ours = select(Team.id).where(Team.organisation_id == organisation.id)
    heard = as_heard(typed)
    found: list[ColumnElement[bool]] = []
    # What was deleted on time is found by its reference, too.
    for kept in (Referral, Tombstone) if heard else ():
        plain = func.replace(func.substr(kept.reference, len("HD-") + 1), "-", "")
        asked = select(kept.id).where(kept.team_id.in_(ours), plain.contains(heard, autoescape=True))
        found.append(Event.referral_id.in_(list(db.session.scalars(asked.limit(MOST_FOUND)))))
    named = {
        "device": (Device.id, Device.team_id.in_(ours), func.upper(Device.code) == typed.upper()),
        "member": (Member.id, Member.team_id.in_(ours), Member.display_name.icontains(typed, autoescape=True)),
        "team": (Team.id, Team.organisation_id == organisation.id, Team.name.icontains(typed, autoescape=True)),
    }
    for kind, (number_of, is_ours, is_called) in named.items():
        numbers = db.session.scalars(select(number_of).where(is_ours, is_called).limit(MOST_FOUND))
        found.append(and_(Event.about_kind == kind, Event.about_id.in_([str(number) for number in numbers])))
    return or_(*found)
