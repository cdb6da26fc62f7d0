"""Members' own keys: kept until somebody lets them in, wrapped anew, or made again with the keyring at hand."""

import pytest

from server.extensions import db
from server.models import Passkey
from server.services.accounts import members
from server.services.keys import identities, state, unlocking
from server.services.keys.given import Identity, KeysRefused, KeysStale
from server.services.transaction import writing
from tests.services.keys import browsers
from tests.services.keys.conftest import NOW, Desk


def _passkey_that_opens(desk: Desk, member_id: int) -> int:
    with writing() as session:
        passkey = Passkey(
            member_id=member_id, credential_id=b"of %d" % member_id, public_key=b"key", backed_up=False, added_at=NOW
        )
        session.add(passkey)
        session.flush()
        number = passkey.id
    owner = desk.maker if member_id == desk.maker_id else desk.colleague
    unlocking.keep_passkey_wrap(owner, number, browsers.wrap(), NOW)
    return number


def _opens(passkey_id: int) -> bool:
    db.session.expire_all()
    return db.session.get_one(Passkey, passkey_id).identity_wrap is not None


def test_a_later_member_makes_a_key_and_waits(desk: Desk) -> None:
    first = desk.colleague_makes_their_key()
    passkey = _passkey_that_opens(desk, desk.colleague_id)
    again = desk.colleague_makes_their_key()
    assert desk.colleague.identity_recipient == again.recipient != first.recipient
    assert desk.colleague.identity_wrapped == again.wrapped
    assert not _opens(passkey)
    assert desk.colleague_id not in desk.wraps()
    told = {one.id: (one.key, one.has_wrap) for one in state.readers_of(desk.team)}
    assert told == {desk.maker_id: (desk.identity.recipient, True), desk.colleague_id: (again.recipient, False)}
    assert desk.kinds() == ["keys_made", "identity_made", "passkey_unlocks", "identity_made"]


def test_before_the_team_has_keys_there_is_nothing_to_wait_for(before: Desk) -> None:
    with pytest.raises(KeysRefused):
        before.colleague_makes_their_key()
    assert before.colleague.identity_recipient is None


def test_who_can_open_notes_does_not_lose_that_by_another_key(desk: Desk) -> None:
    with pytest.raises(KeysStale):
        identities.save_identity(desk.maker, browsers.identity(), False, NOW)
    assert desk.maker.identity_recipient == desk.identity.recipient
    assert desk.maker_id in desk.wraps()


def test_who_lost_their_words_gives_the_wrap_up(desk: Desk) -> None:
    made = browsers.identity()
    identities.save_identity(desk.maker, made, True, NOW)
    assert desk.maker.identity_recipient == made.recipient
    assert desk.wraps() == {}
    assert (desk.maker_id, made.recipient, False) in [
        (one.id, one.key, one.has_wrap) for one in state.readers_of(desk.team)
    ]


def test_with_the_recovery_sheet_a_member_is_back_at_once(desk: Desk) -> None:
    later = NOW.replace(year=NOW.year + 1)
    made, wrap = desk.colleague_makes_their_key(), browsers.wrap()
    passkey = _passkey_that_opens(desk, desk.colleague_id)
    members_then = {**desk.members, desk.colleague_id: (made := browsers.identity()).recipient}
    place = identities.Place(wrap, desk.browser.roster(2, members_then, desk.sheet.recipient))
    identities.replace_identity(desk.colleague, made, place, True, later)
    assert desk.wraps()[desk.colleague_id] == wrap
    assert desk.colleague.identity_recipient == made.recipient
    assert not _opens(passkey)
    assert desk.kinds()[-1] == "recovery_used"
    sheet = state.recovery_of(desk.team)
    assert sheet is not None
    assert sheet.checked_at == later


def test_new_words_with_the_keyring_at_hand(desk: Desk) -> None:
    made, wrap = browsers.identity(), browsers.wrap()
    signed = desk.browser.roster(2, {desk.maker_id: made.recipient}, desk.sheet.recipient)
    identities.replace_identity(desk.maker, made, identities.Place(wrap, signed), False, NOW)
    assert desk.wraps() == {desk.maker_id: wrap}
    assert state.latest_roster(desk.team) == signed
    assert desk.kinds()[-1] == "identity_made"


def test_a_roster_with_another_key_than_the_one_that_comes_is_refused(desk: Desk) -> None:
    made = browsers.identity()
    for members_then in (desk.members, {desk.maker_id: browsers.recipient()}):
        signed = desk.browser.roster(2, members_then, desk.sheet.recipient)
        with pytest.raises(KeysRefused):
            identities.replace_identity(desk.maker, made, identities.Place(browsers.wrap(), signed), True, NOW)
    assert desk.maker.identity_recipient == desk.identity.recipient
    assert desk.counts() == (1, 1)


def test_the_same_key_in_other_words(desk: Desk) -> None:
    passkey, wrapped = _passkey_that_opens(desk, desk.maker_id), browsers.wrap()
    identities.wrap_anew(desk.maker, wrapped, False, NOW)
    assert (desk.maker.identity_wrapped, desk.maker.identity_recipient) == (wrapped, desk.identity.recipient)
    assert _opens(passkey)
    identities.wrap_anew(desk.maker, browsers.wrap(), True, NOW)
    assert not _opens(passkey)
    with pytest.raises(KeysRefused):
        identities.wrap_anew(desk.colleague, wrapped, False, NOW)
    with pytest.raises(KeysRefused):
        identities.wrap_anew(desk.maker, b"AGE-SECRET-KEY-1", False, NOW)


def test_who_has_left_makes_no_key(desk: Desk) -> None:
    gone = desk.colleague
    members.leave(desk.maker, gone, None, NOW)
    with pytest.raises(KeysRefused):
        identities.save_identity(gone, Identity(browsers.recipient(), browsers.wrap()), False, NOW)
    assert desk.colleague.identity_recipient is None
    assert desk.colleague.drilled_at is None
