"""Sessions: they end when idle, at the end of their day, when told to, and with the account."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from server.extensions import db
from server.models import Event, Member, MemberSession
from server.services.accounts import sessions
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.services.accounts.conftest import NOW, member_of


def _open(member_id: int, how: str = "passkey", at: timedelta = timedelta(0), replaces: str = "") -> str:
    with writing() as session:
        return sessions.open_session(session, session.get_one(Member, member_id), how, NOW + at, replaces).token


def test_a_session_ends_when_idle_and_when_its_day_is_over(joined: Partnership) -> None:
    token = _open(joined.home.member_id)
    assert sessions.current(token, NOW + timedelta(minutes=14)) is not None
    assert sessions.current(token, NOW + timedelta(minutes=28)) is not None
    assert sessions.current(token, NOW + timedelta(minutes=43)) is None
    at, token = NOW, _open(joined.home.member_id)
    while at < NOW + timedelta(hours=8):
        assert sessions.current(token, at) is not None
        at += timedelta(minutes=10)
    assert sessions.current(token, at) is None


def test_a_session_of_a_clock_that_was_wrong_is_none(joined: Partnership) -> None:
    """It would live until that time has come."""
    for at, lives in ((timedelta(minutes=14), True), (sessions.IDLE, False), (timedelta(days=365), False)):
        token = _open(joined.home.member_id, at=at)
        assert (sessions.current(token, NOW) is not None) is lives
        assert len(sessions.sessions_of(member_of(joined.home.member_id), NOW)) == lives
        sessions.sign_out(token)


def test_what_was_used_by_a_clock_that_was_wrong_is_swept_away(joined: Partnership) -> None:
    _open(joined.home.member_id, at=timedelta(minutes=15))
    _open(joined.other.member_id)
    assert len(db.session.scalars(select(MemberSession)).all()) == 1


def test_signing_out_ends_it_at_once(joined: Partnership) -> None:
    token = _open(joined.home.member_id)
    sessions.set_locale(token, "ar")
    found = sessions.current_session(token, NOW)
    assert found is not None
    assert found.locale == "ar"
    sessions.sign_out(token)
    assert sessions.current(token, NOW) is None
    sessions.sign_out(token)


def test_who_has_left_has_no_session(joined: Partnership) -> None:
    token = _open(joined.home.member_id)
    with writing() as session:
        session.get_one(Member, joined.home.member_id).left_at = NOW
    assert sessions.current(token, NOW) is None


def test_signing_in_again_ends_what_the_browser_had(engine_joined: Partnership) -> None:
    first, elsewhere = _open(engine_joined.home.member_id), _open(engine_joined.home.member_id)
    second = _open(engine_joined.home.member_id, replaces=first)
    assert sessions.current(first, NOW) is None
    assert sessions.current(second, NOW) is not None
    assert sessions.current(elsewhere, NOW) is not None


def test_what_is_over_is_swept_away(joined: Partnership) -> None:
    _open(joined.home.member_id)
    _open(joined.other.member_id, at=timedelta(minutes=15))
    assert len(db.session.scalars(select(MemberSession)).all()) == 1


def test_a_cookie_that_is_none_of_ours_is_nobody(joined: Partnership) -> None:
    for cookie in ("", "x", "none", "\ud800", "é" * 43):
        assert sessions.current(cookie, NOW) is None
        sessions.sign_out(cookie)


def test_a_session_is_fresh_for_half_an_hour(joined: Partnership) -> None:
    found = sessions.current_session(_open(joined.home.member_id), NOW)
    assert found is not None
    fresh = [sessions.is_fresh(found, NOW + timedelta(minutes=minutes)) for minutes in (0, 29, 30)]
    assert fresh == [True, True, False]


def test_a_member_ends_their_own_sessions_only(joined: Partnership, kinds: Callable[[], list[str]]) -> None:
    own = [_open(joined.home.member_id, at=timedelta(seconds=second)) for second in range(3)]
    others = _open(joined.other.member_id)
    listed = sessions.sessions_of(member_of(joined.home.member_id), NOW)
    assert [found.created_at - NOW for found in listed] == [timedelta(seconds=second) for second in (2, 1, 0)]
    theirs = sessions.sessions_of(member_of(joined.other.member_id), NOW)[0].public_id
    for public_id in (listed[0].public_id, theirs, "unknown", ""):
        sessions.end_session(member_of(joined.home.member_id), public_id, NOW)
    assert [sessions.current(token, NOW) is not None for token in (*own, others)] == [True, True, False, True]
    assert kinds().count("session_ended") == 1


def test_all_but_the_own_browser_can_be_ended(joined: Partnership) -> None:
    tokens = [_open(joined.home.member_id) for _ in range(3)]
    others = _open(joined.other.member_id)
    assert sessions.end_other_sessions(member_of(joined.home.member_id), tokens[1], NOW) == 2
    assert [sessions.current(token, NOW) is not None for token in (*tokens, others)] == [False, True, False, True]
    assert sessions.end_other_sessions(member_of(joined.home.member_id), tokens[1], NOW) == 0
    event = db.session.scalars(select(Event).where(Event.kind == "sessions_ended")).one()
    assert event.detail == {"sessions": 2}


def test_nothing_that_opens_a_session_is_kept(joined: Partnership) -> None:
    token = _open(joined.home.member_id)
    row = db.session.scalars(select(MemberSession)).one()
    assert token not in str({column.key: getattr(row, column.key) for column in MemberSession.__mapper__.columns})
