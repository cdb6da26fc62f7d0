"""Renewing: the old key vouches for the new one, all changes together. Giving up: nothing vouches, all begin anew."""

from dataclasses import replace
from typing import Any

import pytest

from server.services.accounts import members
from server.services.keys import state
from server.services.keys.admission import admit
from server.services.keys.given import KeysNotTheirs, KeysRefused, KeysStale, Wraps
from server.services.keys.identities import save_identity
from server.services.keys.renewal import give_up, renew
from server.services.keys.rosters import change_roster
from tests.services.keys import browsers
from tests.services.keys.conftest import NOW, Desk


def _both(desk: Desk) -> dict[int, str]:
    """The colleague is let in. Out: both and their keys."""
    key = desk.colleague_makes_their_key().recipient
    both = {**desk.members, desk.colleague_id: key}
    admit(desk.maker, desk.colleague_id, key, browsers.wrap(), desk.browser.roster(2, both, desk.sheet.recipient), NOW)
    return both


def _wraps(numbers: Any) -> Wraps:
    return Wraps({number: browsers.wrap() for number in numbers})


def test_a_renewal_changes_everything_at_once(desk: Desk) -> None:
    both = _both(desk)
    before = desk.wraps()
    key, wraps, sheet = desk.browser.next_key(), _wraps(both), browsers.sheet(desk.sheet.recipient)
    signed = desk.browser.roster(3, both, sheet.recipient)
    renew(desk.colleague, key, wraps, sheet, signed, NOW)
    team = desk.team
    assert (team.age_recipient, team.vouch_key) == (key.age_recipient, key.vouch_key)
    assert state.history(team) == desk.browser.history
    assert [one.n for one in team.keys] == [1, 2]
    assert desk.wraps() == wraps.files
    assert not set(before.values()) & set(desk.wraps().values())
    kept = state.recovery_of(team)
    assert kept is not None
    assert (kept.recipient, kept.file) == (sheet.recipient, sheet.file)
    assert state.latest_roster(team) == signed
    assert desk.kinds()[-1] == "keys_renewed"
    # And once more: the chain goes on.
    key = desk.browser.next_key()
    again = desk.browser.roster(4, desk.members, sheet.recipient)
    renew(desk.maker, key, _wraps(desk.members), browsers.sheet(sheet.recipient), again, NOW)
    assert desk.wraps().keys() == {desk.maker_id}
    assert desk.counts() == (3, 4)


def test_after_a_leaver_the_new_key_is_not_theirs(desk: Desk) -> None:
    both = _both(desk)
    members.leave(desk.maker, desk.colleague, None, NOW)
    assert [one.id for one in state.gone_since_renewal(desk.team)] == [desk.colleague_id]
    key, sheet = desk.browser.next_key(), browsers.sheet(desk.sheet.recipient)
    with pytest.raises(KeysRefused):
        renew(desk.maker, key, _wraps(both), sheet, desk.browser.roster(3, both, sheet.recipient), NOW)
    renew(desk.maker, key, _wraps(desk.members), sheet, desk.browser.roster(3, desk.members, sheet.recipient), NOW)
    assert desk.wraps().keys() == {desk.maker_id}
    assert state.gone_since_renewal(desk.team) == []


