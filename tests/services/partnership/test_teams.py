"""Teams: founded with a number that can be rung, changed as a whole, each change one event without content."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from server.services.partnership.hours import HoursRefused
from server.services.partnership.numbers import NumberRefused
from server.services.partnership.organisations import NameRefused, NameTaken
from server.services.partnership.teams import (
    NewTeam,
    RemitRefused,
    Settings,
    add_team,
    areas,
    change_hours,
    change_team,
    kinds,
)
from tests.partnership import Partnership, found
from tests.services.partnership.gathering import NOW, events, member_of, team_of

AS_IT_IS = Settings(name="The home team", urgent_number="0141 496 0100", areas=("S12000049",))


@pytest.fixture
def sides(engine_app: Flask) -> Iterator[Partnership]:
    with engine_app.app_context():
        yield found()


def test_areas_and_kinds_are_those_that_phones_know() -> None:
    assert areas("GB-SCT")["S12000049"] == "Glasgow City"
    assert "S12000049" not in areas("GB-ENG")
    assert kinds()[0] == "labour"
    assert "unknown" not in kinds()


def test_a_team_is_added_to_ones_own_organisation(sides: Partnership) -> None:
    actor = member_of(sides.home)
    team = add_team(actor, NewTeam("  Night   desk ", "0141 496 0199", ("S12000050", "S12000029")), NOW)
    assert (team.name, team.urgent_number, team.organisation_id) == (
        "Night desk",
        "+441414960199",
        actor.team.organisation_id,
    )
    assert team.areas == ["S12000050", "S12000029"] or team.areas == ["S12000029", "S12000050"]
    assert team.hours == []
    assert events("team_added") == [(actor.team.organisation_id, actor.id, "team", str(team.id), {})]


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (NewTeam("x", "0141 496 0199"), NameRefused),
        (NewTeam("the HOME team", "0141 496 0199"), NameTaken),
        (NewTeam("Night desk", "101"), NumberRefused),
        (NewTeam("Night desk", "0141 496 0199", ("S99",)), RemitRefused),
    ],
)
def test_a_team_that_cannot_be_is_refused(sides: Partnership, new: NewTeam, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        add_team(member_of(sides.home), new, NOW)
    assert events("team_added") == []


def test_two_organisations_may_name_their_teams_alike(sides: Partnership) -> None:
    add_team(member_of(sides.home), NewTeam("The other team", "0141 496 0199"), NOW)


def test_all_of_a_team_is_changed_in_one_go(sides: Partnership) -> None:
    actor, team = member_of(sides.home), team_of(sides.home)
    other = member_of(sides.other).team.organisation_id
    new = Settings(
        name="Another name",
        urgent_number="0141 496 0123",
        areas=("S12000050",),
        ages=("adult",),
        kinds=("sexual", "labour"),
        subjects=("place",),
        conflicts=frozenset({other, actor.team.organisation_id}),
    )
    assert change_team(actor, team, new, NOW)
    team = team_of(sides.home)
    assert (team.name, team.urgent_number, team.areas, team.ages, team.kinds, team.subjects) == (
        "Another name",
        "+441414960123",
        ["S12000050"],
        ["adult"],
        ["labour", "sexual"],
        ["place"],
    )
    assert {one.id for one in team.conflicts} == {other, actor.team.organisation_id}
    changed = ["name", "urgent_number", "areas", "ages", "kinds", "subjects"]
    assert [event[4] for event in events("team_changed")] == [{"changed": changed}]
    assert [event[4] for event in events("conflict_changed")] == [
        {"organisations": sorted([other, actor.team.organisation_id])}
    ]


def test_saving_what_stands_there_changes_nothing(sides: Partnership) -> None:
    assert not change_team(member_of(sides.home), team_of(sides.home), AS_IT_IS, NOW)
    assert events("team_changed") == events("conflict_changed") == []


def test_a_conflict_can_be_taken_back(sides: Partnership) -> None:
    actor = member_of(sides.home)
    other = member_of(sides.other).team.organisation_id
    change_team(actor, team_of(sides.home), replace(AS_IT_IS, conflicts=frozenset({other})), NOW)
    assert change_team(actor, team_of(sides.home), AS_IT_IS, NOW)
    assert team_of(sides.home).conflicts == []
    assert events("team_changed") == []


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": "x"}, NameRefused),
        ({"urgent_number": "999"}, NumberRefused),
        ({"areas": ("S99",)}, RemitRefused),
        ({"ages": ()}, RemitRefused),
        ({"ages": ("old",)}, RemitRefused),
        ({"kinds": ("unknown",)}, RemitRefused),
        ({"subjects": ()}, RemitRefused),
        ({"subjects": ("thing",)}, RemitRefused),
        ({"conflicts": frozenset({4711})}, RemitRefused),
    ],
)
def test_what_cannot_be_changes_nothing_at_all(
    sides: Partnership, change: dict[str, object], refusal: type[Exception]
) -> None:
    new = replace(replace(AS_IT_IS, kinds=("labour",)), **change)  # type: ignore[arg-type]
    with pytest.raises(refusal):
        change_team(member_of(sides.home), team_of(sides.home), new, NOW)
    assert team_of(sides.home).kinds == []
    assert events("team_changed") == []


def test_a_name_is_taken_only_by_another_team(sides: Partnership) -> None:
    actor = member_of(sides.home)
    add_team(actor, NewTeam("Night desk", "0141 496 0199"), NOW)
    with pytest.raises(NameTaken):
        change_team(actor, team_of(sides.home), replace(AS_IT_IS, name="night desk"), NOW)
    assert change_team(actor, team_of(sides.home), replace(AS_IT_IS, name="THE HOME TEAM"), NOW)


def test_hours_are_changed_once(sides: Partnership) -> None:
    actor = member_of(sides.home)
    spans = [{"days": [1], "opens": "09:00", "closes": "10:00"}, {"days": [2], "opens": "09:00", "closes": "10:00"}]
    for _time in range(2):
        change_hours(actor, team_of(sides.home), spans, NOW)
    assert team_of(sides.home).hours == [{"days": [1, 2], "opens": "09:00", "closes": "10:00"}]
    assert [event[2:] for event in events("hours_changed")] == [("team", str(sides.home.team_id), {"spans": 1})]


def test_hours_that_cannot_be_leave_the_old_ones(sides: Partnership) -> None:
    before = team_of(sides.home).hours
    with pytest.raises(HoursRefused):
        change_hours(member_of(sides.home), team_of(sides.home), [{"days": [1], "opens": "", "closes": ""}], NOW)
    assert team_of(sides.home).hours == before
