"""GET and DELETE devices/current: what a phone should know of its team now, and its last word when it goes."""

from typing import Any

from flask import g

from server import clock
from server.phone.arguments import PhoneBlueprint
from server.phone.doors import for_device
from server.phone.schemas import CurrentSchema
from server.services.phones import devices

blueprint = PhoneBlueprint("current-device", __name__, description="This phone and its team")


@blueprint.route("/devices/current")
@for_device
@blueprint.response(200, CurrentSchema)
def current_device() -> dict[str, Any]:
    """How the phone stands: `wipe` tells it to send what it has and then to empty itself."""
    return {"state": "wipe" if g.phone.wipe_asked else "active", "device": devices.whole(g.phone)}


@blueprint.route("/devices/current", methods=["DELETE"])
@for_device
@blueprint.response(204)
def forget_device() -> None:
    """The phone has emptied itself, or has left: its token is good for nothing from now on."""
    devices.left(g.phone, clock.now())
