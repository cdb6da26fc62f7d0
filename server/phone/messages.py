"""POST follow-up/messages: a phone writes to its team about a referral, with nothing but the receipt."""

from typing import Any

from flask import current_app, g

from server import clock
from server.phone.arguments import PhoneBlueprint
from server.phone.doors import for_receipt, receipt_unknown
from server.phone.schemas import MessageSchema, ReceivedSchema
from server.problems import Problem
from server.services.follow_up import NoSuchReceipt
from server.services.messages import from_phone

blueprint = PhoneBlueprint("messages", __name__, description="Writing to the team")

_REFUSALS = {
    "other-content": (409, "This place is taken", "A message with this seq came before, with other content."),
    "out-of-order": (409, "A message before it is missing", "Send them in order, each after the answer to the last."),
    "closed": (409, "The referral is closed", "Nothing is added any more. Ring the team if there is more to say."),
    "too-many": (429, "Very many messages", "Keep the message and try again within the hour."),
}
_RETRY_SECONDS = "600"


@blueprint.route("/follow-up/messages", methods=["POST"])
@for_receipt
@blueprint.arguments(MessageSchema)
@blueprint.response(201, ReceivedSchema)
@blueprint.alt_response(200, schema=ReceivedSchema, success=True, description="The same again")
def send_message(given: dict[str, Any]) -> tuple[from_phone.Received, int]:
    """Store a sealed message, once, however often it is sent. The team is the one that has the referral."""
    ceiling = current_app.config["HEED"].device_ceiling
    try:
        received = from_phone.receive(g.receipt_sha256, given["seq"], given["file"], given["mac"], clock.now(), ceiling)
    except NoSuchReceipt:
        raise receipt_unknown() from None
    except from_phone.MessageRefused as refused:
        status, title, detail = _REFUSALS[refused.code]
        headers = {"Retry-After": _RETRY_SECONDS} if status == 429 else {}
        raise Problem(status, refused.code, title, detail, headers=headers) from None
    return received, 201 if received.new else 200
