"""First keys are stored once, sealed, and nothing that is not sealed is taken."""

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Event, Member
from server.services import keys
from tests.partnership import RECIPIENT, Partnership
from tests.referrals import AGE_FILE

NOW = clock.now()
SOUND = {
    "identity_recipient": RECIPIENT,
    "identity_wrapped": AGE_FILE,
    "team_recipient": RECIPIENT,
    "vouch_key": "A" * 43,
    "team_wrap": AGE_FILE + b"team",
}


def test_first_keys_are_kept_and_given_back(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        member = db.session.get_one(Member, partnership.other.member_id)
        assert keys.wrapped_keys(member) == keys.WrappedKeys(None, None, None)
        keys.save_first_keys(member, **SOUND, now=NOW)
        assert keys.wrapped_keys(member) == keys.WrappedKeys(AGE_FILE, AGE_FILE + b"team", RECIPIENT)
        made = select(Event.kind).where(Event.member_id == member.id)
        assert db.session.scalars(made).all() == ["keys_made"]


def test_first_keys_are_made_once(app: Flask, partnership: Partnership) -> None:
    with app.app_context(), pytest.raises(keys.KeysAlreadyMade):
        keys.save_first_keys(db.session.get_one(Member, partnership.home.member_id), **SOUND, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"identity_recipient": "AGE-SECRET-KEY-1" + "Q" * 58},
        {"team_recipient": "age1short"},
        {"vouch_key": "A" * 44},
        {"identity_wrapped": b"AGE-SECRET-KEY-1"},
        {"team_wrap": AGE_FILE + bytes(16 * 1024)},
    ],
)
def test_anything_else_is_refused(app: Flask, partnership: Partnership, change: dict[str, object]) -> None:
    with app.app_context():
        member = db.session.get_one(Member, partnership.other.member_id)
        with pytest.raises(keys.KeysRefused):
            keys.save_first_keys(member, **{**SOUND, **change}, now=NOW)  # type: ignore[arg-type]
        assert member.team.age_recipient is None
