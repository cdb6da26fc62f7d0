"""From a link to an account: each step is kept, only the last uses the link up, and a way back takes all before."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pyotp
import pytest
from flask import Flask
from sqlalchemy import func, select

from server.extensions import db
from server.models import Member, Organisation, Passkey, Team
from server.services.accounts import enrolment, links, members, passkeys, recovery_codes, sessions, sign_in
from server.services.accounts.roles import FOUNDING
from server.services.partnership.organisations import NewOrganisation
from server.services.partnership.teams import NewTeam
from server.services.transaction import writing
from tests.partnership import PASSWORD, found
from tests.services.accounts.authenticator import Authenticator
from tests.services.accounts.conftest import BINDING, NOW, SITE, People

ORGANISATION = NewOrganisation("Clyde Valley Council", "council", "GB-SCT")
TEAM = NewTeam("Social work", "+441414960101")
NEW = "lantern orbit teaspoon"


def _link(kind: str, **more: object) -> str:
    with writing() as session:
        return links.make_link(session, kind, NOW, roles=FOUNDING, **more)  # type: ignore[arg-type]


def _invited(people: People) -> str:
    return members.invite(people.lead, people.lead.team, "Night coordinator", ["coordinator", "lead"], NOW)


def _with_passkey(secret: str) -> enrolment.Enrolled:
    answer = Authenticator().create(enrolment.passkey_options(secret, SITE, BINDING, NOW))
    return enrolment.finish_with_passkey(secret, SITE, BINDING, answer, NOW)


def _with_password(secret: str, password: str = NEW, seconds: int = 0) -> enrolment.Enrolled:
    codes = enrolment.totp_secret("the server's", secret)
    code = pyotp.TOTP(codes).at(NOW + timedelta(seconds=seconds))
    return enrolment.finish_with_password(secret, password, code, codes, NOW)


def _step(secret: str, now: datetime = NOW) -> str:
    return enrolment.step_of(links.find(secret, now))


def test_the_first_administrator_founds_the_host(engine_app: Flask, kinds: Callable[[], list[str]]) -> None:
    with engine_app.app_context():
        secret = _link("setup")
        assert _step(secret) == "organisation"
        with pytest.raises(enrolment.NotThisStep):
            enrolment.keep_name(secret, "first", "", NOW)
        enrolment.keep_organisation(secret, ORGANISATION, TEAM, NOW)
        enrolment.keep_organisation(secret, ORGANISATION, TEAM, NOW)
        assert _step(secret) == "name"
        with pytest.raises(enrolment.NotThisStep):
            _with_password(secret)
        enrolment.keep_name(secret, "Frist", "Administrator", NOW)
        enrolment.keep_name(secret, "First", "Administrator  of all", NOW)
        assert _step(secret) == "factor"
        enrolled = _with_passkey(secret)
        member = sessions.current(enrolled.signed_in.token, NOW)
        assert member is not None
        assert (member.sign_in_name, member.display_name) == ("first", "Administrator of all")
        assert (member.roles, member.joined_at, len(member.handle)) == (["administrator", "lead"], NOW, 32)
        assert member.team.organisation.is_host
        assert len(enrolled.recovery_codes) == 10
        with pytest.raises(links.LinkUsed):
            links.find(secret, NOW)
        made = ["organisation_added", "team_added", "account_made", "passkey_added", "recovery_codes_made", "signed_in"]
        assert kinds() == made
        assert "ABCDEFG" not in repr(enrolment.Enrolled(enrolled.signed_in, ["ABCDEFG"]))


def test_a_partners_first_founds_its_team_only(people: People) -> None:
    with writing() as session:
        of = Organisation(name="A charity", kind="charity", nation="GB-SCT")
        session.add(of)
        session.flush()
        organisation_id = of.id
    secret = _link("organisation", organisation_id=organisation_id)
    enrolment.keep_organisation(secret, None, TEAM, NOW)
    enrolment.keep_name(secret, "charity", "Lead", NOW)
    member = sessions.current(_with_password(secret).signed_in.token, NOW)
    assert member is not None
    assert member.team.organisation_id == organisation_id
    assert not member.team.organisation.is_host


def test_without_an_organisation_the_first_step_is_not_done(engine_app: Flask) -> None:
    with engine_app.app_context():
        secret = _link("setup")
        with pytest.raises(enrolment.NotThisStep):
            enrolment.keep_organisation(secret, None, TEAM, NOW)
        assert db.session.scalar(select(func.count()).select_from(Team)) == 0


def test_who_is_invited_has_the_roles_and_team_of_the_invitation(people: People) -> None:
    secret = _invited(people)
    assert _step(secret) == "name"
    enrolment.keep_name(secret, "night", "", NOW)
    assert members.members_of(people.lead.team) == [people.administrator, people.coordinator, people.lead]
    enrolled = _with_password(secret)
    member = sessions.current(enrolled.signed_in.token, NOW)
    assert member is not None
    assert (member.display_name, member.roles) == ("Night coordinator", ["coordinator", "lead"])
    assert member.team_id == people.lead.team_id
    later = NOW + timedelta(seconds=60)
    codes = pyotp.TOTP(enrolment.totp_secret("the server's", secret))
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in("night", NEW, codes.at(NOW), NOW)
    assert sign_in.sign_in("night", NEW, codes.at(later), later).token
    assert sign_in.sign_in_with_recovery_code("night", NEW, enrolled.recovery_codes[0], later).token


@pytest.mark.parametrize("name", ["", " ", "home", "HOME ", "x" * 81, "a\x00b", "a\ud800"])
def test_a_name_that_is_taken_or_none_is_refused(people: People, name: str) -> None:
    secret = _invited(people)
    with pytest.raises(enrolment.NameTaken):
        enrolment.keep_name(secret, name, "", NOW)
    assert _step(secret) == "name"


def test_a_name_is_taken_while_its_link_lives_and_no_longer(people: People) -> None:
    first, second = _invited(people), _invited(people)
    enrolment.keep_name(first, "night", "", NOW)
    with pytest.raises(enrolment.NameTaken):
        enrolment.keep_name(second, "night", "", NOW)
    third = members.invite(people.lead, people.lead.team, "Later", ["coordinator"], NOW + timedelta(days=5))
    later = NOW + timedelta(days=8)
    enrolment.keep_name(third, "night", "", later)
    assert _step(third, later) == "factor"


def test_of_two_who_choose_the_same_name_one_has_it(engine_app: Flask) -> None:
    with engine_app.app_context():
        home = found().home
        secrets = [_link("member", team_id=home.team_id) for _ in range(3)]
    together = Barrier(3)

    def attempt(secret: str) -> bool:
        with engine_app.app_context():
            together.wait(timeout=30)
            try:
                enrolment.keep_name(secret, "same", "", NOW)
            except enrolment.NameTaken:
                return False
            return True

    with ThreadPoolExecutor(3) as browsers:
        assert sorted(browsers.map(attempt, secrets)) == [False, False, True]


def test_of_two_who_hold_the_same_link_one_has_the_account(engine_app: Flask) -> None:
    with engine_app.app_context():
        secret = _link("member", team_id=found().home.team_id)
        enrolment.keep_name(secret, "both", "", NOW)
        answers = [Authenticator().create(enrolment.passkey_options(secret, SITE, BINDING, NOW)) for _ in range(2)]
    together = Barrier(2)

    def attempt(answer: dict[str, object]) -> bool:
        with engine_app.app_context():
            together.wait(timeout=30)
            try:
                enrolment.finish_with_passkey(secret, SITE, BINDING, answer, NOW)
            except links.LinkUsed:
                return False
            return True

    with ThreadPoolExecutor(2) as browsers:
        assert sorted(browsers.map(attempt, answers)) == [False, True]
    with engine_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Passkey)) == 1


def test_what_does_not_do_leaves_the_link_as_it_was(people: People) -> None:
    secret = _invited(people)
    enrolment.keep_name(secret, "night", "", NOW)
    codes = enrolment.totp_secret("the server's", secret)
    with pytest.raises(enrolment.TooEasyToGuess):
        _with_password(secret, "nightnight12")
    with pytest.raises(enrolment.CodeDoesNotFit):
        enrolment.finish_with_password(secret, NEW, "12", codes, NOW)
    with pytest.raises(enrolment.ClockIsOff):
        _with_password(secret, seconds=300)
    answer = Authenticator().create(enrolment.passkey_options(secret, SITE, BINDING, NOW), origin="http://elsewhere")
    with pytest.raises(enrolment.PasskeyRefused):
        enrolment.finish_with_passkey(secret, SITE, BINDING, answer, NOW)
    assert not enrolment.holder(links.find(secret, NOW)).is_active
    assert _with_password(secret).signed_in.token


def test_a_way_back_takes_all_that_was_before(people: People, kinds: Callable[[], list[str]]) -> None:
    member_id = people.coordinator.id
    key = Authenticator()
    options = passkeys.registration_options(SITE, BINDING, people.coordinator, NOW)
    passkeys.add(SITE, BINDING, people.coordinator, key.create(options), NOW)
    with writing() as session:
        member = session.get_one(Member, member_id)
        old_code = recovery_codes.make(session, member, NOW)[0]
        member.failed_sign_ins, member.failed_at = 50, NOW
        old_token = sessions.open_session(session, member, "passkey", NOW).token
    secret = members.way_back(people.lead, db.session.get_one(Member, member_id), NOW)
    assert _step(secret) == "factor"
    with pytest.raises(enrolment.NotThisStep):
        enrolment.keep_name(secret, "renamed", "", NOW)
    assert sessions.current(old_token, NOW) is not None
    # The same security key may be used again: what it held is removed.
    assert enrolment.passkey_options(secret, SITE, BINDING, NOW)["excludeCredentials"] == []
    answer = key.create(enrolment.passkey_options(secret, SITE, BINDING, NOW))
    enrolled = enrolment.finish_with_passkey(secret, SITE, BINDING, answer, NOW)
    assert sessions.current(old_token, NOW) is None
    assert sessions.current(enrolled.signed_in.token, NOW) is not None
    member = db.session.get_one(Member, member_id)
    assert (member.sign_in_name, member.password_hash, member.totp_secret) == ("home", None, None)
    assert member.failed_sign_ins == 0
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in_with_recovery_code("home", "", old_code, NOW)
    assert sign_in.sign_in_with_recovery_code("home", "", enrolled.recovery_codes[0], NOW).token
    assert "account_made" not in kinds()
    assert "link_used" in kinds()


def test_who_has_left_meanwhile_finds_no_way_back(people: People) -> None:
    secret = members.way_back(people.lead, people.coordinator, NOW)
    members.leave(people.lead, people.coordinator, None, NOW)
    with pytest.raises(links.LinkEnded):
        _with_password(secret, PASSWORD)


def test_a_code_app_has_another_secret_for_each_link(people: People) -> None:
    first, second = _invited(people), _invited(people)
    assert enrolment.totp_secret("s", first) == enrolment.totp_secret("s", first)
    assert enrolment.totp_secret("s", first) != enrolment.totp_secret("s", second)
    assert enrolment.totp_secret("t", first) != enrolment.totp_secret("s", first)
