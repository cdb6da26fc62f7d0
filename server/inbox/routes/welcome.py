"""Making an account by a link: one page a step. The secret comes in a form, goes into a cookie, and is in no
address; what is shown once (recovery codes) is the answer of the last step itself."""

from typing import Any

from flask import Blueprint, Response, current_app, request

from server import clock
from server.inbox import browser_session, link_cookie
from server.inbox.door import door
from server.inbox.forms.base import Form
from server.inbox.forms.welcome import (
    FirstTeamForm,
    FoundingForm,
    LinkElsewhere,
    LinkForm,
    NameForm,
    PhoneInvitation,
    secret_of,
)
from server.inbox.link_cookie import away_from, link, needs_link, to_step
from server.inbox.needs import add, needs_nothing
from server.inbox.routes import welcome_factor
from server.inbox.showing.organisations import choices
from server.screening.organisation_kinds import NationUnknown
from server.services import limits
from server.services.accounts import enrolment, links
from server.services.partnership import numbers, organisations


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/welcome", welcome, "GET")
    add(blueprint, "/welcome", open_link, "POST")
    add(blueprint, "/welcome/organisation", welcome_organisation, "GET")
    add(blueprint, "/welcome/organisation", save_welcome_organisation, "POST")
    add(blueprint, "/welcome/name", welcome_name, "GET")
    add(blueprint, "/welcome/name", save_welcome_name, "POST")
    welcome_factor.register(blueprint)


@needs_nothing
def welcome() -> Response:
    """Where a link leads: the script sends what stands after its #; without a script it is pasted."""
    return _link_page(200)


@needs_nothing
def open_link() -> Response:
    """Look at a link, and go on to its next step or say why it leads nowhere."""
    form = LinkForm()
    sound = form.validate_on_submit()
    now = clock.now()
    if not limits.allow("link", request.remote_addr or "", now):
        return _link_page(429, slow_down=True)
    try:
        secret = secret_of((form.secret.data or "") if sound else "", current_app.config["HEED"].inbox_origin)
        found = links.find(secret, now)
    except PhoneInvitation:
        return door("inbox/welcome/problem.html", 422, what="phone")
    except LinkElsewhere:
        return door("inbox/welcome/problem.html", 422, what="elsewhere")
    except links.LinkRefused as problem:
        return link_cookie.problem_page(problem)
    if browser_session.session() is not None and found.kind != "way_back":
        return door("inbox/welcome/signed_in.html", 409, me=browser_session.member(), form=Form(formdata=None))
    return link_cookie.hold(to_step(found), secret)


@needs_link
def welcome_organisation() -> Any:
    """The organisation and its first team, or the team alone when the organisation is there."""
    return away_from("organisation") or _organisation_page(_organisation_form(formdata=None), 200)


@needs_link
def save_welcome_organisation() -> Any:
    """Found them."""
    form = _organisation_form()
    if not form.validate_on_submit():
        return _organisation_page(form, 422)
    if away := away_from("organisation"):
        return away
    try:
        enrolment.keep_organisation(link_cookie.secret(), form.organisation(), form.team(), clock.now())
    except organisations.NameTaken:
        return _organisation_page(form, 422, taken=True)
    except numbers.NumberRefused:
        return _organisation_page(form, 422, number_problem=True)
    except (NationUnknown, organisations.KindUnknown):
        return _organisation_page(form, 422, kind_problem=True)
    return to_step(links.find(link_cookie.secret(), clock.now()))


@needs_link
def welcome_name() -> Any:
    """By what name they sign in. May be looked at and changed until the account is made."""
    if link().kind == "way_back" or enrolment.step_of(link()) == "organisation":
        return to_step(link())
    chosen = enrolment.holder(link()) if enrolment.step_of(link()) == "factor" else None
    typed = {"name": chosen.sign_in_name, "role": chosen.display_name} if chosen else {"role": link().display_name}
    return _name_page(NameForm(formdata=None, **typed), 200)


@needs_link
def save_welcome_name() -> Any:
    """Keep the name."""
    form = NameForm()
    if not form.validate_on_submit():
        return _name_page(form, 422)
    # What whoever invited them wrote stays: colleagues know them by it.
    role = link().display_name or (form.role.data or "")
    if not role.strip():
        return _name_page(form, 422, role_problem=True)
    try:
        enrolment.keep_name(link_cookie.secret(), form.name.data or "", role, clock.now())
    except enrolment.NameTaken:
        return _name_page(form, 422, taken=True)
    except enrolment.NotThisStep:
        return to_step(link())
    return to_step(links.find(link_cookie.secret(), clock.now()))


def _link_page(status: int, slow_down: bool = False) -> Response:
    return door("inbox/welcome/link.html", status, form=LinkForm(formdata=None), slow_down=slow_down)


def _organisation_form(**values: Any) -> Any:
    return (FoundingForm if link().organisation_id is None else FirstTeamForm)(**values)


def _organisation_page(form: Form, status: int, **problems: Any) -> Response:
    problems = {"taken": False, "number_problem": False, "kind_problem": False, **problems}
    founds = link().organisation_id is None
    kinds = choices() if founds else []
    return door("inbox/welcome/organisation.html", status, form=form, founds=founds, choices=kinds, **problems)


def _name_page(form: NameForm, status: int, taken: bool = False, role_problem: bool = False) -> Response:
    said = {"taken": taken, "role_problem": role_problem, "role_given": link().display_name}
    return door("inbox/welcome/name.html", status, form=form, **said)
