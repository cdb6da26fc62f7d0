"""POST referrals: a phone hands over a referral, and gets a receipt once it is in the database, never
before."""

from typing import Any

from flask import current_app, g

from server import clock
from server.phone.arguments import PhoneBlueprint
from server.phone.doors import for_device
from server.phone.schemas import ReceiptSchema, ReferralSchema
from server.problems import Problem
from server.services import intake
from server.services.phones.senders import TeamNotOffered, sender_of
from server.services.sealed_notes import Sealed

blueprint = PhoneBlueprint("referrals", __name__, description="Handing over what was noticed")

_REFUSALS = {
    "other-content": (409, "This id is taken", "It came before with other content. Make a new id."),
    "withdrawn": (409, "The referral was taken back", "Its note is deleted, and none is taken in any more."),
    "note-already-read": (409, "The note was read", "It cannot be replaced any more."),
    "note-replaced-before": (409, "The note was replaced before", "It can be replaced once."),
    "too-many": (429, "This phone has sent very many", "Keep the referral and try again within the hour."),
}
_RETRY_SECONDS = "600"


@blueprint.route("/referrals", methods=["POST"])
@for_device
# One schema for all requests: webargs makes a new one for each when it is given the class.
@blueprint.arguments(ReferralSchema())
@blueprint.response(201, ReceiptSchema)
@blueprint.alt_response(200, schema=ReceiptSchema, success=True, description="The same again")
def send_referral(given: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Store a referral, once, however often it is sent: for the phone's own team, or for the one it chose."""
    try:
        sender = sender_of(g.phone, given.get("team"))
    except TeamNotOffered:
        raise Problem(
            403, "team-not-offered", "This phone may not send to that team", "Choose one that the phone was given."
        ) from None
    sealed = given.get("sealed")
    incoming = intake.Incoming(
        id=given["id"],
        sender=sender,
        coded=given["coded"],
        receipt_sha256=given["receipt_sha256"],
        sealed=Sealed(sealed["recipient"], sealed["file"]) if sealed else None,
    )
    [outcome] = intake.store([incoming], clock.now(), current_app.config["HEED"].device_ceiling)
    if isinstance(outcome, intake.Refused):
        status, title, detail = _REFUSALS[outcome.code]
        headers = {"Retry-After": _RETRY_SECONDS} if status == 429 else {}
        raise Problem(status, outcome.code, title, detail, headers=headers)
    receipt = {
        "id": outcome.id,
        "reference": outcome.reference,
        "coded_sha256": outcome.coded_sha256,
        "sealed_sha256": outcome.sealed_sha256,
        "received_at": outcome.received_at,
        "due_at": outcome.due_at,
        "team": sender.team,
    }
    return receipt, 201 if outcome.new else 200
