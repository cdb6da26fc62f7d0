"""Signing in, signing out, and the language of a session."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from server import clock, locale
from server.inbox import browser_session
from server.inbox.forms import Form, LanguageForm, SignInForm
from server.inbox.needs import add, needs_member, needs_nobody
from server.services import accounts, limits


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/sign-in", sign_in, "GET")
    add(blueprint, "/sign-in", try_sign_in, "POST")
    add(blueprint, "/sign-out", sign_out, "POST")
    add(blueprint, "/language", choose_language, "POST")


@needs_nobody
def sign_in() -> Answer:
    """The sign-in form."""
    to = request.args.get("to", "")
    form = SignInForm(formdata=None, to=to, language=request.args.get("language", ""))
    return _form(form, 200, ended=bool(to) and browser_session.token() != "")


@needs_nobody
def try_sign_in() -> Answer:
    """Sign in, or say that it did not work, the same for every cause."""
    now = clock.now()
    form = SignInForm()
    if not form.validate_on_submit():
        return _form(form, 422, refused=True)
    if not limits.allow("sign-in", request.remote_addr or "", now):
        return _form(form, 429, slow_down=True)
    try:
        signed_in = accounts.sign_in(
            (form.name.data or "").strip(), form.password.data or "", (form.code.data or "").strip(), now
        )
    except accounts.SignInRefused:
        return _form(form, 422, refused=True)
    if locale.is_offered(form.language.data or ""):
        accounts.set_locale(signed_in.token, form.language.data or "")
    return browser_session.remember(_redirect(_inside(form.to.data)), signed_in.token)


@needs_member
def sign_out() -> Answer:
    """End the session on the server and in the browser."""
    Form().validate_on_submit()
    accounts.sign_out(browser_session.token())
    return browser_session.forget(_redirect(url_for("inbox.sign_in")))


@needs_member
def choose_language() -> Answer:
    """Show everything in another language from now on."""
    form = LanguageForm()
    if form.validate_on_submit():
        accounts.set_locale(browser_session.token(), form.language.data or "")
    return _redirect(_inside(form.back.data))


def _form(form: SignInForm, status: int, **said: Any) -> Response:
    said = {"refused": False, "slow_down": False, "ended": False, **said}
    page = render_template("inbox/sign_in.html", form=form, locales=locale.offered(), **said)
    return browser_session.guard_form(make_response(page, status))


def _redirect(to: str) -> Response:
    return make_response(redirect(to, 303))


def _inside(path: str | None) -> str:
    """A path of this host, else the list. Two slashes or a backslash would lead to another host."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return url_for("inbox.referrals")
    return path
