"""The third step with rows in it, on both engines: nothing is lost, nobody is signed out, histories begin with the keys
that there are."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.migrations.running import to_newest
from server.models import (
    Invitation,
    Member,
    MemberSession,
    Passkey,
    RecoveryWrap,
    Referral,
    Team,
    TeamKey,
    TeamRoster,
    TeamWrap,
)
from tests.migrations.before_0003 import ACTED, ACTED_BY_NOBODY, CLOSED, RECIPIENT, VOUCH, fill
from tests.migrations.stepping import at_step, counted


def test_every_row_of_before_is_there_after(empty_url: str) -> None:
    engine, before = at_step(empty_url, "0002", fill)
    to_newest(empty_url)
    after = counted(engine, before)
    assert after == before
    with Session(engine) as session:
        _holds(session)
    engine.dispose()


def _holds(session: Session) -> None:
    [key] = session.scalars(select(TeamKey))
    assert (key.team_id, key.n, key.age_recipient, key.vouch_key) == (1, 1, RECIPIENT, VOUCH)
    assert (key.signature, key.made_by) == ("", None)
    # Both engines wrote the same moment, in UTC.
    assert abs(datetime.now(UTC) - key.made_at) < timedelta(days=1)
    assert [[one.n for one in team.keys] for team in session.scalars(select(Team).order_by(Team.id))] == [[1], [], []]
    # No roster and no recovery is made up: only a browser can sign and seal.
    assert session.scalars(select(TeamRoster)).all() == []
    assert session.scalars(select(RecoveryWrap)).all() == []
    for member in session.scalars(select(Member)):
        assert member.drilled_at is None
    assert session.get_one(Member, 1).identity_wrapped == b"age"
    assert session.get_one(TeamWrap, (1, 1)).file == b"age"
    assert session.scalars(select(MemberSession)).one().unlock_half is None
    assert session.scalars(select(Passkey)).one().identity_wrap is None
    assert session.scalars(select(Invitation)).one().voucher is None
    states = {one.id: (one.state, one.claimed_by, one.version) for one in session.scalars(select(Referral))}
    assert states == {ACTED_BY_NOBODY: ("read", None, 2), ACTED: ("acted", 1, 2), CLOSED: ("closed", None, 2)}
    assert session.get_one(Referral, ACTED_BY_NOBODY).acted_at is not None
