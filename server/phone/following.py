"""GET and DELETE follow-up: what became of a referral, and taking it back, for the phone that has its receipt."""

from typing import Any

from flask import g

from server import clock
from server.phone.arguments import PhoneBlueprint
from server.phone.doors import for_receipt, receipt_unknown
from server.phone.schemas import FollowUpSchema
from server.problems import Problem
from server.services import follow_up, withdrawal

blueprint = PhoneBlueprint("follow-up", __name__, description="What became of it")


@blueprint.route("/follow-up")
@for_receipt
@blueprint.response(200, FollowUpSchema)
def show() -> Any:
    """How far the referral of this receipt is, and what its team has answered."""
    try:
        return follow_up.follow_up(g.receipt_sha256)
    except follow_up.NoSuchReceipt:
        raise receipt_unknown() from None


@blueprint.route("/follow-up", methods=["DELETE"])
@for_receipt
@blueprint.response(204)
def withdraw() -> None:
    """Take the referral back, as long as nobody has read it: its note and messages are deleted."""
    try:
        withdrawal.withdraw(g.receipt_sha256, clock.now())
    except follow_up.NoSuchReceipt:
        raise receipt_unknown() from None
    except withdrawal.AlreadyRead:
        raise Problem(
            409, "already-read", "Somebody has read it", "It cannot be taken back any more. Write to the team, or ring."
        ) from None
