"""The organisations of a partnership: founded with what law says of their kind, never with what somebody claims."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import AccountLink, Member, Organisation, Team
from server.screening.organisation_kinds import NationUnknown, OrganisationKind, kinds_of
from server.services.accounts import links, roles
from server.services.events import add_event
from server.services.transaction import writing

SHORTEST, LONGEST = 2, 120


class NameRefused(ValueError):
    """A name has 2 to 120 characters: ask for one that people of other organisations know it by."""


class NameTaken(ValueError):
    """Another organisation of this partnership (or team of this organisation) has this name: choose another."""


class KindUnknown(ValueError):
    """The nation's list has no such kind of organisation: choose one of `kinds_of(nation)`."""


class HasBegun(Exception):
    """The organisation has an administrator already: they invite their own people."""


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What is typed about an organisation; everything else is known from the list of its nation."""

    name: str
    kind: str
    nation: str


@dataclass(frozen=True, slots=True)
class Partner:
    """One organisation on the list of partners. `has_begun`: somebody of it has an account."""

    organisation: Organisation
    teams: int
    has_begun: bool


def found_organisation(session: Session, new: NewOrganisation, is_host: bool) -> Organisation:
    """Add an organisation to the open transaction; the caller adds the event.

    Raises NameRefused, NameTaken, NationUnknown, KindUnknown.
    """
    name = tidied_name(new.name)
    kinds = kinds_of(new.nation)
    if new.kind not in kinds:
        raise KindUnknown(new.kind)
    if session.scalar(select(Organisation.id).where(func.lower(Organisation.name) == name.lower())) is not None:
        raise NameTaken(name)
    law = kinds[new.kind]
    organisation = Organisation(
        name=name,
        kind=new.kind,
        nation=new.nation,
        first_responder=law.first_responder,
        duty_to_notify=law.duty_to_notify,
        is_host=is_host,
    )
    session.add(organisation)
    try:
        session.flush()
    except IntegrityError:  # somebody was quicker by a moment
        raise NameTaken(name) from None
    return organisation


def add_partner(actor: Member, new: NewOrganisation, now: datetime) -> str:
    """Add an organisation beside one's own. Out: the secret of the link for its first administrator.

    Raises what `found_organisation` raises. Whether the actor may is for the route to have asked.
    """
    with writing() as session:
        organisation = found_organisation(session, new, is_host=False)
        add_event(session, actor, "organisation_added", now, about=("organisation", organisation.id))
        return _first_link(session, actor, organisation, now)


def new_first_link(actor: Member, organisation_id: int, now: datetime) -> tuple[Organisation, str]:
    """Another link for an organisation that nobody has begun with; the ones before end. Out: it and the secret.

    Raises OutOfReach when there is no such organisation, HasBegun.
    """
    with writing() as session:
        organisation = session.get(Organisation, organisation_id, with_for_update={"key_share": True})
        if organisation is None:
            raise roles.OutOfReach(organisation_id)
        if _has_begun(session, organisation_id):
            raise HasBegun
        before = list(session.scalars(_open_links(organisation_id).with_for_update(of=AccountLink)))
        for link in before:
            links.end(session, link, now)
        add_event(session, actor, "link_made", now, about=("organisation", organisation_id))
        # Whoever had the link before may have founded the team already.
        team_id = next((link.team_id for link in reversed(before) if link.team_id is not None), None)
        return organisation, _first_link(session, actor, organisation, now, team_id)


def partners() -> list[Partner]:
    """All organisations by name, with the number of their teams."""
    counted = Counter(db.session.scalars(select(Team.organisation_id)))
    begun = set(db.session.scalars(select(Team.organisation_id).join(Member).where(Member.joined_at.is_not(None))))
    return [Partner(of, counted[of.id], of.id in begun) for of in organisations()]


def organisations() -> list[Organisation]:
    """All organisations by name."""
    return list(db.session.scalars(select(Organisation).order_by(Organisation.name)))


def teams_of(organisation: Organisation) -> list[Team]:
    """The teams of an organisation by name."""
    return list(db.session.scalars(select(Team).where(Team.organisation_id == organisation.id).order_by(Team.name)))


def law_of(organisation: Organisation) -> OrganisationKind | None:
    """What the nation's list says today of an organisation of this kind, or None when it knows neither."""
    try:
        return kinds_of(organisation.nation).get(organisation.kind)
    except NationUnknown:
        return None


def tidied_name(name: str) -> str:
    """A name with single spaces. Raises NameRefused."""
    tidy = " ".join(name.split())
    if not SHORTEST <= len(tidy) <= LONGEST or not tidy.isprintable():
        raise NameRefused
    return tidy


def _first_link(
    session: Session, actor: Member, organisation: Organisation, now: datetime, team_id: int | None = None
) -> str:
    return links.make_link(
        session,
        "organisation",
        now,
        organisation_id=organisation.id,
        team_id=team_id,
        roles=roles.FOUNDING,
        made_by=actor,
    )


def _open_links(organisation_id: int) -> Select[AccountLink]:
    return (
        select(AccountLink)
        .where(
            AccountLink.organisation_id == organisation_id,
            AccountLink.kind == "organisation",
            AccountLink.used_at.is_(None),
            AccountLink.ended_at.is_(None),
        )
        .order_by(AccountLink.id)
    )


def _has_begun(session: Session, organisation_id: int) -> bool:
    joined = select(Member.id).join(Team).where(Team.organisation_id == organisation_id, Member.joined_at.is_not(None))
    return session.scalar(joined.limit(1)) is not None
