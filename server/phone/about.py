"""GET health, health/live, health/ready and openapi.json: that the server is there, fit for work, and what it
understands. Never which version of what it is made of, and where its database is.

Health is open to anyone: balancers and watchers hold no secret, and a word that says yes or no gives nothing away.
"""

from typing import Any

from flask import current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from server.extensions import db
from server.migrations.state import is_newest
from server.models import Definition
from server.phone.arguments import PhoneBlueprint
from server.phone.doors import for_anyone
from server.phone.schemas import HealthSchema, ProblemSchema
from server.problems import CONTENT_TYPE, Problem
from server.screening.definitions import shipped

_RETRY_SECONDS = "5"

blueprint = PhoneBlueprint("about", __name__, description="The server itself")


@blueprint.route("/health")
@for_anyone
@blueprint.response(200, HealthSchema)
def health() -> dict[str, Any]:
    """Whether the server answers and reaches its database."""
    db.session.execute(text("SELECT 1"))
    return {}


@blueprint.route("/health/live")
@for_anyone
@blueprint.response(200, HealthSchema)
def live() -> dict[str, Any]:
    """Whether the process answers. Asks nothing else: a restart would not bring a database back."""
    return {}


@blueprint.route("/health/ready")
@for_anyone
@blueprint.response(200, HealthSchema)
@blueprint.alt_response(503, schema=ProblemSchema, content_type=CONTENT_TYPE, description="Send nothing here yet")
def ready() -> dict[str, Any]:
    """Whether requests may be sent here: the database is reached and as new as the program, and the definitions lie in
    it."""
    try:
        newest = is_newest(db.engine)
        kept = newest and _definitions_kept()
    except SQLAlchemyError:
        raise _not_ready("database-away", "The database cannot be reached") from None
    if not newest:
        raise _not_ready("not-migrated", "The database is not as new as the program")
    if not kept:
        raise _not_ready("definitions-missing", "The definitions of this release are not in the database")
    return {}


def _definitions_kept() -> bool:
    there = select(func.count()).select_from(Definition).where(Definition.hash.in_(shipped()))
    return db.session.scalar(there) == len(shipped())


def _not_ready(code: str, title: str) -> Problem:
    return Problem(503, code, title, "Try again in a few seconds.", headers={"Retry-After": _RETRY_SECONDS})


@blueprint.route("/openapi.json")
@for_anyone
@blueprint.alt_response(200, schema={"type": "object"}, success=True, description="The description")
@blueprint.doc(summary="This description")
def openapi() -> ResponseReturnValue:
    """The interface as OpenAPI 3.1."""
    return jsonify(current_app.extensions["heed.openapi"].to_dict())
