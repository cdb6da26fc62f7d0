"""Who is asking: the cookie of a signed-in browser, and the one that guards the sign-in form.

The token is in the cookie and nowhere else. Flask's own session is not used: nothing is kept in the browser.
"""

import secrets

from flask import Response, g, request

from server import clock, locale
from server.hosts import HOST
from server.models import Member, MemberSession
from server.services.accounts import sessions

COOKIE = "__Host-heed"
# Before anybody is signed in there is no session to bind a form to; this random value takes its place.
FORM_COOKIE = "__Host-heed-form"


def begin() -> None:
    """Find the session of this request, once. On the field host there is none, whatever cookie came."""
    g.member_session = None
    if request.environ.get(HOST) != "inbox":
        return
    token = request.cookies.get(COOKIE)
    if token:
        take_up(token)


def take_up(token: str) -> None:
    """From here on this request belongs to the session of this token, if that lives."""
    g.member_session = sessions.current_session(token, clock.now())
    if g.member_session:
        locale.say_in(g.member_session.locale)


def session() -> MemberSession | None:
    """The living session of this browser, or None."""
    found: MemberSession | None = g.get("member_session")
    return found


def member() -> Member:
    """Who is signed in. Only for views that need a member: raises LookupError otherwise."""
    found = session()
    if found is None:
        raise LookupError("nobody is signed in; the view must say @needs(…)")
    return found.member


def is_fresh() -> bool:
    """Whether they signed in so lately that they may change how they sign in."""
    found = session()
    return found is not None and sessions.is_fresh(found, clock.now())


def token() -> str:
    """The token in the cookie, or nothing."""
    return request.cookies.get(COOKIE, "")


def binding() -> str:
    """What the forms of this browser are bound to: the session's own value, or the sign-in form's guard."""
    found = session()
    if found is not None:
        return found.csrf
    if "form_binding" not in g:
        g.form_binding = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32)
    made: str = g.form_binding
    return made


def remember(response: Response, new_token: str) -> Response:
    """Sign this browser in. The cookie ends with the browser; the server ends it sooner."""
    set_cookie(response, COOKIE, new_token)
    delete_cookie(response, FORM_COOKIE)
    return response


def forget(response: Response) -> Response:
    """Sign this browser out."""
    delete_cookie(response, COOKIE)
    return response


def guard_form(response: Response) -> Response:
    """Give the browser the value that the form on this page is bound to. A session guards its forms itself."""
    if session() is None:
        set_cookie(response, FORM_COOKIE, binding())
    return response


def set_cookie(response: Response, name: str, value: str) -> None:
    """For this host only, for no script, and never sent along from another site."""
    response.set_cookie(name, value, secure=True, httponly=True, samesite="Strict", path="/")


def delete_cookie(response: Response, name: str) -> None:
    """Take a cookie of ours away. The attributes must be those it was set with, or the browser keeps it."""
    response.delete_cookie(name, secure=True, httponly=True, samesite="Strict", path="/")
