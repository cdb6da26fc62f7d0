"""Inviting phones: the link is made in the inviting browser, and only what is sealed or hashed comes here."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, jsonify, url_for

from server import clock
from server.inbox.browser_session import member, session
from server.inbox.forms.phones import InvitationForm
from server.inbox.needs import add, needs, needs_in_script
from server.inbox.page import desk
from server.inbox.reach import TEAM, reached, reached_team
from server.inbox.showing.keys import public_keys_of
from server.services.phones import invitations

Answer = tuple[Response, int]


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, f"{TEAM}/invitations", make_invitation, "POST")
    add(blueprint, f"{TEAM}/public-keys", public_keys, "GET")
    add(blueprint, "/invitations/<int:invitation_id>", invitation, "GET")
    add(blueprint, "/referrals/<uuid:number>/voucher", voucher, "GET")


@needs_in_script("invite_phones")
def public_keys(team_id: int) -> Response:
    """What the team has signed, and what the server says of it and of the others: for a browser to judge."""
    team = reached_team("invite_phones", team_id)
    found = session()
    told = {"id": team.id, "name": team.name, "age_recipient": team.age_recipient, "vouch_key": team.vouch_key}
    return jsonify(csrf=found.csrf if found else "", team=told, **public_keys_of(team))


@needs_in_script("invite_phones")
def make_invitation(team_id: int) -> Answer:
    """Keep what the browser made. Out: where its page is; the link is put together there."""
    team = reached_team("invite_phones", team_id)
    offered = invitations.teams_to_offer(team)
    form = InvitationForm(offered)
    if not form.validate_on_submit():
        return jsonify(problem=next(iter(form.errors))), 422
    others = tuple(other for other in offered if other.id in (form.other_teams.data or ()))
    new = invitations.NewInvitation(form.uses.data or 0, form.secret_hash.data or "", form.sealed_voucher(), others)
    try:
        number = invitations.invite(team.id, new, clock.now(), member())
    except invitations.InvitationNotMade:
        return jsonify(problem="invitation"), 422
    return jsonify(to=url_for("inbox.invitation", invitation_id=number)), 200


@needs("invite_phones")
def invitation(invitation_id: int) -> Any:
    """The page on which the link is shown, once: only the browser that made it can."""
    found = reached(lambda: invitations.invitation_in_reach(member(), "invite_phones", invitation_id))
    shown: dict[str, Any] = {
        "team": found.team,
        "invitation": found,
        "others": found.other_teams,
        "field_origin": current_app.config["HEED"].field_origin,
    }
    return desk("inbox/phones/made.html", clock.now(), **shown)


@needs_in_script("work_referrals")
def voucher(number: UUID) -> Response:
    """What the note of a referral is held against: sealed to the team, and the same for every note of an invitation. It
    leaves no event, because it tells nothing of the referral; fetching the note does."""
    file = invitations.voucher_for(member(), str(number))
    if file is None:
        abort(404)
    return Response(file, content_type="application/octet-stream")
