"""POST devices: a phone joins a team by an invitation. Nothing about the phone is asked or kept."""

from typing import Any

from server import clock
from server.phone.arguments import PhoneBlueprint
from server.phone.doors import for_invitation
from server.phone.schemas import InvitationSchema, JoinedSchema
from server.problems import Problem
from server.services import devices

blueprint = PhoneBlueprint("devices", __name__, description="Joining a team")


@blueprint.route("/devices", methods=["POST"])
@for_invitation
@blueprint.arguments(InvitationSchema)
@blueprint.response(201, JoinedSchema)
def join(given: dict[str, str]) -> dict[str, Any]:
    """Join a team: the answer holds the token that is this phone's from now on."""
    try:
        joined = devices.join(given["invitation"], clock.now())
    except devices.InvitationRefused:
        raise Problem(
            403,
            "invitation-not-valid",
            "This invitation does not work",
            "It is over, used up, or not whole. Ask the coordinator for a new one.",
        ) from None
    return {"device_token": joined.token, "organisation": joined.team.organisation, "team": joined.team}
