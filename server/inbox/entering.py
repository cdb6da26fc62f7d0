"""What follows a sign-in, whichever way it was done: the cookie, the language, and a form that was waiting."""

from flask import Response, make_response, redirect

from server import locale
from server.inbox import browser_session, kept_form
from server.inbox.door import inside
from server.inbox.forms.sign_in import DoorForm
from server.services.accounts import sessions


def enter(token: str, form: DoorForm, onward: str | None = None) -> Response:
    """Sign this browser in with a new token. In: the form that came, and where to go when nothing waits
    (by default where the form says)."""
    language = form.language.data or ""
    if locale.is_offered(language):
        sessions.set_locale(token, language)
    browser_session.take_up(token)
    answer = kept_form.about_to_send(form.kept.data, form.to.data)
    if answer is None:
        answer = make_response(redirect(onward or inside(form.to.data), 303))
    return browser_session.remember(answer, token)
