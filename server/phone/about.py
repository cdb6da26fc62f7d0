"""GET health and GET openapi.json: that the server is there, and what it understands."""

from typing import Any

from flask import current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from server.extensions import db
from server.phone.arguments import PhoneBlueprint
from server.phone.doors import for_anyone
from server.phone.schemas import HealthSchema

blueprint = PhoneBlueprint("about", __name__, description="The server itself")


@blueprint.route("/health")
@for_anyone
@blueprint.response(200, HealthSchema)
def health() -> dict[str, Any]:
    """Whether the server answers and reaches its database."""
    db.session.execute(text("SELECT 1"))
    return {}


@blueprint.route("/openapi.json")
@for_anyone
@blueprint.alt_response(200, schema={"type": "object"}, success=True, description="The description")
@blueprint.doc(summary="This description")
def openapi() -> ResponseReturnValue:
    """The interface as OpenAPI 3.1."""
    return jsonify(current_app.extensions["heed.openapi"].to_dict())
