"""Changing how one signs in: passkeys, password, code app, recovery codes. Each needs a fresh sign-in."""

import secrets
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, url_for

from server import clock
from server.inbox import browser_session, code_secret, passkey_schema
from server.inbox.browser_session import member
from server.inbox.door import binding
from server.inbox.forms.account import AddPasskeyForm, CodeAppForm, PasswordForm
from server.inbox.forms.base import Form
from server.inbox.fresh import fresh
from server.inbox.needs import add, needs
from server.inbox.page import desk
from server.services.accounts import account as own
from server.services.accounts import one_time_codes, passkeys


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/account/passkey", new_passkey, "GET")
    add(blueprint, "/account/passkey", add_passkey, "POST")
    add(blueprint, "/account/passkeys/<int:passkey_id>/remove", remove_passkey, "POST")
    add(blueprint, "/account/password", password, "GET")
    add(blueprint, "/account/password", change_password, "POST")
    add(blueprint, "/account/code-app", code_app, "GET")
    add(blueprint, "/account/code-app", change_code_app, "POST")
    add(blueprint, "/account/recovery-codes", recovery_codes, "GET")
    add(blueprint, "/account/recovery-codes", make_recovery_codes, "POST")


@needs("own_account")
@fresh
def new_passkey() -> Any:
    """The page that makes a passkey."""
    return _passkey_page(200)


@needs("own_account")
@fresh
def add_passkey() -> Any:
    """Keep its public half."""
    form = AddPasskeyForm()
    form.validate_on_submit()
    try:
        answer = passkey_schema.attestation(form.passkey.data)
        passkeys.add(_site(), binding(), member(), answer, clock.now())
    except passkey_schema.AnswerRefused:
        return _passkey_page(422, problem="refused")
    except passkeys.PasskeyRefused as refused:
        return _passkey_page(422, problem=refused.why)
    return _back("passkey-added")


@needs("own_account")
@fresh
def remove_passkey(passkey_id: int) -> Response:
    """Take one out, unless it is the only way in."""
    Form().validate_on_submit()
    try:
        passkeys.remove(member(), passkey_id, clock.now())
    except passkeys.NoSuchPasskey:
        abort(404)
    except passkeys.LastFactor:
        return make_response(redirect(url_for("inbox.account", refused="last-way"), 303))
    return _back("passkey-removed")


@needs("own_account")
@fresh
def password() -> Any:
    """The form for another password."""
    return _password_page(200)


@needs("own_account")
@fresh
def change_password() -> Any:
    """Set it, and end every other session."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return _password_page(422, problem="new")
    current, new = form.password_current.data or "", form.password_new.data or ""
    try:
        own.change_password(member(), current, new, browser_session.token(), clock.now())
    except own.PasswordWrong:
        return _password_page(422, problem="current")
    except own.TooEasyToGuess as easy:
        return _password_page(422, problem="new", why=easy.why)
    return _back("password-changed")


@needs("own_account")
@fresh
def code_app() -> Any:
    """The picture for a new code app."""
    return _code_app_page(200)


@needs("own_account")
@fresh
def change_code_app() -> Any:
    """Take the new app in place of the one before, once it has shown a code that fits."""
    form = CodeAppForm()
    if not form.validate_on_submit():
        return _code_app_page(422, problem="code")
    draw = form.draw.data or ""
    try:
        own.change_totp(member(), _code_secret(draw), form.code.data or "", clock.now())
    except own.CodeDoesNotFit:
        return _code_app_page(422, draw, problem="code")
    except own.ClockIsOff as off:
        return _code_app_page(422, draw, problem="clock", minutes=abs(off.minutes))
    return _back("code-app-changed")


@needs("own_account")
@fresh
def recovery_codes() -> Any:
    """What making new ones means."""
    left = own.remaining_codes(member())
    return desk("inbox/account/recovery_codes.html", clock.now(), form=Form(formdata=None), left=left, codes=None)


@needs("own_account")
@fresh
def make_recovery_codes() -> Any:
    """Make ten, and show them in this answer only."""
    Form().validate_on_submit()
    now = clock.now()
    codes = own.new_recovery_codes(member(), now)
    return desk("inbox/account/recovery_codes.html", now, form=Form(formdata=None), left=len(codes), codes=codes)


def _site() -> passkeys.Site:
    return passkeys.site_of(current_app.config["HEED"])


def _code_secret(draw: str) -> str:
    """The secret of a new code app: worked out from the session and a number that the page carries, so that it is
    in no request, and another one each time the page is opened."""
    return one_time_codes.derived_secret(current_app.config["HEED"].secret, browser_session.token(), draw)


def _passkey_page(status: int, problem: str = "") -> Any:
    now = clock.now()
    options = passkeys.registration_options(_site(), binding(), member(), now)
    form = AddPasskeyForm(formdata=None)
    return desk("inbox/account/passkey.html", now, status, form=form, options=options, problem=problem)


def _password_page(status: int, problem: str = "", why: str = "short") -> Any:
    has_password = own.factors(member()).has_password
    said = {"has_password": has_password, "problem": problem, "why": why}
    return desk("inbox/account/password.html", clock.now(), status, form=PasswordForm(formdata=None), **said)


def _code_app_page(status: int, draw: str = "", problem: str = "", minutes: int = 0) -> Any:
    draw = draw or secrets.token_urlsafe(12)
    secret = _code_secret(draw)
    return desk(
        "inbox/account/code_app.html",
        clock.now(),
        status,
        form=CodeAppForm(formdata=None, draw=draw),
        qr=code_secret.picture(secret, member()),
        secret=code_secret.in_groups(secret),
        problem=problem,
        minutes=minutes,
    )


def _back(done: str) -> Response:
    return make_response(redirect(url_for("inbox.account", done=done), 303))
