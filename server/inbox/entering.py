"""What follows a sign-in, whichever way it was done: the cookie, the language, and a form that was waiting."""

from flask import Response, jsonify, make_response, redirect, request

from server import locale
from server.inbox import browser_session, kept_form
from server.inbox.door import inside
from server.inbox.forms.sign_in import DoorForm
from server.services.accounts import sessions


def enter(token: str, form: DoorForm, onward: str | None = None) -> Response:
    """Sign this browser in with a new token. In: the form that came, and where to go when nothing waits
    (by default where the form says). A script that goes on by itself is told where to, instead of being sent there."""
    language = form.language.data or ""
    if locale.is_offered(language):
        sessions.set_locale(token, language)
    browser_session.take_up(token)
    answer = kept_form.about_to_send(form.kept.data, form.to.data)
    if answer is None:
        to = onward or inside(form.to.data)
        answer = jsonify(to=to) if _by_script() else make_response(redirect(to, 303))
    return browser_session.remember(answer, token)


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"
