"""What a browser leaves so that it can open again: a half in its session, a wrap at a passkey; and drills."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from server.extensions import db
from server.models import Event, Member, MemberSession, Passkey
from server.services.accounts import sessions
from server.services.keys import state, unlocking
from server.services.keys.given import KeysRefused
from server.services.keys.recovery import recovery_checked
from server.services.transaction import writing
from tests.services.keys import browsers
from tests.services.keys.conftest import NOW, Desk


def _signed_in(member: Member) -> str:
    number = member.id
    with writing() as session:
        return sessions.open_session(session, session.get_one(Member, number), "passkey", NOW).token


def _session(token: str) -> MemberSession:
    found = sessions.current_session(token, NOW)
    assert found
    return found


def test_a_half_lives_and_dies_with_its_session(desk: Desk) -> None:
    one, other = _signed_in(desk.maker), _signed_in(desk.maker)
    events = len(desk.kinds())
    unlocking.keep_half(_session(one), b"h" * 32)
    assert _session(one).unlock_half == b"h" * 32
    assert _session(other).unlock_half is None
    assert len(desk.kinds()) == events
    for half in (b"", b"h" * 31, b"h" * 33):
        with pytest.raises(KeysRefused):
            unlocking.keep_half(_session(other), half)
    sessions.sign_out(one)
    assert db.session.scalars(select(MemberSession.unlock_half)).all() == [None]


def test_only_ones_own_passkey_opens_ones_own_key(desk: Desk) -> None:
    with writing() as session:
        passkeys = [
            Passkey(member_id=who, credential_id=b"%d" % who, public_key=b"k", backed_up=False, added_at=NOW)
            for who in (desk.maker_id, desk.elsewhere_id)
        ]
        session.add_all(passkeys)
        session.flush()
        own, theirs = (passkey.id for passkey in passkeys)
    wrap = browsers.wrap()
    unlocking.keep_passkey_wrap(desk.maker, own, wrap, NOW)
    assert db.session.get_one(Passkey, own).identity_wrap == wrap
    for number, file in ((theirs, wrap), (2**31 - 1, wrap), (own, b"no file"), (own, wrap + bytes(4096))):
        with pytest.raises(KeysRefused):
            unlocking.keep_passkey_wrap(desk.maker, number, file, NOW)
    # Nobody has a key there.
    with pytest.raises(KeysRefused):
        unlocking.keep_passkey_wrap(desk.elsewhere, theirs, wrap, NOW)
    assert db.session.get_one(Passkey, theirs).identity_wrap is None
    told = db.session.scalars(select(Event.detail).where(Event.kind == "passkey_unlocks")).all()
    assert told == [{"passkey": own}]


def test_words_are_asked_for_after_a_month(desk: Desk) -> None:
    month = NOW + timedelta(days=30)
    assert not state.drill_due(desk.maker, month - timedelta(seconds=1))
    assert state.drill_due(desk.maker, month)
    unlocking.words_drilled(desk.maker, month)
    assert not state.drill_due(desk.maker, month)
    assert desk.kinds()[-1] == "drill_done"
    with writing() as session:
        session.get_one(Member, desk.maker_id).drilled_at = None
    assert state.drill_due(desk.maker, NOW)
    # Who has nothing to open is asked for nothing.
    assert not state.drill_due(desk.colleague, month)
    with pytest.raises(KeysRefused):
        unlocking.words_drilled(desk.colleague, NOW)


def test_the_sheet_is_checked(desk: Desk) -> None:
    later = NOW + timedelta(days=90)
    recovery_checked(desk.maker, later)
    sheet = state.recovery_of(desk.team)
    assert sheet is not None
    assert (sheet.checked_at, sheet.made_at) == (later, NOW)
    assert desk.kinds()[-1] == "recovery_checked"
    with pytest.raises(KeysRefused):
        recovery_checked(desk.elsewhere, later)
