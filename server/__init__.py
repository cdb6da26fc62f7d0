"""Heed's server. `create_app` is the only place where its parts are tied together."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from server.config import Config

# The whole of a request: a referral with its sealed note is about 40 KiB at most.
MOST_BODY_BYTES = 64 * 1024


def create_app(config: "Config | None" = None) -> "Flask":
    """The application, ready to serve; the factory that `heed serve` gives to the web server.

    In: the settings, or None to read them from the environment. Raises ConfigRefused. The database must be
    migrated: the definitions of this release are written into it here.
    """
    # Imported here, because every `import server.screening` runs this file, and screening must not bring
    # Flask along.
    import logging
    import os

    from flask import Flask

    from server import errors, inbox, locale, metrics, request_log
    from server.config import from_environment
    from server.database import engine_options, prepare
    from server.extensions import db
    from server.hosts import HostGate
    from server.no_session import NoSession
    from server.phone import api
    from server.services import definitions

    settings = config or from_environment(os.environ)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    app = Flask(__name__, static_folder=None)
    app.config.update(
        HEED=settings,
        SECRET_KEY=settings.secret,
        MAX_CONTENT_LENGTH=MOST_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BODY_BYTES,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
    )
    app.session_interface = NoSession()
    db.init_app(app)
    metrics.init_app(app)
    request_log.init_app(app)
    errors.init_app(app)
    locale.init_app(app)
    api.init_app(app)
    app.register_blueprint(inbox.blueprint)
    app.wsgi_app = HostGate(app.wsgi_app, settings)  # type: ignore[method-assign]  # Flask's documented way
    with app.app_context():
        prepare(db.engine)
        definitions.keep_shipped()
    return app