def test_what_does_not_fit_is_refused_whole(desk: Desk) -> None:
    both = _both(desk)
    before = (desk.wraps(), desk.counts(), desk.team.age_recipient)
    key, sheet = desk.browser.next_key(), browsers.sheet(desk.sheet.recipient)
    stranger = browsers.TeamBrowser(desk.browser.team_id)
    stranger.next_key()
    signed = desk.browser.roster(3, both, sheet.recipient)
    good: dict[str, Any] = {"key": key, "wraps": _wraps(both), "recovery": sheet, "signed": signed}
    wrong: list[dict[str, Any]] = [
        {"key": replace(key, signature="")},
        {"key": replace(key, age_recipient=browsers.recipient())},
        {"key": replace(key, vouch_key="A" * 43)},
        {"wraps": _wraps(desk.members)},
        {"wraps": _wraps([*both, desk.elsewhere_id])},
        {"wraps": _wraps([])},
        {"recovery": None},
        {"recovery": browsers.sheet()},
        {"signed": desk.browser.roster(3, {desk.colleague_id: both[desk.colleague_id]}, sheet.recipient)},
        {"signed": desk.browser.roster(3, both, "")},
        {"signed": desk.browser.roster(3, both, sheet.recipient, keys=[_listed(key)])},
    ]
    for change in wrong:
        with pytest.raises(KeysRefused):
            renew(desk.maker, **{**good, **change}, now=NOW)
    # The roster agrees with the key in all of these: the old key alone does not vouch for it.
    for signature in ("", stranger.next_key().signature, "A" * 86):
        unvouched = replace(key, signature=signature)
        keys = [_listed(desk.browser.history[0]), _listed(unvouched)]
        signed = desk.browser.roster(3, both, sheet.recipient, keys=keys)
        with pytest.raises(KeysRefused):
            renew(desk.maker, unvouched, good["wraps"], sheet, signed, NOW)
    without_the_maker = {desk.colleague_id: both[desk.colleague_id]}
    roster = desk.browser.roster(3, without_the_maker, sheet.recipient)
    with pytest.raises(KeysRefused):
        renew(desk.maker, key, _wraps(without_the_maker), sheet, roster, NOW)
    for number in (1, 3):
        with pytest.raises(KeysStale):
            renew(desk.maker, **{**good, "key": replace(key, n=number)}, now=NOW)
    with pytest.raises(KeysStale):
        renew(desk.maker, **{**good, "signed": desk.browser.roster(2, both, sheet.recipient)}, now=NOW)
    assert (desk.wraps(), desk.counts(), desk.team.age_recipient) == before
    assert desk.kinds()[-1] == "member_admitted"
    renew(desk.maker, **good, now=NOW)


def _listed(key: Any) -> dict[str, Any]:
    """A key as it stands on a roster."""
    return {
        "n": key.n,
        "age_recipient": key.age_recipient,
        "vouch_key": key.vouch_key,
        "signature": key.signature,
    }


def test_who_cannot_open_notes_renews_nothing(desk: Desk) -> None:
    key, own = desk.browser.next_key(), {**desk.members, desk.colleague_id: browsers.recipient()}
    signed = desk.browser.roster(2, own, desk.sheet.recipient)
    for nobody in (desk.colleague, desk.elsewhere):
        with pytest.raises(KeysNotTheirs):
            renew(nobody, key, _wraps(own), browsers.sheet(desk.sheet.recipient), signed, NOW)
    assert desk.counts() == (1, 1)


def test_a_key_that_is_lost_is_given_up_by_a_lead(desk: Desk) -> None:
    both = _both(desk)
    made = browsers.identity()
    # The words are lost too: a new key of one's own comes first.
    save_identity(desk.maker, made, True, NOW)
    own = {desk.maker_id: made.recipient}
    key, sheet = desk.browser.next_key(vouched=False), browsers.sheet()
    signed = desk.browser.roster(3, own, sheet.recipient)
    with pytest.raises(KeysNotTheirs):
        give_up(desk.colleague, key, _wraps([desk.colleague_id]), sheet, signed, NOW)
    wrong: list[dict[str, Any]] = [
        {"recovery": None},
        {"wraps": _wraps(both), "signed": desk.browser.roster(3, {**both, **own}, sheet.recipient)},
        {"signed": desk.browser.roster(3, {desk.maker_id: browsers.recipient()}, sheet.recipient)},
        {"key": replace(key, signature="A" * 86)},
    ]
    good: dict[str, Any] = {"key": key, "wraps": _wraps(own), "recovery": sheet, "signed": signed}
    for change in wrong:
        with pytest.raises(KeysRefused):
            give_up(desk.maker, **{**good, **change}, now=NOW)
    with pytest.raises(KeysStale):
        give_up(desk.maker, **{**good, "key": replace(key, n=3)}, now=NOW)
    assert desk.counts() == (1, 2)
    give_up(desk.maker, **good, now=NOW)
    assert desk.wraps() == good["wraps"].files
    assert [one.signature for one in state.history(desk.team)] == ["", ""]
    kept = state.recovery_of(desk.team)
    assert kept is not None
    assert kept.recipient == sheet.recipient
    assert desk.kinds()[-1] == "keys_lost"
    # From here on only what follows the new key must stand on a roster; all of it may.
    later = desk.browser.roster(4, own, sheet.recipient, keys=[_listed(key)])
    change_roster(desk.maker, later, None, NOW)
    change_roster(desk.maker, desk.browser.roster(5, own, sheet.recipient), None, NOW)
