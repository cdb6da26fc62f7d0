"""One's own organisation: what law says of it, its teams, and a new one."""

from typing import Any

from flask import Blueprint, redirect, request, url_for

from server import clock
from server.inbox.browser_session import member
from server.inbox.forms.organisation import NewTeamForm
from server.inbox.needs import add, needs
from server.inbox.page import desk
from server.inbox.showing import faults
from server.inbox.showing.areas import area_name
from server.inbox.showing.hours import said
from server.inbox.showing.months import line_of
from server.inbox.showing.organisations import law
from server.services.months import months_of
from server.services.partnership import teams
from server.services.partnership.organisations import teams_of


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/organisation", organisation, "GET")
    add(blueprint, "/organisation", add_own_team, "POST")


@needs("manage_organisation")
def organisation() -> tuple[str, int]:
    """The organisation and its teams."""
    return _page(NewTeamForm(formdata=None), 200, {})


@needs("manage_organisation")
def add_own_team() -> Any:
    """Add a team, and go on to it: it needs hours and people next."""
    form = NewTeamForm()
    if not form.validate_on_submit():
        return _page(form, 422, faults.of_form(form))
    try:
        made = teams.add_team(member(), form.new(), clock.now())
    except faults.REFUSALS as refusal:
        return _page(form, 422, faults.of_refusal(refusal))
    return redirect(url_for("inbox.one_team", team_id=made.id, done="added"), 303)


def _page(form: NewTeamForm, status: int, errors: dict[str, str]) -> tuple[str, int]:
    own = member().team.organisation
    return desk(
        "inbox/organisation/organisation.html",
        clock.now(),
        status,
        organisation=own,
        law=law(own),
        nation=own.nation,
        teams=teams_of(own),
        months=[line_of(month) for month in months_of(own)],
        said=said,
        areas={code: area_name(code) for code in teams.areas(own.nation)},
        form=form,
        errors=errors,
        done=request.args.get("done", ""),
    )
