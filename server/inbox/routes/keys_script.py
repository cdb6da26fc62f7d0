"""The team's keys for scripts: what lies here, and what a browser made to be kept. Only public halves and sealed files
come and go."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, jsonify, request

from server import clock
from server.inbox import browser_session
from server.inbox.browser_session import member
from server.inbox.forms import keys as forms
from server.inbox.forms.base import Form
from server.inbox.forms.keys import is_set, unwrapped
from server.inbox.needs import add, needs_in_script
from server.inbox.showing.keys import state_of
from server.services.keys import admission, first_keys, identities, recovery, renewal, rosters, state, unlocking
from server.services.keys.given import KeysNotTheirs, KeysRefused, KeysStale

Answer = tuple[Response, int]
_AForm = TypeVar("_AForm", bound=Form)


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/keys/state", keys_state, "GET")
    add(blueprint, "/keys", save_first_keys, "POST")
    add(blueprint, "/keys/identity", save_identity, "POST")
    add(blueprint, "/keys/words", save_words, "POST")
    add(blueprint, "/keys/passkey", save_passkey_wrap, "POST")
    add(blueprint, "/keys/half", save_half, "POST")
    add(blueprint, "/keys/members", admit_member, "POST")
    add(blueprint, "/keys/roster", save_roster, "POST")
    add(blueprint, "/keys/renew", renew_keys, "POST")
    add(blueprint, "/keys/drill", save_drill, "POST")


@needs_in_script("work_referrals")
def keys_state() -> Response:
    """Everything that this member's browser needs to open what the team is sent, all of it sealed or public."""
    found = browser_session.session()
    return jsonify(state_of(found, clock.now()) if found else {})


@needs_in_script("work_referrals")
def save_first_keys() -> Answer:
    """The team's first keys, once."""

    def deed(form: forms.FirstKeysForm) -> None:
        sheet = form.recovery()
        if sheet is None:
            raise KeysRefused("the recovery sheet")
        key, wrap = form.key(), unwrapped(form.team_wrap)
        first_keys.save_first_keys(member(), form.identity(), key, wrap, sheet, form.signed(), clock.now())

    return _done(forms.FirstKeysForm, deed)


@needs_in_script("work_referrals")
def save_identity() -> Answer:
    """A member's own key: to be let in by a colleague, or with a place on the roster when the browser could sign it."""

    def deed(form: forms.IdentityForm) -> None:
        if not any(field.data for field in (form.team_wrap, form.roster_body, form.roster_signature)):
            identities.save_identity(member(), form.identity(), is_set(form.words_lost), clock.now())
            return
        place = identities.Place(unwrapped(form.team_wrap), form.signed())
        identities.replace_identity(member(), form.identity(), place, is_set(form.used_recovery), clock.now())

    return _done(forms.IdentityForm, deed)


@needs_in_script("work_referrals")
def save_words() -> Answer:
    """The same key, wrapped by other words or with another anchor."""

    def deed(form: forms.WordsForm) -> None:
        identities.wrap_anew(member(), unwrapped(form.identity_wrapped), is_set(form.drop_passkeys), clock.now())

    return _done(forms.WordsForm, deed)


@needs_in_script("work_referrals")
def save_passkey_wrap() -> Answer:
    """From now on this passkey opens notes too."""

    def deed(form: forms.PasskeyWrapForm) -> None:
        wrap = unwrapped(form.identity_wrap)
        unlocking.keep_passkey_wrap(member(), form.passkey_id.data or 0, wrap, clock.now())

    return _done(forms.PasskeyWrapForm, deed)


@needs_in_script("work_referrals")
def save_half() -> Answer:
    """One half of what opens the team's key in this browser, as long as the session lives."""

    def deed(form: forms.HalfForm) -> None:
        found = browser_session.session()
        if found is not None:
            unlocking.keep_half(found, unwrapped(form.half))

    return _done(forms.HalfForm, deed)


@needs_in_script("work_referrals")
def admit_member() -> Answer:
    """Let a colleague in."""

    def deed(form: forms.AdmitForm) -> None:
        number, key, wrap = form.member_id.data or 0, form.key.data or "", unwrapped(form.team_wrap)
        admission.admit(member(), number, key, wrap, form.signed(), clock.now())

    return _done(forms.AdmitForm, deed)


@needs_in_script("work_referrals")
def save_roster() -> Answer:
    """Another version of the roster."""

    def deed(form: forms.RosterForm) -> None:
        rosters.change_roster(member(), form.signed(), form.recovery(), clock.now())

    return _done(forms.RosterForm, deed)


@needs_in_script("work_referrals")
def renew_keys() -> Answer:
    """The team's next key; `lost`: nothing vouches for it."""

    def deed(form: forms.RenewForm) -> None:
        me, now = member(), clock.now()
        key, wraps, signed = form.key(), form.wrapped_keyrings(), form.signed()
        if is_set(form.lost):
            renewal.give_up(me, key, wraps, form.recovery(), signed, now)
        else:
            sheet = state.recovery_of(me.team)
            renewal.renew(me, key, wraps, form.recovery(sheet.recipient if sheet else ""), signed, now)

    return _done(forms.RenewForm, deed)


@needs_in_script("work_referrals")
def save_drill() -> Answer:
    """Somebody showed that their words, or the recovery sheet, are still there."""

    def deed(form: forms.DrillForm) -> None:
        shown = unlocking.words_drilled if form.what.data == "words" else recovery.recovery_checked
        shown(member(), clock.now())

    return _done(forms.DrillForm, deed)


def _done(kind: type[_AForm], deed: Callable[[_AForm], None]) -> Answer:
    """Read the form, do the deed, say how it went. Raises FormExpired for a form that is not from our page."""
    # Only for who may send it: whoever is not signed in is answered before anything is read.
    request.max_content_length = request.max_form_memory_size = forms.MOST_BODY_BYTES
    form = kind()
    if not form.validate_on_submit():
        return jsonify(problem=f"these fields are missing or too long: {', '.join(form.errors)}"), 422
    try:
        deed(form)
    except KeysRefused as refused:
        return jsonify(problem=str(refused)), 422
    except KeysStale:
        return jsonify(problem="stale"), 409
    except KeysNotTheirs:
        return jsonify(problem="not-theirs"), 403
    return jsonify(ok=True), 200
