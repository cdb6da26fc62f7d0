"""The phone's API put together: its blueprints under /api/v1, described as OpenAPI 3.1."""

from flask import Flask
from flask_smorest import Api

from server.hosts import API
from server.phone import about, content, current_device, following, joining, messages, referrals
from server.phone.schemas import ProblemSchema
from server.problems import CONTENT_TYPE


class PhoneApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """Describes errors as problem documents; `server.errors` writes them."""

    ERROR_SCHEMA = ProblemSchema

    def _register_responses(self) -> None:
        """The responses beside a route's own: all of them are errors, which have their own content type."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = CONTENT_TYPE
        super()._register_responses()
        # From here on that of the class again, for what routes answer.
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def _register_error_handlers(self) -> None:
        """None of flask-smorest's own: their form is another, and they would catch the inbox's errors too."""


def init_app(app: Flask) -> None:
    """Register every route of the phone."""
    app.config.update(API_TITLE="Heed, the worker's phone", API_VERSION="1", OPENAPI_VERSION="3.1.0")
    api = PhoneApi(app)
    app.extensions["heed.openapi"] = api.spec
    for part in (content, joining, current_device, referrals, following, messages, about):
        api.register_blueprint(part.blueprint, url_prefix=API)
