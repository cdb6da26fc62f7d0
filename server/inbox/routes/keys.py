"""The team's keys: made in the coordinator's browser, and handed out only sealed."""

import base64
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for

from server import clock
from server.inbox.browser_session import member
from server.inbox.forms.keys import FirstKeysForm, unwrapped
from server.inbox.needs import add, needs, needs_in_script
from server.inbox.page import desk
from server.services import keys as key_services


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/keys", keys, "GET")
    add(blueprint, "/keys", save_first_keys, "POST")
    add(blueprint, "/keys/wrapped", wrapped_keys, "GET")


@needs("work_referrals")
def keys() -> tuple[str, int]:
    """Whether the team can open notes, and how to begin."""
    return _page(200)


@needs("work_referrals")
def save_first_keys() -> Any:
    """Store what the browser made, once."""
    form = FirstKeysForm()
    if not form.validate_on_submit():
        return _page(422, refused=True)
    try:
        key_services.save_first_keys(
            member(),
            form.identity_recipient.data or "",
            unwrapped(form.identity_wrapped),
            form.team_recipient.data or "",
            form.vouch_key.data or "",
            unwrapped(form.team_wrap),
            clock.now(),
        )
    except key_services.KeysRefused:
        return _page(422, refused=True)
    except key_services.KeysAlreadyMade:
        return _page(409, already=True)
    return redirect(url_for("inbox.keys", done="made"), 303)


@needs_in_script("work_referrals")
def wrapped_keys() -> Response:
    """The member's and the team's identity, both sealed; the browser opens them with the seven words."""
    found = key_services.wrapped_keys(member())
    return jsonify(
        identity_wrapped=_base64(found.identity_wrapped),
        team_wrap=_base64(found.team_wrap),
        recipient=found.recipient,
    )


def _page(status: int, refused: bool = False, already: bool = False) -> tuple[str, int]:
    return desk(
        "inbox/keys.html",
        clock.now(),
        status,
        keys=key_services.wrapped_keys(member()),
        form=FirstKeysForm(formdata=None),
        refused=refused,
        already=already,
        done=request.args.get("done", ""),
    )


def _base64(file: bytes | None) -> str | None:
    return base64.b64encode(file).decode() if file is not None else None
