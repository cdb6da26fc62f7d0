"""The people of a team: inviting one, their roles, their way back in, and how they leave."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, request, url_for

from server import clock
from server.inbox.browser_session import member
from server.inbox.forms.base import Form
from server.inbox.forms.people import InviteForm, LeaveForm, RolesForm
from server.inbox.needs import add, needs
from server.inbox.page import desk
from server.inbox.reach import LINK, PERSON, TEAM, reached_person, reached_team
from server.inbox.showing import faults
from server.inbox.showing.roles import role_hint
from server.models import Member, Team
from server.services.accounts import links, members, roles
from server.services.partnership import rota

Page = tuple[str, int]


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, f"{TEAM}/people/invite", invite_member, "GET")
    add(blueprint, f"{TEAM}/people/invite", make_member_link, "POST")
    add(blueprint, PERSON, person, "GET")
    add(blueprint, f"{PERSON}/roles", person_roles, "GET")
    add(blueprint, f"{PERSON}/roles", save_person_roles, "POST")
    add(blueprint, f"{PERSON}/way-back", person_way_back, "GET")
    add(blueprint, f"{PERSON}/way-back", make_way_back, "POST")
    add(blueprint, f"{PERSON}/leave", person_leaves, "GET")
    add(blueprint, f"{PERSON}/leave", save_person_leaves, "POST")
    add(blueprint, f"{LINK}/end", end_account_link, "POST")


@needs("manage_people")
def invite_member(team_id: int) -> Page:
    """Whom to invite, and as what."""
    of = reached_team("manage_people", team_id)
    return _invite(of, InviteForm(_giveable(), formdata=None, roles=[roles.COORDINATOR]), 200, {})


@needs("manage_people")
def make_member_link(team_id: int) -> Page:
    """The link for the new member, shown this once."""
    of = reached_team("manage_people", team_id)
    form = InviteForm(_giveable())
    if not form.validate_on_submit():
        return _invite(of, form, 422, faults.of_form(form))
    name = form.display_name.data or ""
    try:
        secret = members.invite(member(), of, name, form.roles.data or (), clock.now())
    except faults.REFUSALS as refusal:
        return _invite(of, form, 422, faults.of_refusal(refusal))
    return _link("inbox/people/invited.html", secret, team=of, display_name=name)


@needs("manage_people")
def person(member_id: int) -> Page:
    """One colleague: roles, the way back, leaving."""
    who = reached_person("manage_people", member_id)
    return _person(who, RolesForm(_giveable(), formdata=None, roles=who.roles), 200, {})


@needs("manage_people")
def person_roles(member_id: int) -> Any:
    """The roles stand on the person's page; this address only takes them."""
    return redirect(url_for("inbox.person", member_id=reached_person("manage_people", member_id).id), 303)


@needs("manage_people")
def save_person_roles(member_id: int) -> Any:
    """Other roles. Those that are not the reader's to take stay."""
    who = reached_person("manage_people", member_id)
    form = RolesForm(_giveable())
    kept = [role for role in who.roles if role not in _giveable()]
    if not form.validate_on_submit() and (form.roles.data or not kept):
        return _person(who, form, 422, faults.of_form(form))
    itself = who.id == member().id
    try:
        members.change_roles(member(), who, [*kept, *(form.roles.data or ())], clock.now())
    except roles.OutOfReach:
        abort(404)
    except faults.REFUSALS as refusal:
        return _person(who, form, 422, faults.of_refusal(refusal))
    if itself:
        return redirect(url_for("inbox.sign_in"), 303)
    return redirect(url_for("inbox.person", member_id=member_id, done="roles"), 303)


@needs("manage_people")
def person_way_back(member_id: int) -> Page:
    """What a way back is, before one is made."""
    return _way_back(reached_person("manage_people", member_id), 200, {})


@needs("manage_people")
def make_way_back(member_id: int) -> Page:
    """The link by which they set new ways to sign in, shown this once."""
    who = reached_person("manage_people", member_id)
    Form().validate_on_submit()
    try:
        secret = members.way_back(member(), who, clock.now())
    except roles.OutOfReach:
        abort(404)
    except faults.REFUSALS as refusal:
        return _way_back(who, 422, faults.of_refusal(refusal))
    return _link("inbox/people/way_back_made.html", secret, who=who)


@needs("manage_people")
def person_leaves(member_id: int) -> Page:
    """What happens when somebody leaves, and to whom their work goes."""
    who = reached_person("manage_people", member_id)
    return _leaving(who, LeaveForm(_colleagues(who), formdata=None), 200, {})


@needs("manage_people")
def save_person_leaves(member_id: int) -> Any:
    """End the account, and show the next steps with the team's key."""
    who = reached_person("manage_people", member_id)
    colleagues = _colleagues(who)
    form = LeaveForm(colleagues)
    if not form.validate_on_submit():
        return _leaving(who, form, 422, faults.of_form(form))
    taker = next((one for one in colleagues if str(one.id) == form.hand_to.data), None)
    of, name, itself = who.team, who.display_name, who.id == member().id
    try:
        left = members.leave(member(), who, taker, clock.now())
    except roles.OutOfReach:
        abort(404)
    except faults.REFUSALS as refusal:
        return _leaving(who, form, 422, faults.of_refusal(refusal))
    if itself:
        return redirect(url_for("inbox.sign_in"), 303)
    return desk("inbox/people/left.html", clock.now(), team=of, name=name, left=left, taker=taker)


@needs("manage_people")
def end_account_link(link_id: int) -> Any:
    """Withdraw a link that was not used yet, and go back to the team it leads into."""
    Form().validate_on_submit()
    try:
        team_id = links.end_link(member(), link_id, clock.now())
    except roles.OutOfReach:
        abort(404)
    return redirect(url_for("inbox.one_team", team_id=team_id or member().team_id, done="link-ended"), 303)


def _giveable() -> list[str]:
    given = roles.may_give(member())
    return [role for role in roles.ROLES if role in given]


def _colleagues(who: Member) -> list[Member]:
    return [one for one in rota.who_may_read(who.team) if one.id != who.id]


def _link(template: str, secret: str, **values: Any) -> Page:
    url = links.link_url(current_app.config["HEED"], secret)
    return desk(template, clock.now(), link=url, **values)


def _invite(of: Team, form: InviteForm, status: int, errors: dict[str, str]) -> Page:
    return _desk("invite", status, errors, team=of, form=form, giveable=_giveable(), role_hint=role_hint)


def _person(who: Member, form: RolesForm, status: int, errors: dict[str, str]) -> Page:
    giveable = _giveable()
    return _desk(
        "person",
        status,
        errors,
        who=who,
        form=form,
        giveable=giveable,
        fixed=[role for role in who.roles if role not in giveable],
        role_hint=role_hint,
        done=request.args.get("done", ""),
    )


def _way_back(who: Member, status: int, errors: dict[str, str]) -> Page:
    return _desk("way_back", status, errors, who=who, form=Form(formdata=None))


def _leaving(who: Member, form: LeaveForm, status: int, errors: dict[str, str]) -> Page:
    return _desk("leave", status, errors, who=who, form=form, colleagues=_colleagues(who))


def _desk(page: str, status: int, errors: dict[str, str], **values: Any) -> Page:
    return desk(f"inbox/people/{page}.html", clock.now(), status, errors=errors, **values)
