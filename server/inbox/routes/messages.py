"""Sealed messages about a referral, for the script of its page: it opens them, and seals what is written there."""

import base64
import binascii
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, jsonify

from server import clock
from server.inbox import times
from server.inbox.browser_session import member
from server.inbox.forms.messages import MessageForm
from server.inbox.needs import add, needs_in_script
from server.services import triage
from server.services.messages import at_desk


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/referrals/<uuid:number>/messages", messages, "GET")
    add(blueprint, "/referrals/<uuid:number>/messages", write_message, "POST")


@needs_in_script("work_referrals")
def messages(number: UUID) -> Response:
    """All that was written, sealed as it came.

    A GET that marks as read, as the page of a referral does: see `note` in routes/referrals.py.
    """
    try:
        found = at_desk.fetched(member(), str(number), clock.now())
    except triage.NotThisTeam:
        abort(404)
    return jsonify([_shown(one) for one in found])


@needs_in_script("work_referrals")
def write_message(number: UUID) -> tuple[Response, int]:
    """Keep a message to the phone, or a note for the team."""
    form = MessageForm()
    sound = form.validate_on_submit()
    try:
        at_desk.check_reach(member(), str(number))
        if not sound:
            return jsonify(problem="form"), 422
        file = base64.b64decode(form.file.data or "", validate=True)
        place = (form.direction.data or "", form.seq.data or 0)
        at_desk.write(member(), str(number), *place, file, form.mac.data or "", clock.now())
    except triage.NotThisTeam:
        abort(404)
    except (binascii.Error, ValueError):
        # NotSealed is a ValueError too: either way the script made something that is no sealed file.
        return jsonify(problem="form"), 422
    except at_desk.ReferralClosed:
        return jsonify(problem="closed"), 422
    except at_desk.PlaceTaken:
        return jsonify(problem="stale"), 409
    return jsonify(ok=True), 200


def _shown(one: at_desk.Written) -> dict[str, Any]:
    return {
        "direction": one.direction,
        "seq": one.seq,
        "file": base64.b64encode(one.file).decode(),
        "mac": one.mac,
        "sha256": one.sha256,
        "at": one.at.isoformat(),
        # As the page writes times: the script has no words and no clock of its own.
        "said": _said(one.at),
        "who": one.who,
    }


def _said(at: datetime) -> str:
    return times.day(at.date()) if times.is_day_only(at) else times.absolute(at)
