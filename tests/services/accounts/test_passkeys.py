"""Passkeys: what a true one answers signs in once; anything bent, late, replayed or of somebody else is refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from server.config import Config
from server.extensions import db
from server.models import Member, MemberSession, Passkey
from server.services.accounts import passkeys, sessions
from server.services.accounts.passkeys import PasskeyRefused
from server.services.transaction import writing
from tests.partnership import Partnership, found
from tests.services.accounts.authenticator import BACKED_UP, ELIGIBLE, PRESENT, VERIFIED, Authenticator
from tests.services.accounts.conftest import BINDING, NOW, SITE, member_of


def _added(member_id: int, **made: Any) -> Authenticator:
    key = Authenticator(**made)
    member = member_of(member_id)
    passkeys.add(SITE, BINDING, member, key.create(passkeys.registration_options(SITE, BINDING, member, NOW)), NOW)
    return key


def _asked(at: timedelta = timedelta(0)) -> dict[str, Any]:
    return passkeys.sign_in_options(SITE, BINDING, NOW + at)


def _refused(
    answer: dict[str, Any], at: timedelta = timedelta(0), why: str = "refused", binding: str = BINDING
) -> None:
    with pytest.raises(PasskeyRefused) as refused:
        passkeys.sign_in(SITE, binding, answer, NOW + at)
    assert refused.value.why == why
    assert db.session.scalar(select(MemberSession)) is None


def test_a_passkey_signs_in(engine_joined: Partnership, kinds: Callable[[], list[str]]) -> None:
    key = _added(engine_joined.home.member_id, flags=PRESENT | VERIFIED | ELIGIBLE | BACKED_UP)
    signed_in = passkeys.sign_in(SITE, BINDING, key.get(_asked()), NOW)
    session = sessions.current_session(signed_in.token, NOW)
    assert session is not None
    assert (session.member_id, session.how) == (engine_joined.home.member_id, "passkey")
    passkey = passkeys.passkeys_of(member_of(engine_joined.home.member_id))[0]
    assert (passkey.used_at, passkey.backed_up, passkey.sign_count) == (NOW, True, 0)
    assert kinds()[-2:] == ["passkey_added", "signed_in"]


def test_what_is_asked_for_is_a_verified_holder_of_this_site(joined: Partnership) -> None:
    member = member_of(joined.home.member_id)
    key = _added(member.id)
    asked = passkeys.registration_options(SITE, BINDING, member_of(member.id), NOW)
    selection = asked["authenticatorSelection"]
    assert (selection["residentKey"], selection["requireResidentKey"]) == ("required", True)
    assert selection["userVerification"] == "required"
    assert (asked["attestation"], asked["rp"]["id"]) == ("none", "inbox.localhost")
    assert (asked["user"]["name"], asked["user"]["displayName"]) == ("home", "Coordinator, home")
    answer = key.get(_asked())
    assert [known["id"] for known in asked["excludeCredentials"]] == [answer["id"]]
    assert (
        passkeys.registration_options(SITE, BINDING, member_of(member.id), NOW, anew=True)["excludeCredentials"] == []
    )
    options = _asked()
    assert (options["userVerification"], options["rpId"], options["allowCredentials"]) == (
        "required",
        "inbox.localhost",
        [],
    )


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "http://localhost:8000"},
        {"origin": "https://inbox.localhost:8000"},
        {"rp_id": "localhost"},
        {"flags": PRESENT},
        {"flags": VERIFIED},
        {"handle": None},
        {"handle": b""},
        {"handle": bytes(32)},
    ],
)
def test_an_answer_that_is_bent_is_refused(joined: Partnership, change: dict[str, Any]) -> None:
    key = _added(joined.home.member_id)
    _refused(key.get(_asked(), **change))
    assert passkeys.sign_in(SITE, BINDING, key.get(_asked()), NOW).token


@pytest.mark.parametrize(
    "change", [{"origin": "http://localhost:8000"}, {"rp_id": "localhost"}, {"flags": PRESENT}, {"flags": VERIFIED}]
)
def test_a_registration_that_is_bent_is_refused(joined: Partnership, change: dict[str, Any]) -> None:
    member = member_of(joined.home.member_id)
    answer = Authenticator().create(passkeys.registration_options(SITE, BINDING, member, NOW), **change)
    with pytest.raises(PasskeyRefused):
        passkeys.add(SITE, BINDING, member, answer, NOW)
    assert passkeys.passkeys_of(member_of(joined.home.member_id)) == []


def test_another_members_handle_is_refused(joined: Partnership) -> None:
    key = _added(joined.home.member_id)
    _refused(key.get(_asked(), handle=member_of(joined.other.member_id).handle))


def test_an_answer_is_good_once(joined: Partnership) -> None:
    key = _added(joined.home.member_id)
    earlier, answer = _asked(), key.get(_asked())
    sessions.sign_out(passkeys.sign_in(SITE, BINDING, answer, NOW).token)
    _refused(answer)
    _refused(key.get(earlier))


def test_of_two_with_the_same_answer_one_wins(engine_app: Flask) -> None:
    with engine_app.app_context():
        answer = _added(found().home.member_id, count=7).get(_asked())
    together = Barrier(3)

    def attempt(_number: int) -> bool:
        with engine_app.app_context():
            together.wait(timeout=30)
            try:
                passkeys.sign_in(SITE, BINDING, answer, NOW)
            except PasskeyRefused:
                return False
            return True

    with ThreadPoolExecutor(3) as browsers:
        assert sorted(browsers.map(attempt, range(3))) == [False, False, True]


def test_a_challenge_is_for_five_minutes_one_browser_and_one_purpose(joined: Partnership) -> None:
    key = _added(joined.home.member_id)
    _refused(key.get(_asked()), timedelta(minutes=6), why="over")
    _refused(key.get(_asked()), binding="another browser")
    member = member_of(joined.home.member_id)
    for_registering = passkeys.registration_options(SITE, BINDING, member, NOW)["challenge"]
    _refused(key.get({**_asked(), "challenge": for_registering}))
    options = passkeys.registration_options(SITE, BINDING, member, NOW)
    for_signing_in = Authenticator().create({**options, "challenge": _asked()["challenge"]})
    for_somebody_else = Authenticator().create(options)
    with pytest.raises(PasskeyRefused):
        passkeys.add(SITE, BINDING, member, for_signing_in, NOW)
    with pytest.raises(PasskeyRefused):
        passkeys.add(SITE, BINDING, member_of(joined.other.member_id), for_somebody_else, NOW)
    late = Authenticator().create(options)
    with pytest.raises(PasskeyRefused, match="over"):
        passkeys.add(SITE, BINDING, member_of(member.id), late, NOW + timedelta(minutes=6))


def test_a_copied_passkey_is_refused(joined: Partnership) -> None:
    key = _added(joined.home.member_id, count=5)
    sessions.sign_out(passkeys.sign_in(SITE, BINDING, key.get(_asked()), NOW).token)
    for count in (6, 5, 1):
        _refused(key.get(_asked(), count=count))
    assert passkeys.sign_in(SITE, BINDING, key.get(_asked()), NOW).token


def test_a_strange_key_or_no_answer_at_all_is_refused(engine_joined: Partnership) -> None:
    key = _added(engine_joined.home.member_id)
    _refused(Authenticator(credential_id=key.credential_id, handle=key.handle).get(_asked()))
    _refused(Authenticator(handle=key.handle).get(_asked()))
    sound = key.get(_asked())
    for part in ("id", "rawId", "response"):
        _refused({**sound, part: "\x00 nothing"})
    for part in sound["response"]:
        for value in ("", "AAAA", "é", "A", "\ud800"):
            _refused({**sound, "response": {**sound["response"], part: value}})
    _refused({})


def test_who_has_left_does_not_sign_in(joined: Partnership) -> None:
    key = _added(joined.home.member_id)
    with writing() as session:
        session.get_one(Member, joined.home.member_id).left_at = NOW
    _refused(key.get(_asked()))


def test_failed_passwords_do_not_lock_a_passkey_out(joined: Partnership) -> None:
    key = _added(joined.home.member_id)
    with writing() as session:
        member = session.get_one(Member, joined.home.member_id)
        member.failed_sign_ins, member.failed_at = 1000, NOW
    assert passkeys.sign_in(SITE, BINDING, key.get(_asked()), NOW).token
    # Nor does it give the guesser new tries.
    assert member_of(joined.home.member_id).failed_sign_ins == 1000


def test_a_passkey_is_added_once(engine_joined: Partnership) -> None:
    key, member = _added(engine_joined.home.member_id), member_of(engine_joined.home.member_id)
    for whose in (member.id, engine_joined.other.member_id):
        again = key.create(passkeys.registration_options(SITE, BINDING, member_of(whose), NOW))
        with pytest.raises(PasskeyRefused, match="known"):
            passkeys.add(SITE, BINDING, member_of(whose), again, NOW)


def test_there_is_an_end_to_their_number(joined: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passkeys, "MOST", 1)
    _added(joined.home.member_id)
    with pytest.raises(PasskeyRefused, match="many"):
        _added(joined.home.member_id)


def test_one_is_removed_and_never_the_last_way_in(joined: Partnership, kinds: Callable[[], list[str]]) -> None:
    for _ in range(2):
        _added(joined.home.member_id)
    with writing() as session:
        session.get_one(Member, joined.home.member_id).totp_secret = None
    first, second = (passkey.id for passkey in passkeys.passkeys_of(member_of(joined.home.member_id)))
    with pytest.raises(passkeys.NoSuchPasskey):
        passkeys.remove(member_of(joined.other.member_id), first, NOW)
    passkeys.remove(member_of(joined.home.member_id), first, NOW)
    with pytest.raises(passkeys.LastFactor):
        passkeys.remove(member_of(joined.home.member_id), second, NOW)
    with writing() as session:
        session.get_one(Member, joined.home.member_id).totp_secret = "A" * 32
    passkeys.remove(member_of(joined.home.member_id), second, NOW)
    assert kinds().count("passkey_removed") == 2


def test_of_two_removed_at_the_same_time_one_stays(engine_app: Flask) -> None:
    with engine_app.app_context():
        member_id = found().home.member_id
        for _ in range(2):
            _added(member_id)
        with writing() as session:
            session.get_one(Member, member_id).password_hash = None
        ids = [passkey.id for passkey in passkeys.passkeys_of(member_of(member_id))]
    together = Barrier(2)

    def attempt(passkey_id: int) -> bool:
        with engine_app.app_context():
            member = member_of(member_id)
            together.wait(timeout=30)
            try:
                passkeys.remove(member, passkey_id, NOW)
            except passkeys.LastFactor:
                return False
            return True

    with ThreadPoolExecutor(2) as browsers:
        assert sorted(browsers.map(attempt, ids)) == [False, True]
    with engine_app.app_context():
        assert len(db.session.scalars(select(Passkey)).all()) == 1


def test_the_site_is_the_inbox_host() -> None:
    config = Config(inbox_origin="https://inbox.heed.example:8443", secret="s")
    site = passkeys.site_of(config)
    assert (site.rp_id, site.origin) == ("inbox.heed.example", "https://inbox.heed.example:8443")
    assert "'s'" not in repr(site)
    assert replace(site, secret="t") != site


def test_a_database_that_is_busy_is_no_refusal(joined: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is answered with "try again", not with "your passkey is wrong"."""
    answer = _added(joined.home.member_id).get(_asked())

    def busy(*_given: object) -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(passkeys, "_holder", busy)
    with pytest.raises(OperationalError):
        passkeys.sign_in(SITE, BINDING, answer, NOW)
