"""One's own account: the ways to sign in, the sessions, what the roles allow. It tells of sessions how and when, never
from which browser or address: nobody notes those."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for

from server import clock
from server.inbox import browser_session
from server.inbox.browser_session import member
from server.inbox.forms.base import Form
from server.inbox.needs import add, needs
from server.inbox.page import desk
from server.inbox.routes import account_factors
from server.services.accounts import account as own
from server.services.accounts import passkeys, sessions


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/account", account, "GET")
    add(blueprint, "/account/sessions/<public_id>/end", end_session, "POST")
    add(blueprint, "/account/sessions/end-others", end_other_sessions, "POST")
    account_factors.register(blueprint)


@needs("own_account")
def account() -> Any:
    """How one signs in, where one is signed in, and what one's role may do."""
    now = clock.now()
    return desk(
        "inbox/account/account.html",
        now,
        passkeys=passkeys.passkeys_of(member()),
        factors=own.factors(member()),
        sessions=sessions.sessions_of(member(), now),
        this=browser_session.session(),
        fresh=browser_session.is_fresh(),
        form=Form(formdata=None),
        done=request.args.get("done", ""),
        refused=request.args.get("refused", ""),
    )


@needs("own_account")
def end_session(public_id: str) -> Response:
    """End one session. One that is over already is no error: the outcome is the same."""
    Form().validate_on_submit()
    sessions.end_session(member(), public_id, clock.now())
    return _back("session-ended")


@needs("own_account")
def end_other_sessions() -> Response:
    """End all sessions but this one."""
    Form().validate_on_submit()
    sessions.end_other_sessions(member(), browser_session.token(), clock.now())
    return _back("sessions-ended")


def _back(done: str) -> Response:
    return make_response(redirect(url_for("inbox.account", done=done), 303))
