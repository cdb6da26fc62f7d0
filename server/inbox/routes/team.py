"""A team: what it is for, who belongs to it, when it reads, and what of this can be changed."""

from typing import Any

from flask import Blueprint, redirect, request, url_for

from server import clock
from server.inbox.browser_session import member
from server.inbox.forms.base import Form
from server.inbox.forms.team import DayRow, HoursForm, SettingsForm, rows_of
from server.inbox.needs import add, needs
from server.inbox.page import desk
from server.inbox.reach import TEAM, reached_team
from server.inbox.showing import faults
from server.inbox.showing import team as showing
from server.inbox.showing.areas import area_name
from server.inbox.showing.hours import day_name, weekday
from server.inbox.showing.organisations import law
from server.inbox.showing.roles import role_names
from server.models import Team
from server.services.accounts.links import open_links
from server.services.lifetimes import is_over
from server.services.partnership import rota, teams
from server.services.partnership.hours import ALWAYS, HoursRefused
from server.services.partnership.organisations import organisations

Page = tuple[str, int]


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/team", team, "GET")
    add(blueprint, TEAM, one_team, "GET")
    add(blueprint, f"{TEAM}/settings", team_settings, "GET")
    add(blueprint, f"{TEAM}/settings", save_team_settings, "POST")
    add(blueprint, f"{TEAM}/hours", team_hours, "GET")
    add(blueprint, f"{TEAM}/hours", save_team_hours, "POST")


@needs("see_team")
def team() -> Any:
    """One's own team."""
    return redirect(url_for("inbox.one_team", team_id=member().team_id), 303)


@needs("see_team")
def one_team(team_id: int) -> Page:
    """People, links that were not used yet, hours, the next week, remit, number, conflicts."""
    of = reached_team("see_team", team_id)
    now = clock.now()
    return desk(
        "inbox/team/team.html",
        now,
        team=of,
        it=showing.shown_team(of),
        law=law(of.organisation),
        people=showing.people_of(of),
        links=open_links(of),
        over=lambda link: is_over(link.created_at, link.ends_at, now),
        role_names=role_names,
        days=rota.days_of(of, now, 7),
        weekday=weekday,
        form=Form(formdata=None),
        done=request.args.get("done", ""),
    )


@needs("change_team")
def team_settings(team_id: int) -> Page:
    """Name, number, remit, conflicts: to be changed."""
    of = reached_team("change_team", team_id)
    form = SettingsForm(
        organisations(),
        formdata=None,
        name=of.name,
        urgent_number=showing.shown_team(of).number,
        areas=of.areas,
        ages=of.ages,
        kinds=of.kinds,
        subjects=of.subjects,
        conflicts=[str(one.id) for one in of.conflicts],
    )
    return _settings(of, form, 200, {})


@needs("change_team")
def save_team_settings(team_id: int) -> Any:
    """Change them, all in one go."""
    of = reached_team("change_team", team_id)
    form = SettingsForm(organisations())
    if not form.validate_on_submit():
        return _settings(of, form, 422, faults.of_form(form))
    try:
        teams.change_team(member(), of, form.settings(), clock.now())
    except faults.REFUSALS as refusal:
        return _settings(of, form, 422, faults.of_refusal(refusal))
    return redirect(url_for("inbox.one_team", team_id=team_id, done="settings"), 303)


@needs("change_team")
def team_hours(team_id: int) -> Page:
    """When the team reads: to be changed."""
    of = reached_team("change_team", team_id)
    always = of.hours == ALWAYS
    return _hours(of, HoursForm(formdata=None, all_week=always), rows_of([] if always else of.hours), 200, {})


@needs("change_team")
def save_team_hours(team_id: int) -> Any:
    """Change the hours, all in one go."""
    of = reached_team("change_team", team_id)
    form = HoursForm()
    sound = form.validate_on_submit()
    problems = form.problems()
    if not sound or problems:
        return _hours(of, form, form.rows(), 422, problems)
    try:
        teams.change_hours(member(), of, form.spans(), clock.now())
    except HoursRefused as refused:
        return _hours(of, form, form.rows(), 422, {refused.day or 1: refused.problem})
    return redirect(url_for("inbox.one_team", team_id=team_id, done="hours"), 303)


def _settings(of: Team, form: SettingsForm, status: int, errors: dict[str, str]) -> Page:
    return desk(
        "inbox/team/settings.html",
        clock.now(),
        status,
        team=of,
        form=form,
        errors=errors,
        areas={code: area_name(code) for code in teams.areas(of.organisation.nation)},
        ages=teams.AGES,
        kinds=teams.kinds(),
        subjects=teams.SUBJECTS,
        organisations=organisations(),
        showing=showing,
    )


def _hours(of: Team, form: Any, rows: list[DayRow], status: int, problems: dict[int, str]) -> Page:
    return desk(
        "inbox/team/hours.html",
        clock.now(),
        status,
        team=of,
        form=form,
        rows=rows,
        problems={day: showing.day_problem(code) for day, code in problems.items()},
        day_name=day_name,
    )
