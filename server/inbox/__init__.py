"""The coordinator's pages. Views turn HTTP into calls of services and back; they decide nothing."""

from typing import Any

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from jinja2 import StrictUndefined
from werkzeug.routing import IntegerConverter, Map

from server.inbox import browser_session, built, page, times, words
from server.inbox.routes import (
    account,
    audit,
    checkup,
    inviting,
    keys,
    keys_script,
    mark,
    messages,
    organisation,
    partners,
    people,
    phones,
    problems,
    recovery,
    referrals,
    roles,
    rota,
    sessions,
    team,
    transfers,
    welcome,
)
from server.inbox.showing.transfers import of_referral as passed_on_of

blueprint = Blueprint("inbox", __name__, template_folder="templates")


class RowNumber(IntegerConverter):
    """A number in an address. Larger ones are nobody's, and no database could even look for them."""

    def __init__(self, url_map: Map, **given: Any) -> None:
        super().__init__(url_map, **{"max": 2**31 - 1, **given})


def _set_up(state: BlueprintSetupState) -> None:
    # Before the routes are added, which is what the rest of this registration does.
    state.app.url_map.converters["int"] = RowNumber
    environment = state.app.jinja_env
    # A name that is not there is a fault to mend, never an empty place on a page about a person at risk.
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(
        icon=page.icon, script_url=built.script_url, style_url=built.style_url, times=times, words=words
    )
    environment.globals["passed_on_of"] = passed_on_of


blueprint.record_once(_set_up)
# For the whole app: the page of an error outside the routes is in the session's language too.
blueprint.before_app_request(browser_session.begin)
_PARTS = (
    sessions,
    recovery,
    welcome,
    account,
    referrals,
    messages,
    keys,
    keys_script,
    team,
    rota,
    people,
    phones,
    inviting,
    organisation,
    partners,
)
for routes in (*_PARTS, transfers, roles, audit, checkup, mark, problems):
    routes.register(blueprint)
