"""Who of a team reads on which of the next fourteen days."""

from typing import Any

from flask import Blueprint, redirect, request, url_for

from server import clock
from server.inbox.browser_session import member
from server.inbox.forms.team import RotaForm
from server.inbox.needs import add, needs
from server.inbox.page import desk
from server.inbox.reach import TEAM, reached_team
from server.inbox.showing import faults
from server.inbox.showing.hours import at, listed, weekday
from server.models import Team
from server.services.partnership import rota


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, f"{TEAM}/rota", team_rota, "GET")
    add(blueprint, f"{TEAM}/rota", save_team_rota, "POST")


@needs("change_team")
def team_rota(team_id: int) -> tuple[str, int]:
    """The next days, with a tick for who reads."""
    of = reached_team("change_team", team_id)
    ticked = {f"{day.day}.{reader.id}" for day in rota.days_of(of, clock.now()) for reader in day.readers}
    return _page(of, ticked, 200, {})


@needs("change_team")
def save_team_rota(team_id: int) -> Any:
    """Keep the whole page of ticks."""
    of = reached_team("change_team", team_id)
    form = RotaForm()
    form.validate_on_submit()
    try:
        rota.change_rota(member(), of, form.turns(), clock.now())
    except rota.TurnRefused as refusal:
        return _page(of, set(form.turn.data or ()), 422, faults.of_refusal(refusal))
    return redirect(url_for("inbox.team_rota", team_id=team_id, done="saved"), 303)


def _page(of: Team, ticked: set[str], status: int, errors: dict[str, str]) -> tuple[str, int]:
    now = clock.now()
    return desk(
        "inbox/team/rota.html",
        now,
        status,
        team=of,
        form=RotaForm(formdata=None),
        days=rota.days_of(of, now),
        readers=rota.who_may_read(of),
        at=at,
        weekday=weekday,
        listed=lambda found: listed([day.day for day in found]),
        ticked=ticked,
        errors=errors,
        done=request.args.get("done", ""),
    )
