"""First keys are stored once and whole: identity, keyring, recovery sheet, key number one, roster number one."""

from dataclasses import replace
from typing import Any

import pytest

from server.extensions import db
from server.models import TeamKey
from server.services.keys import state
from server.services.keys.first_keys import save_first_keys
from server.services.keys.given import KeysRefused, KeysStale, PublicKey, SignedRoster
from tests.services.keys import browsers
from tests.services.keys.conftest import NOW, Desk


def _save(desk: Desk, **changes: Any) -> None:
    key = changes.pop("key", None) or desk.browser.next_key()
    roster = changes.pop("roster", None) or desk.browser.roster(1, desk.members, desk.sheet.recipient)
    save_first_keys(desk.maker, desk.identity, key, changes.pop("team_wrap", browsers.wrap()), desk.sheet, roster, NOW)


def test_all_of_it_is_kept_and_given_back(before: Desk) -> None:
    assert state.wrapped_keys(before.maker) == state.WrappedKeys(None, None, None)
    key, wrap = before.browser.next_key(), browsers.wrap()
    roster = before.browser.roster(1, before.members, before.sheet.recipient)
    _save(before, key=key, roster=roster, team_wrap=wrap)
    team = before.team
    assert (team.age_recipient, team.vouch_key) == (key.age_recipient, key.vouch_key)
    assert state.history(team) == [key] == [PublicKey(1, k.age_recipient, k.vouch_key, "") for k in team.keys]
    assert db.session.get_one(TeamKey, (team.id, 1)).made_by == before.maker_id
    assert state.latest_roster(team) == roster
    sheet = state.recovery_of(team)
    assert sheet is not None
    assert (sheet.recipient, sheet.file, sheet.checked_at) == (before.sheet.recipient, before.sheet.file, NOW)
    assert state.wrapped_keys(before.maker) == state.WrappedKeys(before.identity.wrapped, wrap, key.age_recipient)
    assert before.maker.identity_recipient == before.identity.recipient
    # The words were typed just now: nobody asks for them on the first day.
    assert before.maker.drilled_at == NOW
    assert before.kinds() == ["keys_made"]


def test_they_are_made_once(desk: Desk) -> None:
    with pytest.raises(KeysStale):
        _save(desk)
    assert desk.team.age_recipient == desk.browser.history[0].age_recipient
    assert desk.kinds() == ["keys_made"]


def test_what_does_not_fit_together_is_refused_whole(before: Desk) -> None:
    key = before.browser.next_key()
    stranger = browsers.TeamBrowser(before.browser.team_id)
    stranger.next_key()
    own, sheet = before.members, before.sheet.recipient
    colleague = {**own, before.colleague_id: browsers.recipient()}
    good = before.browser.roster(1, own, sheet)
    wrong: list[dict[str, Any]] = [
        {"roster": before.browser.roster(1, colleague, sheet)},
        {"roster": before.browser.roster(1, {}, sheet)},
        {"roster": before.browser.roster(1, {before.maker_id: browsers.recipient()}, sheet)},
        {"roster": before.browser.roster(1, own, "")},
        {"roster": before.browser.roster(1, own, browsers.recipient())},
        {"roster": before.browser.roster(1, own, sheet, team=before.browser.team_id + 1)},
        {"roster": stranger.roster(1, own, sheet)},
        {"roster": SignedRoster(good.body, stranger.roster(1, own, sheet).signature)},
        {"roster": SignedRoster(good.body.replace("}", "} ", 1), good.signature)},
        {"roster": SignedRoster(good.body, "A" * 85)},
        {"key": replace(key, n=2)},
        {"key": replace(key, signature="A" * 86)},
        {"key": replace(key, age_recipient="age1short")},
        {"key": replace(key, vouch_key="A" * 44)},
        {"team_wrap": b"AGE-SECRET-KEY-1"},
        {"team_wrap": browsers.wrap() + bytes(16 * 1024)},
    ]
    for change in wrong:
        with pytest.raises(KeysRefused):
            _save(before, **{"key": key, "roster": good, **change})
    with pytest.raises(KeysStale):
        _save(before, key=key, roster=before.browser.roster(2, own, sheet))
    assert (before.team.age_recipient, before.wraps(), before.counts()) == (None, {}, (0, 0))
    assert before.maker.identity_recipient is None
    assert state.recovery_of(before.team) is None
    assert before.kinds() == []


@pytest.mark.parametrize("wrapped", [b"", b"AGE-SECRET-KEY-1", browsers.wrap() + bytes(4 * 1024)])
def test_an_identity_is_sealed_and_small(wrapped: bytes) -> None:
    with pytest.raises(KeysRefused):
        replace(browsers.identity(), wrapped=wrapped)
    with pytest.raises(KeysRefused):
        replace(browsers.identity(), recipient="AGE-SECRET-KEY-1" + "Q" * 58)
