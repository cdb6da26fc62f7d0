"""POST devices: a phone joins a team by an invitation. Nothing about the phone is asked or kept."""

from typing import Any

from server import clock
from server.phone.arguments import PhoneBlueprint
from server.phone.doors import for_invitation
from server.phone.schemas import InvitationSchema, JoinedSchema
from server.problems import Problem
from server.services.phones import devices

blueprint = PhoneBlueprint("devices", __name__, description="Joining a team")

_REFUSALS = {
    "invitation-unknown": ("This invitation is not known", "Check that the link is whole."),
    "invitation-used-up": ("This invitation is used up", "Ask the team for a new one."),
    "invitation-over": ("This invitation is over", "It was good for seven days. Ask the team for a new one."),
    "invitation-ended": ("This invitation was ended by the team", "Ask the team for a new one."),
}


@blueprint.route("/devices", methods=["POST"])
@for_invitation
@blueprint.arguments(InvitationSchema)
@blueprint.response(201, JoinedSchema)
def join(given: dict[str, str]) -> dict[str, Any]:
    """Join a team: the answer holds the token that is this phone's from now on."""
    try:
        joined = devices.join(given["invitation"], clock.now())
    except devices.InvitationRefused as refused:
        raise Problem(403, refused.code, *_REFUSALS[refused.code]) from None
    return {"device_token": joined.token, "device": joined.device}
