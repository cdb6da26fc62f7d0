"""Changing the roster alone: partners, the recovery key, members taken off; always the next version, always signed."""

import pytest

from server.models import Member, RecoveryWrap
from server.services.accounts import members
from server.services.keys import state
from server.services.keys.admission import admit
from server.services.keys.given import KeysRefused, KeysStale, SignedRoster
from server.services.keys.rosters import change_roster
from server.services.transaction import writing
from tests.services.keys import browsers
from tests.services.keys.browsers import read
from tests.services.keys.conftest import NOW, Desk


def _partner(desk: Desk, team_id: int | None = None) -> dict[str, object]:
    number = team_id or desk.elsewhere.team_id
    return {"team": number, "n": 1, "age_recipient": browsers.recipient(), "vouch_key": "A" * 43}


def _let_in(desk: Desk) -> str:
    key = desk.colleague_makes_their_key().recipient
    signed = desk.browser.roster(2, {**desk.members, desk.colleague_id: key}, desk.sheet.recipient)
    admit(desk.maker, desk.colleague_id, key, browsers.wrap(), signed, NOW)
    return key


def test_a_partner_is_put_on(desk: Desk) -> None:
    signed = desk.browser.roster(2, desk.members, desk.sheet.recipient, [_partner(desk)])
    change_roster(desk.maker, signed, None, NOW)
    assert state.latest_roster(desk.team) == signed
    assert desk.wraps().keys() == {desk.maker_id}
    assert desk.kinds() == ["keys_made", "roster_changed"]


def test_who_is_taken_off_loses_their_wrap(desk: Desk) -> None:
    _let_in(desk)
    assert desk.wraps().keys() == {desk.maker_id, desk.colleague_id}
    change_roster(desk.maker, desk.browser.roster(3, desk.members, desk.sheet.recipient), None, NOW)
    assert desk.wraps().keys() == {desk.maker_id}


def test_a_new_sheet_comes_with_its_file(desk: Desk) -> None:
    new = browsers.sheet()
    with pytest.raises(KeysRefused):
        change_roster(desk.maker, desk.browser.roster(2, desk.members, new.recipient), None, NOW)
    with pytest.raises(KeysRefused):
        change_roster(desk.maker, desk.browser.roster(2, desk.members, desk.sheet.recipient), new, NOW)
    later = NOW.replace(year=NOW.year + 1)
    change_roster(desk.maker, desk.browser.roster(2, desk.members, new.recipient), new, later)
    sheet = state.recovery_of(desk.team)
    assert sheet is not None
    assert (sheet.recipient, sheet.file, sheet.made_at, sheet.checked_at) == (new.recipient, new.file, later, later)


def test_a_team_without_a_sheet_says_so_until_it_makes_one(desk: Desk) -> None:
    with writing() as session:
        session.delete(session.get_one(RecoveryWrap, desk.browser.team_id))
    with pytest.raises(KeysRefused):
        change_roster(desk.maker, desk.browser.roster(2, desk.members, desk.sheet.recipient), None, NOW)
    change_roster(desk.maker, desk.browser.roster(2, desk.members, ""), None, NOW)
    change_roster(desk.maker, desk.browser.roster(3, desk.members, desk.sheet.recipient), desk.sheet, NOW)
    assert state.recovery_of(desk.team) is not None


def test_only_the_next_version_is_taken(desk: Desk) -> None:
    for version in (1, 3, 2**31 - 1):
        with pytest.raises(KeysStale):
            change_roster(desk.maker, desk.browser.roster(version, desk.members, desk.sheet.recipient), None, NOW)
    assert desk.counts() == (1, 1)


def test_what_a_broken_browser_signs_is_refused(desk: Desk) -> None:
    sheet, own = desk.sheet.recipient, desk.members
    other = browsers.TeamBrowser(desk.browser.team_id)
    other.next_key()
    good = desk.browser.roster(2, own, sheet)
    wrong = [
        desk.browser.roster(2, {**own, desk.elsewhere_id: browsers.recipient()}, sheet),
        desk.browser.roster(2, {**own, desk.analyst_id: browsers.recipient()}, sheet),
        desk.browser.roster(2, {**own, 2**31 - 1: browsers.recipient()}, sheet),
        desk.browser.roster(2, own, sheet, [_partner(desk, 2**31 - 1)]),
        desk.browser.roster(2, own, sheet, keys=[]),
        desk.browser.roster(2, own, sheet, keys=[{**read(good)["keys"][0], "age_recipient": browsers.recipient()}]),
        other.roster(2, own, sheet),
        desk.browser.roster(2, own, sheet, team=desk.elsewhere.team_id),
        SignedRoster(good.body, other.roster(2, own, sheet).signature),
        SignedRoster(good.body + " ", good.signature),
    ]
    for signed in wrong:
        with pytest.raises(KeysRefused):
            change_roster(desk.maker, signed, None, NOW)
    # A good one of this team is nothing for another.
    with pytest.raises(KeysRefused):
        change_roster(desk.elsewhere, good, None, NOW)
    assert desk.counts() == (1, 1)
    assert desk.kinds() == ["keys_made"]


def test_a_leaver_stays_on_no_later_roster(desk: Desk) -> None:
    key = _let_in(desk)
    members.leave(desk.maker, desk.colleague, None, NOW)
    with pytest.raises(KeysRefused):
        change_roster(
            desk.maker,
            desk.browser.roster(3, {**desk.members, desk.colleague_id: key}, desk.sheet.recipient),
            None,
            NOW,
        )
    assert [one.id for one in state.gone_since_renewal(desk.team)] == [desk.colleague_id]
    change_roster(desk.maker, desk.browser.roster(3, desk.members, desk.sheet.recipient), None, NOW)
    # A partner put on meanwhile must not make the team forget that its key is known to somebody who left.
    assert [one.id for one in state.gone_since_renewal(desk.team)] == [desk.colleague_id]


def test_who_works_with_referrals_no_more_is_gone_too(desk: Desk) -> None:
    _let_in(desk)
    assert state.gone_since_renewal(desk.team) == []
    with writing() as session:
        session.get_one(Member, desk.colleague_id).roles = ["analyst"]
    assert [one.id for one in state.gone_since_renewal(desk.team)] == [desk.colleague_id]
