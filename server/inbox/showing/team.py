"""A team and its people, as plain values for the pages about them."""

from dataclasses import dataclass

from server.inbox import words
from server.inbox.showing.areas import area_name
from server.inbox.showing.hours import lines
from server.inbox.showing.roles import role_names
from server.locale import _
from server.models import Team
from server.services.accounts.members import members_of
from server.services.partnership.numbers import spoken


@dataclass(frozen=True, slots=True)
class ShownTeam:
    """What a team is for, in words. `hours` is empty when none are set."""

    number: str
    hours: list[str]
    areas: list[str]
    ages: list[str]
    kinds: list[str]
    subjects: list[str]
    conflicts: list[str]


@dataclass(frozen=True, slots=True)
class Person:
    """One active member and the names of their roles."""

    id: int
    name: str
    roles: list[str]


def shown_team(team: Team) -> ShownTeam:
    """A team for its page. A remit that names nothing says that it is for all."""
    return ShownTeam(
        number=spoken(team.urgent_number),
        hours=lines(team.hours),
        areas=[area_name(code) for code in team.areas] or [_("All areas")],
        ages=[age(code) for code in team.ages],
        kinds=[words.kind(code) for code in team.kinds] or [_("All kinds")],
        subjects=[subject(code) for code in team.subjects],
        conflicts=[organisation.name for organisation in team.conflicts],
    )


def people_of(team: Team) -> list[Person]:
    """The members who may sign in."""
    return [Person(one.id, one.display_name, role_names(one.roles)) for one in members_of(team)]


def age(code: str) -> str:
    """For whom a team is, by age."""
    return {"child": _("Children (under 18, or not sure)"), "adult": _("Adults")}.get(code, code)


def subject(code: str) -> str:
    """What a team deals with."""
    return {"person": _("People"), "place": _("Places")}.get(code, code)


def day_problem(code: str) -> str:
    """What is wrong with the hours of a day."""
    return {
        "no_time": _("Give both times, or take the tick away."),
        "ends_first": _("This ends before it begins. Past midnight belongs to the next day: end here at 00:00."),
        "overlap": _("The two times overlap. Let the second begin after the first has ended."),
    }.get(code, _("These hours cannot be saved. Write simpler ones."))
