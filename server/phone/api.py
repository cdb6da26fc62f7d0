"""The phone's API put together: its blueprints under /api/v1, described as OpenAPI 3.1."""

from flask import Flask
from flask_smorest import Api

from server.hosts import API
from server.phone import about, content, following, joining, referrals
from server.phone.schemas import ProblemSchema


class PhoneApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """Describes errors as problem documents; `server.errors` writes them."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """None of flask-smorest's own: their form is another, and they would catch the inbox's errors too."""


def init_app(app: Flask) -> None:
    """Register every route of the phone."""
    app.config.update(API_TITLE="Heed, the worker's phone", API_VERSION="1", OPENAPI_VERSION="3.1.0")
    api = PhoneApi(app)
    app.extensions["heed.openapi"] = api.spec
    for part in (content, joining, referrals, following, about):
        api.register_blueprint(part.blueprint, url_prefix=API)
