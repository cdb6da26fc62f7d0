"""GET follow-up: what became of a referral, for the phone that has its receipt."""

from typing import Any

from flask import g

from server.phone.arguments import PhoneBlueprint
from server.phone.doors import for_receipt
from server.phone.schemas import FollowUpSchema
from server.problems import Problem
from server.services import follow_up

blueprint = PhoneBlueprint("follow-up", __name__, description="What became of it")


@blueprint.route("/follow-up")
@for_receipt
@blueprint.response(200, FollowUpSchema)
def show() -> Any:
    """How far the referral of this receipt is."""
    try:
        return follow_up.follow_up(g.receipt_sha256)
    except follow_up.NoSuchReceipt:
        raise Problem(
            404,
            "receipt-unknown",
            "Nothing is stored under this receipt",
            "It has not arrived, or it is deleted by now.",
        ) from None
