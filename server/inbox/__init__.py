"""The coordinator's pages. Views turn HTTP into calls of services and back; they decide nothing."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from jinja2 import StrictUndefined

from server.inbox import browser_session, built, page, times, words
from server.inbox.routes import keys, mark, problems, referrals, sessions

blueprint = Blueprint("inbox", __name__, template_folder="templates")


def _set_up(state: BlueprintSetupState) -> None:
    environment = state.app.jinja_env
    # A name that is not there is a fault to mend, never an empty place on a page about a person at risk.
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(
        icon=page.icon, script_url=built.script_url, style_url=built.style_url, times=times, words=words
    )


blueprint.record_once(_set_up)
# For the whole app: the page of an error outside the routes is in the session's language too.
blueprint.before_app_request(browser_session.begin)
for routes in (sessions, referrals, keys, mark, problems):
    routes.register(blueprint)
