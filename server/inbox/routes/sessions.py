"""Signing in, signing out, and the language of a session."""

import functools
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, redirect, request, url_for

from server import clock
from server.inbox import browser_session, passkey_schema
from server.inbox.door import binding, door, inside, sign_in_page
from server.inbox.entering import enter
from server.inbox.forms.base import Form
from server.inbox.forms.sign_in import DoorForm, LanguageForm, PasskeySignInForm, SignInForm
from server.inbox.needs import View, add, needs, needs_nothing
from server.services import limits
from server.services.accounts import passkeys, sessions
from server.services.accounts import sign_in as signing_in


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/sign-in", sign_in, "GET")
    add(blueprint, "/sign-in", try_sign_in, "POST")
    add(blueprint, "/sign-in/passkey", try_passkey, "POST")
    add(blueprint, "/sign-in/passkey", passkey_page, "GET")
    add(blueprint, "/sign-in/options", passkey_options, "GET")
    add(blueprint, "/sign-in/help", sign_in_help, "GET")
    add(blueprint, "/sign-out", sign_out, "POST")
    add(blueprint, "/language", choose_language, "POST")


def at_the_door(view: View) -> View:
    """For who is not signed in, or signs in again to change how they do; who else is goes on to the list."""

    @functools.wraps(view)
    def open_to_all(**values: Any) -> Any:
        if browser_session.session() is None or request.values.get("again") == "1":
            return view(**values)
        return redirect(url_for("inbox.referrals"), 303)

    open_to_all.need = "nobody"  # type: ignore[attr-defined]
    return open_to_all


@at_the_door
def sign_in() -> Response:
    """The sign-in page."""
    asked = request.args
    to, again = asked.get("to", ""), asked.get("again", "")
    form = SignInForm(formdata=None, to=to, language=asked.get("language", ""), again=again)
    return sign_in_page(form, 200, ended=bool(to) and not again and browser_session.token() != "")


@at_the_door
def try_sign_in() -> Response:
    """Sign in with a password and a code, or say that it did not work, the same for every cause."""
    now = clock.now()
    form = SignInForm()
    sound = form.validate_on_submit()
    if request.form.get("ask"):
        # Another language was asked for, with a form that waits: nothing was tried.
        return sign_in_page(form, 200)
    if not sound:
        return sign_in_page(form, 422, refused="password")
    if not limits.allow("sign-in", request.remote_addr or "", now):
        return sign_in_page(form, 429, slow_down=True)
    name, password = (form.name.data or "").strip(), form.password.data or ""
    try:
        signed_in = signing_in.sign_in(name, password, form.code.data or "", now, browser_session.token())
    except signing_in.ClockIsOff as off:
        return sign_in_page(form, 422, clock_minutes=off.minutes)
    except signing_in.SignInRefused:
        return sign_in_page(form, 422, refused="password")
    return enter(signed_in.token, form)


@at_the_door
def try_passkey() -> Response:
    """Sign in with a passkey. An answer of another shape is refused before anything is looked at."""
    now = clock.now()
    form = PasskeySignInForm()
    form.validate_on_submit()
    if not limits.allow("sign-in", request.remote_addr or "", now):
        return sign_in_page(_typed_nothing(form), 429, slow_down=True)
    site = passkeys.site_of(current_app.config["HEED"])
    try:
        answer = passkey_schema.assertion(form.passkey.data)
        signed_in = passkeys.sign_in(site, binding(), answer, now, browser_session.token())
    except (passkey_schema.AnswerRefused, passkeys.PasskeyRefused):
        return sign_in_page(_typed_nothing(form), 422, refused="passkey")
    return enter(signed_in.token, form)


@at_the_door
def passkey_page() -> Response:
    """A page that was the answer to a passkey and is loaded anew."""
    return make_response(redirect(url_for("inbox.sign_in"), 303))


@at_the_door
def passkey_options() -> Response:
    """A new challenge for a sign-in page that has been open longer than one is good for."""
    site = passkeys.site_of(current_app.config["HEED"])
    return browser_session.guard_form(jsonify(passkeys.sign_in_options(site, binding(), clock.now())))


@needs_nothing
def sign_in_help() -> Response:
    """What to do when signing in does not work."""
    return door("inbox/sign_in/help.html", 200)


@needs("own_account")
def sign_out() -> Response:
    """End the session on the server and in the browser. The language that was chosen stays for who comes next."""
    Form().validate_on_submit()
    found = browser_session.session()
    chosen = found.locale if found else None
    sessions.sign_out(browser_session.token())
    return browser_session.forget(make_response(redirect(url_for("inbox.sign_in", language=chosen), 303)))


@needs("own_account")
def choose_language() -> Response:
    """Show everything in another language from now on."""
    form = LanguageForm()
    if form.validate_on_submit():
        sessions.set_locale(browser_session.token(), form.language.data or "")
    return make_response(redirect(inside(form.back.data), 303))


def _typed_nothing(form: DoorForm) -> SignInForm:
    carried = {name: form[name].data for name in ("to", "language", "again", "kept")}
    return SignInForm(formdata=None, **carried)
