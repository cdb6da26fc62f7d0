"""The second step with the rows of the first release in it, on both engines: nothing is lost, and the record holds."""

from datetime import UTC

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from server.migrations.running import to_newest
from server.models import Device, Event, Invitation, Member, MemberSession, Organisation, Referral, Team, TeamWrap
from server.services.audit.chain import START, link
from tests.migrations.before_0002 import fill
from tests.migrations.stepping import at_step, counted


def test_every_row_of_before_is_there_after(empty_url: str) -> None:
    engine, before = at_step(empty_url, "0001", fill)
    to_newest(empty_url)
    after = counted(engine, before)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    # Who was signed in signs in again.
    assert after == {**before, "member_session": 0}
    with Session(engine) as session:
        _holds(session)
    engine.dispose()


def _holds(session: Session) -> None:
    one, two = session.scalars(select(Organisation).order_by(Organisation.id))
    assert (one.is_host, two.is_host) == (True, False)
    a, b = session.scalars(select(Team).order_by(Team.id))
    assert a.hours == [{"days": [1, 2, 3, 4, 5], "opens": "08:00", "closes": "18:00"}]
    assert b.hours == []
    assert (a.ages, a.kinds, a.subjects, a.conflicts) == (["child", "adult"], [], ["person", "place"], [])
    for member in session.scalars(select(Member)):
        assert member.is_active
        assert member.roles == ["administrator", "lead"]
        assert len(member.handle) == 32
    assert session.scalar(select(MemberSession.token_hash)) is None
    assert session.scalars(select(TeamWrap)).one().file == b"age"
    assert session.scalars(select(Invitation)).one().uses == 5
    assert [device.code for device in session.scalars(select(Device).order_by(Device.id))] == ["1", "2"]
    referral = session.scalars(select(Referral)).one()
    assert (referral.sender_organisation_id, referral.new_phone, referral.held) == (1, False, False)
    assert (referral.claimed_by, referral.device_id) == (1, 1)
    for organisation in (1, 2):
        before = START
        events = list(session.scalars(select(Event).where(Event.organisation_id == organisation).order_by(Event.seq)))
        for seq, event in enumerate(events, start=1):
            row = {column.name: getattr(event, column.name) for column in Event.__table__.columns}
            row["at"] = row["at"].astimezone(UTC)
            assert event.seq == seq
            assert event.hash == link(before, row)
            before = event.hash
        head = session.execute(
            text("SELECT seq, hash FROM audit_head WHERE organisation_id = :of"), {"of": organisation}
        ).one()
        assert tuple(head) == (len(events), before)
