"""All organisations of the partnership, for the administrators of the one that runs this server."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, url_for

from server import clock
from server.inbox.browser_session import member
from server.inbox.forms.base import Form
from server.inbox.forms.organisation import PartnerForm
from server.inbox.needs import add, needs
from server.inbox.page import desk
from server.inbox.reach import PARTNER
from server.inbox.showing import faults
from server.inbox.showing.organisations import choices, law
from server.services.accounts.links import link_url
from server.services.accounts.roles import OutOfReach
from server.services.partnership import organisations

Page = tuple[str, int]


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/partners", partners, "GET")
    add(blueprint, "/partners", add_partner, "POST")
    add(blueprint, f"{PARTNER}/link", partner_link, "GET")
    add(blueprint, f"{PARTNER}/link", make_partner_link, "POST")


@needs("manage_partners")
def partners() -> Page:
    """All organisations, and a form for one more."""
    return _page(PartnerForm(formdata=None), 200, {})


@needs("manage_partners")
def add_partner() -> Page:
    """Add an organisation. Out: the link for its first administrator, shown this once."""
    form = PartnerForm()
    if not form.validate_on_submit():
        return _page(form, 422, faults.of_form(form))
    new = form.new()
    try:
        secret = organisations.add_partner(member(), new, clock.now())
    except faults.REFUSALS as refusal:
        return _page(form, 422, faults.of_refusal(refusal))
    return _made(secret, new.name)


@needs("manage_partners")
def partner_link(organisation_id: int) -> Any:
    """A link is shown once, and made only by the button on the list."""
    return redirect(url_for("inbox.partners", _anchor=f"organisation-{organisation_id}"), 303)


@needs("manage_partners")
def make_partner_link(organisation_id: int) -> Page:
    """Another first link for an organisation that nobody has begun with."""
    Form().validate_on_submit()
    try:
        organisation, secret = organisations.new_first_link(member(), organisation_id, clock.now())
    except OutOfReach:
        abort(404)
    except organisations.HasBegun:
        return _page(PartnerForm(formdata=None), 409, {}, has_begun=True)
    return _made(secret, organisation.name)


def _made(secret: str, name: str) -> Page:
    url = link_url(current_app.config["HEED"], secret)
    return desk("inbox/partners/made.html", clock.now(), link=url, name=name)


def _page(form: PartnerForm, status: int, errors: dict[str, str], has_begun: bool = False) -> Page:
    return desk(
        "inbox/partners/partners.html",
        clock.now(),
        status,
        partners=[(one, law(one.organisation)) for one in organisations.partners()],
        choices=choices(),
        form=form,
        link_form=Form(formdata=None),
        errors=errors,
        has_begun=has_begun,
    )
