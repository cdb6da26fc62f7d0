"""A team's phones and invitations: who may send, what is held, and what to do when a link has leaked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from flask import request as asked

from server import clock
from server.inbox.browser_session import member
from server.inbox.forms.phones import InvitationForm, PhoneForm
from server.inbox.needs import add, needs
from server.inbox.page import desk
from server.inbox.reach import TEAM, reached, reached_team
from server.models import Device, Invitation, Member, Team
from server.services.phones import devices, holding, invitations

Answer = tuple[str, int]

# What the form offers before anybody types a number; the demonstration asks for more.
USUAL_PHONES = 5


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, f"{TEAM}/phones", team_phones, "GET")
    add(blueprint, "/invitations/<int:invitation_id>/end", end_invitation, "POST")
    add(blueprint, "/invitations/<int:invitation_id>/hold", hold_invitation, "POST")
    add(blueprint, "/invitations/<int:invitation_id>/release", release_invitation, "POST")
    add(blueprint, "/phones/<int:device_id>/hold", hold_phone, "POST")
    add(blueprint, "/phones/<int:device_id>/release", release_phone, "POST")
    add(blueprint, "/phones/<int:device_id>/revoke", revoke_phone, "POST")
    add(blueprint, "/phones/<int:device_id>/wipe", wipe_phone, "POST")


@needs("see_team")
def team_phones(team_id: int) -> Answer:
    """All phones and invitations of a team."""
    team = reached_team("see_team", team_id)
    return _page(team, clock.now())


@needs("end_phones")
def end_invitation(invitation_id: int) -> Response:
    """Let nobody join by it any more."""
    return _with_invitation("end_phones", invitation_id, invitations.end, "ended")


@needs("hold_phones")
def hold_invitation(invitation_id: int) -> Response:
    """It leaked: end it and hold everything that came by it."""
    return _with_invitation("hold_phones", invitation_id, invitations.hold_all, "invitation-held")


@needs("hold_phones")
def release_invitation(invitation_id: int) -> Response:
    """Put back everything that came by it."""
    return _with_invitation("hold_phones", invitation_id, invitations.release_all, "invitation-released")


@needs("hold_phones")
def hold_phone(device_id: int) -> Response:
    """Keep what a phone sends out of the list."""
    return _with_phone(lambda me: holding.phone_to_hold(me, device_id), holding.hold, "held")


@needs("hold_phones")
def release_phone(device_id: int) -> Response:
    """Put back what a phone sent."""
    return _with_phone(lambda me: holding.phone_to_hold(me, device_id), holding.release, "released")


@needs("end_phones")
def revoke_phone(device_id: int) -> Response:
    """Take a phone out."""
    return _with_phone(lambda me: devices.phone_in_reach(me, "end_phones", device_id), devices.revoke, "revoked")


@needs("end_phones")
def wipe_phone(device_id: int) -> Response:
    """Have a phone empty itself at its next contact."""
    return _with_phone(lambda me: devices.phone_in_reach(me, "end_phones", device_id), devices.ask_wipe, "wipe-asked")


def _with_invitation(deed: str, number: int, do: Callable[[Member, Invitation, datetime], Any], done: str) -> Response:
    PhoneForm().validate_on_submit()
    invitation = reached(lambda: invitations.invitation_in_reach(member(), deed, number))
    team_id = invitation.team_id
    do(member(), invitation, clock.now())
    return _to(url_for("inbox.team_phones", team_id=team_id, done=done))


def _with_phone(find: Callable[[Member], Device], do: Callable[[Member, Device, datetime], Any], done: str) -> Response:
    form = PhoneForm()
    if not form.validate_on_submit():
        abort(400)
    device = reached(lambda: find(member()))
    team_id = device.team_id
    do(member(), device, clock.now())
    if form.back.data:
        return _to(url_for("inbox.referral", number=UUID(form.back.data), done=done))
    return _to(url_for("inbox.team_phones", team_id=team_id, done=done))


def _page(team: Team, now: datetime) -> Answer:
    offered = invitations.teams_to_offer(team)
    return desk(
        "inbox/phones/phones.html",
        now,
        team=team,
        rows=devices.devices_of(team),
        invitations=invitations.invitations_of(team, now),
        offered=offered,
        most_phones=invitations.MOST_PHONES,
        most_other_teams=invitations.MOST_OTHER_TEAMS,
        form=InvitationForm(offered, formdata=None, uses=USUAL_PHONES),
        phone_form=PhoneForm(formdata=None),
        done=asked.args.get("done", ""),
    )


def _to(address: str) -> Response:
    return make_response(redirect(address, 303))
