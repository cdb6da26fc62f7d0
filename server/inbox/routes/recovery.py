"""Signing in with a recovery code, for the day the passkey or the phone is lost."""

from flask import Blueprint, Response, request, url_for

from server import clock
from server.inbox import browser_session
from server.inbox.door import door
from server.inbox.entering import enter
from server.inbox.forms.sign_in import RecoveryForm
from server.inbox.needs import add
from server.inbox.routes.sessions import at_the_door
from server.services import limits
from server.services.accounts import sign_in as signing_in


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/sign-in/recovery", recovery, "GET")
    add(blueprint, "/sign-in/recovery", try_recovery, "POST")


@at_the_door
def recovery() -> Response:
    """The form for a recovery code."""
    asked = request.args
    carried = {name: asked.get(name, "") for name in ("to", "language", "again")}
    return _page(RecoveryForm(formdata=None, **carried), 200)


@at_the_door
def try_recovery() -> Response:
    """Sign in with a recovery code, once; then to one's account, where a new way to sign in is made."""
    now = clock.now()
    form = RecoveryForm()
    sound = form.validate_on_submit()
    if request.form.get("ask"):
        # The sign-in page sent on what waits; nothing was tried.
        return _page(form, 200)
    if not sound:
        return _page(form, 422, refused=True)
    if not limits.allow("sign-in", request.remote_addr or "", now):
        return _page(form, 429, slow_down=True)
    name, password = (form.name.data or "").strip(), form.password.data or ""
    try:
        signed_in = signing_in.sign_in_with_recovery_code(
            name, password, form.code.data or "", now, browser_session.token()
        )
    except signing_in.SignInRefused:
        return _page(form, 422, refused=True)
    return enter(signed_in.token, form, url_for("inbox.account", done="recovered"))


def _page(form: RecoveryForm, status: int, refused: bool = False, slow_down: bool = False) -> Response:
    return door("inbox/sign_in/recovery.html", status, form=form, refused=refused, slow_down=slow_down)
