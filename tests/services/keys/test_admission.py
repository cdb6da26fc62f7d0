"""Letting a colleague in: only by somebody who can open notes, only to the key that was compared, only of the team."""

import pytest

from server.extensions import db
from server.models import Member
from server.services.accounts import members
from server.services.keys.admission import admit
from server.services.keys.given import KeysNotTheirs, KeysRefused, KeysStale
from server.services.transaction import writing
from tests.services.keys import browsers
from tests.services.keys.conftest import NOW, Desk


def _admit(desk: Desk, number: int, key: str, version: int = 2, actor: Member | None = None) -> bytes:
    wrap = browsers.wrap()
    signed = desk.browser.roster(version, {**desk.members, number: key}, desk.sheet.recipient)
    admit(actor or desk.maker, number, key, wrap, signed, NOW)
    return wrap


def test_a_colleague_is_let_in(desk: Desk) -> None:
    key = desk.colleague_makes_their_key().recipient
    wrap = _admit(desk, desk.colleague_id, key)
    assert desk.wraps()[desk.colleague_id] == wrap
    assert desk.maker_id in desk.wraps()
    assert desk.counts() == (1, 2)
    assert desk.kinds()[-1] == "member_admitted"
    # Once more, with the keyring sealed anew: the file before is replaced.
    assert desk.wraps()[desk.colleague_id] != _admit(desk, desk.colleague_id, key, 3)
    assert desk.counts() == (1, 3)


def test_a_key_that_is_not_the_compared_one_gets_nothing(desk: Desk) -> None:
    made = desk.colleague_makes_their_key()
    with writing() as session:
        session.get_one(Member, desk.colleague_id).identity_recipient = browsers.recipient()
    with pytest.raises(KeysStale):
        _admit(desk, desk.colleague_id, made.recipient)
    assert desk.colleague_id not in desk.wraps()
    signed = desk.browser.roster(2, {**desk.members, desk.colleague_id: browsers.recipient()}, desk.sheet.recipient)
    with pytest.raises(KeysRefused):
        admit(desk.maker, desk.colleague_id, made.recipient, browsers.wrap(), signed, NOW)
    signed = desk.browser.roster(2, desk.members, desk.sheet.recipient)
    with pytest.raises(KeysRefused):
        admit(desk.maker, desk.colleague_id, made.recipient, browsers.wrap(), signed, NOW)
    assert desk.counts() == (1, 1)


def test_nobody_of_elsewhere_and_nobody_who_left_is_let_in(desk: Desk) -> None:
    key = desk.colleague_makes_their_key().recipient
    members.leave(desk.maker, desk.colleague, None, NOW)
    for number in (desk.colleague_id, desk.elsewhere_id, desk.analyst_id, 2**31 - 1):
        with writing() as session:
            who = session.get(Member, number)
            if who is not None:
                # Even if somebody put a key there by hand.
                who.identity_recipient = key
        with pytest.raises(KeysRefused):
            _admit(desk, number, key)
    assert desk.wraps().keys() == {desk.maker_id}
    assert desk.counts() == (1, 1)


def test_who_cannot_open_notes_lets_nobody_in(desk: Desk) -> None:
    key = desk.colleague_makes_their_key().recipient
    with pytest.raises(KeysNotTheirs):
        _admit(desk, desk.colleague_id, key, actor=desk.colleague)
    # A lead of another team signs for a team that is not theirs.
    with pytest.raises(KeysNotTheirs):
        _admit(desk, desk.colleague_id, key, actor=desk.elsewhere)
    assert desk.wraps().keys() == {desk.maker_id}


def test_a_roster_of_before_is_stale(desk: Desk) -> None:
    key = desk.colleague_makes_their_key().recipient
    for version in (1, 3):
        with pytest.raises(KeysStale):
            _admit(desk, desk.colleague_id, key, version)
    assert desk.wraps().keys() == {desk.maker_id}


def test_a_leaver_loses_all_that_opens(desk: Desk) -> None:
    _admit(desk, desk.colleague_id, desk.colleague_makes_their_key().recipient)
    members.leave(desk.maker, desk.colleague, None, NOW)
    assert desk.wraps().keys() == {desk.maker_id}
    gone = db.session.get_one(Member, desk.colleague_id)
    assert (gone.identity_recipient, gone.identity_wrapped, gone.drilled_at) == (None, None, None)
