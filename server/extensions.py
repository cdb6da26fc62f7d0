"""The Flask extensions, made here once and tied to an app in `create_app`. Only this file knows
Flask-SQLAlchemy."""

from flask_sqlalchemy import SQLAlchemy

from server.models.base import Base

# Models inherit from `Base`, never from `db.Model`: the extension lends its engine and the session of a
# request.
db = SQLAlchemy(model_class=Base)
