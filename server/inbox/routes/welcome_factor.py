"""The last step of a link: a passkey, or a password with a code app. Then the account is made, its holder signed in,
and the recovery codes are shown, this once."""

from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from server import clock
from server.inbox import browser_session, code_secret, link_cookie, passkey_schema
from server.inbox.door import asked_language, binding, door
from server.inbox.forms.base import Form
from server.inbox.forms.welcome import NewPasskeyForm, NewPasswordForm
from server.inbox.link_cookie import away_from, link, needs_link
from server.inbox.needs import add
from server.services import limits
from server.services.accounts import enrolment, passkeys, roles, sessions


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/welcome/factor", welcome_factor, "GET")
    add(blueprint, "/welcome/factor", make_account, "POST")


@needs_link
def welcome_factor() -> Any:
    """How they sign in from now on."""
    return away_from("factor") or _page(200)


@needs_link
def make_account() -> Any:
    """Use the link up."""
    by_passkey = "passkey" in request.form
    form = NewPasskeyForm() if by_passkey else NewPasswordForm()
    sound = form.validate_on_submit()
    if away := away_from("factor"):
        return away
    if not limits.allow("link", request.remote_addr or "", clock.now()):
        return _page(429, problem="slow_down")
    if not sound:
        return _page(422, problem="code")
    return _with_passkey(form) if by_passkey else _with_password(form)


def _with_passkey(form: Form) -> Response:
    site = passkeys.site_of(current_app.config["HEED"])
    try:
        answer = passkey_schema.attestation(form.passkey.data)
        enrolled = enrolment.finish_with_passkey(link_cookie.secret(), site, binding(), answer, clock.now())
    except (passkey_schema.AnswerRefused, passkeys.PasskeyRefused):
        return _page(422, problem="passkey")
    return _made(enrolled)


def _with_password(form: Form) -> Response:
    password, code = form.password_new.data or "", form.code.data or ""
    try:
        enrolled = enrolment.finish_with_password(link_cookie.secret(), password, code, _secret(), clock.now())
    except enrolment.TooEasyToGuess as easy:
        return _page(422, problem="password", why=easy.why)
    except enrolment.CodeDoesNotFit:
        return _page(422, problem="code")
    except enrolment.ClockIsOff as off:
        return _page(422, problem="clock", minutes=abs(off.minutes))
    return _made(enrolled)


def _made(enrolled: enrolment.Enrolled) -> Response:
    token = enrolled.signed_in.token
    if asked_language():
        sessions.set_locale(token, asked_language())
    browser_session.take_up(token)
    member = browser_session.member()
    makes_keys = member.team.age_recipient is None and roles.may(member, "work_referrals")
    onward = url_for("inbox.keys") if makes_keys else url_for("inbox.referrals")
    page = door("inbox/welcome/codes.html", 200, codes=enrolled.recovery_codes, onward=onward, makes_keys=makes_keys)
    return link_cookie.let_go(browser_session.remember(page, token))


def _secret() -> str:
    """The code app's secret for this link: worked out each time, so that no request has to carry it."""
    return enrolment.totp_secret(current_app.config["HEED"].secret, link_cookie.secret())


def _page(status: int, problem: str = "", why: str = "", minutes: int = 0) -> Response:
    site, now = passkeys.site_of(current_app.config["HEED"]), clock.now()
    member, secret = enrolment.holder(link()), _secret()
    return door(
        "inbox/welcome/factor.html",
        status,
        name=member.sign_in_name,
        way_back=link().kind == "way_back",
        options=enrolment.passkey_options(link_cookie.secret(), site, binding(), now),
        passkey_form=NewPasskeyForm(formdata=None, language=asked_language()),
        form=NewPasswordForm(formdata=None, language=asked_language()),
        qr=code_secret.picture(secret, member),
        secret=code_secret.in_groups(secret),
        problem=problem,
        why=why,
        minutes=minutes,
    )
