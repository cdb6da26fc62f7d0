"""Teams: founded, named, given a remit, hours, a number, and the organisations whose staff it must not hear about."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.models import Member, Organisation, Team
from server.screening.definitions import NATIONS, shipped
from server.services.events import add_event
from server.services.partnership.hours import Spans, sorted_hours
from server.services.partnership.numbers import as_e164
from server.services.partnership.organisations import NameTaken, tidied_name
from server.services.transaction import writing

AGES = ("child", "adult")
SUBJECTS = ("person", "place")


class RemitRefused(ValueError):
    """A remit names an area, age, kind, subject or organisation that there is not, or no age or no subject at all."""


@dataclass(frozen=True, slots=True)
class NewTeam:
    """What is typed about a team at its founding. `urgent_number` as people write it; no areas means all."""

    name: str
    urgent_number: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """All of a team that its lead may change on one page. `conflicts`: ids of organisations."""

    name: str
    urgent_number: str
    areas: tuple[str, ...] = ()
    ages: tuple[str, ...] = AGES
    kinds: tuple[str, ...] = ()
    subjects: tuple[str, ...] = SUBJECTS
    conflicts: frozenset[int] = field(default_factory=frozenset)


def areas(nation: str = "") -> dict[str, str]:
    """The names of the areas that phones of a nation (GB-SCT) know, of all nations where none is named. By code, in
    the order of their definition.
    """
    names = {known.name for known in NATIONS if nation in ("", known.code)}
    known = [found["areas"] for found in shipped().values() if found["kind"] == "areas" and found["id"] in names]
    return {area["code"]: area["name"] for areas in known for area in areas}


def kinds() -> list[str]:
    """The kinds of exploitation that pathways know, in their order, without the unknown one."""
    known = [found["facts"]["exploitation"]["values"] for found in shipped().values() if found["kind"] == "pathway"]
    return [kind for kind in dict.fromkeys(kind for values in known for kind in values) if kind != "unknown"]


def found_team(session: Session, organisation: Organisation, new: NewTeam) -> Team:
    """Add a team to the open transaction; the caller adds the event. It has no hours until somebody gives it some.

    Raises NameRefused, NameTaken, NumberRefused, RemitRefused.
    """
    _check(new.areas, areas(organisation.nation))
    team = Team(
        organisation=organisation,
        name=_free_name(session, organisation.id, new.name, None),
        urgent_number=as_e164(new.urgent_number, organisation.nation),
        areas=list(new.areas),
    )
    session.add(team)
    session.flush()
    return team


def add_team(actor: Member, new: NewTeam, now: datetime) -> Team:
    """Add a team to the actor's own organisation. Raises what `found_team` raises."""
    with writing() as session:
        team = found_team(session, actor.team.organisation, new)
        add_event(session, actor, "team_added", now, about=("team", team.id))
    return team


def change_team(actor: Member, team: Team, new: Settings, now: datetime) -> bool:
    """Change name, number, remit and conflicts in one go. Out: whether anything is different now.

    The event names what changed, and never from what to what. Raises NameRefused, NameTaken, NumberRefused,
    RemitRefused.
    """
    if not new.ages or not new.subjects:
        raise RemitRefused("a team is for children or adults, and for persons or places")
    with writing() as session:
        changed = _changed(
            team,
            {
                "name": _free_name(session, team.organisation_id, new.name, team.id),
                "urgent_number": as_e164(new.urgent_number, team.organisation.nation),
                "areas": _check(new.areas, areas(team.organisation.nation)),
                "ages": _check(new.ages, AGES),
                "kinds": _check(new.kinds, kinds()),
                "subjects": _check(new.subjects, SUBJECTS),
            },
        )
        if changed:
            add_event(session, actor, "team_changed", now, about=("team", team.id), detail={"changed": changed})
        return _set_conflicts(session, actor, team, new.conflicts, now) or bool(changed)


def change_hours(actor: Member, team: Team, spans: Spans, now: datetime) -> None:
    """Give a team other reading hours; phones learn them with their next receipt. Raises HoursRefused."""
    hours = sorted_hours(spans)
    with writing() as session:
        if team.hours != hours:
            team.hours = hours
            add_event(session, actor, "hours_changed", now, about=("team", team.id), detail={"spans": len(hours)})


def _set_conflicts(session: Session, actor: Member, team: Team, wanted: Collection[int], now: datetime) -> bool:
    found = list(session.scalars(select(Organisation).where(Organisation.id.in_(wanted)).order_by(Organisation.name)))
    if len(found) != len(set(wanted)):
        raise RemitRefused("one of these organisations is not of this partnership")
    if {one.id for one in team.conflicts} == set(wanted):
        return False
    team.conflicts = found
    detail = {"organisations": sorted(wanted)}
    add_event(session, actor, "conflict_changed", now, about=("team", team.id), detail=detail)
    return True


def _changed(team: Team, values: dict[str, object]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(team, name) != value]
    for name in changed:
        setattr(team, name, values[name])
    return changed


def _free_name(session: Session, organisation_id: int, typed: str, own: int | None) -> str:
    name = tidied_name(typed)
    same = select(Team.id).where(Team.organisation_id == organisation_id, func.lower(Team.name) == name.lower())
    if any(found != own for found in session.scalars(same)):
        raise NameTaken(name)
    return name


def _check(given: Collection[str], known: Collection[str]) -> list[str]:
    """The given codes in the order of the known ones, each once. Raises RemitRefused."""
    for code in given:
        if code not in known:
            raise RemitRefused(f"{code!r} is not known")
    return [code for code in known if code in given]
