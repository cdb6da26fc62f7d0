"""The pages in front of the desk: signing in, recovery, welcome. They are for people nobody knows yet, so they
tell nothing about accounts, teams or referrals."""

from typing import Any

from flask import Response, current_app, make_response, render_template, request, url_for

from server import clock, locale
from server.inbox import browser_session
from server.inbox.forms.sign_in import DoorForm, PasskeySignInForm
from server.services.accounts import passkeys


def door(template: str, status: int, **values: Any) -> Response:
    """A page in front of the desk, its form guarded. In: the template, the status, what the template needs."""
    page = render_template(template, locales=locale.offered(), language=asked_language(), **values)
    return browser_session.guard_form(make_response(page, status))


def sign_in_page(form: DoorForm, status: int, **said: Any) -> Response:
    """The sign-in page. In: the form with what was typed, and what is to be said about it (`refused`,
    `slow_down`, `ended`, `clock_minutes`)."""
    said = {"refused": "", "slow_down": False, "ended": False, "clock_minutes": None, **said}
    options = passkeys.sign_in_options(passkeys.site_of(current_app.config["HEED"]), binding(), clock.now())
    carried = {name: form[name].data for name in ("to", "language", "again", "kept")}
    with_passkey = PasskeySignInForm(formdata=None, **carried)
    return door("inbox/sign_in.html", status, form=form, with_passkey=with_passkey, options=options, **said)


def binding() -> str:
    """What a passkey's challenge on this page is bound to: the same as its forms."""
    return browser_session.binding()


def asked_language() -> str:
    """The language that was chosen at the door and travels from page to page, or nothing."""
    asked = request.values.get("language", "")
    return asked if locale.is_offered(asked) else ""


def is_inside(path: str) -> bool:
    """Whether this is a path of this host. Two slashes or a backslash would lead to another one."""
    return path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()


def inside(path: str | None) -> str:
    """The path if it is one of this host, else the list."""
    return path if path and is_inside(path) else url_for("inbox.referrals")
