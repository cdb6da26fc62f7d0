"""The people of a team: who may invite, change and end whom; an organisation keeps an administrator; who leaves is
gone at once, and their work is not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import (
    Device,
    Event,
    Member,
    MemberSession,
    Passkey,
    RecoveryCode,
    Referral,
    RotaTurn,
    Team,
    TeamWrap,
)
from server.services import follow_up, triage
from server.services.accounts import administrators, links, members, recovery_codes, sessions
from server.services.accounts.roles import ROLES, OutOfReach
from server.services.founding import add_member
from server.services.retention.periods import Periods
from server.services.transaction import writing
from tests.partnership import PASSWORD, Partnership, found
from tests.services.accounts.conftest import NOW, People
from tests.services.sending import send


def _open(member: Member) -> str:
    with writing() as session:
        return sessions.open_session(session, session.get_one(Member, member.id), "passkey", NOW).token


def _again(member: Member) -> Member:
    return db.session.get_one(Member, member.id)


def _claimed(joined: Partnership, by: Member, closed: bool = False) -> str:
    sent = send(joined.home, NOW)
    triage.claim(by, sent.id, 1, NOW)
    if closed:
        triage.close(by, sent.id, 2, "acted_support", NOW)
    return sent.id


@pytest.mark.parametrize("role", ROLES)
def test_a_lead_gives_all_roles_but_administrator(people: People, role: str) -> None:
    assert members.invite(people.administrator, people.lead.team, "Somebody", [role], NOW)
    if role != "administrator":
        assert members.invite(people.lead, people.lead.team, "Somebody", [role, role], NOW)
        return
    with pytest.raises(members.MayNotGive):
        members.invite(people.lead, people.lead.team, "Somebody", [role, "lead"], NOW)


@pytest.mark.parametrize("roles", [[], ["root"], ["lead", "root"]])
def test_no_role_or_an_unknown_one_is_not_given(people: People, roles: list[str]) -> None:
    with pytest.raises(members.MayNotGive):
        members.invite(people.administrator, people.lead.team, "Somebody", roles, NOW)
    with pytest.raises(members.MayNotGive):
        members.change_roles(people.administrator, people.coordinator, roles, NOW)


def test_who_is_not_in_reach_is_not_found(people: People) -> None:
    for actor in (people.coordinator, people.stranger):
        with pytest.raises(OutOfReach):
            members.invite(actor, people.lead.team, "Somebody", ["coordinator"], NOW)
        with pytest.raises(OutOfReach):
            members.way_back(actor, people.lead, NOW)
        with pytest.raises(OutOfReach):
            members.change_roles(actor, people.lead, ["analyst"], NOW)
        with pytest.raises(OutOfReach):
            members.leave(actor, people.lead, None, NOW)
    assert _again(people.lead).is_active


def test_a_lead_does_not_take_an_administrators_place(people: People) -> None:
    with pytest.raises(members.MayNotGive):
        members.way_back(people.lead, people.administrator, NOW)
    with pytest.raises(members.MayNotGive):
        members.leave(people.lead, people.administrator, None, NOW)
    with pytest.raises(members.MayNotGive):
        members.change_roles(people.lead, people.administrator, ["coordinator"], NOW)
    with pytest.raises(members.MayNotGive):
        members.change_roles(people.lead, people.lead, ["lead", "administrator"], NOW)


def test_nobody_makes_a_way_back_for_themselves(people: People) -> None:
    """Whoever sits at a screen that was left open would hold the account for good."""
    with pytest.raises(members.MayNotGive):
        members.way_back(people.administrator, people.administrator, NOW)


def test_a_new_way_back_ends_the_one_before(people: People, kinds: Callable[[], list[str]]) -> None:
    first = members.way_back(people.lead, people.coordinator, NOW)
    second = members.way_back(people.administrator, people.coordinator, NOW)
    with pytest.raises(links.LinkEnded):
        links.find(first, NOW)
    assert links.find(second, NOW).member_id == people.coordinator.id
    assert kinds().count("way_back_made") == 2


def test_other_roles_end_the_sessions(people: People, kinds: Callable[[], list[str]]) -> None:
    token = _open(people.coordinator)
    members.change_roles(people.lead, people.coordinator, ["coordinator"], NOW)
    assert sessions.current(token, NOW) is not None
    members.change_roles(people.lead, people.coordinator, ["analyst", "coordinator"], NOW)
    assert sessions.current(token, NOW) is None
    assert _again(people.coordinator).roles == ["coordinator", "analyst"]
    assert kinds().count("roles_changed") == 1
    event = db.session.scalars(select(Event).where(Event.kind == "roles_changed")).one()
    assert (event.about_kind, event.about_id) == ("member", str(people.coordinator.id))
    assert event.detail == {"roles": ["coordinator", "analyst"]}


def test_the_last_administrator_stays(people: People) -> None:
    admin = people.administrator
    with pytest.raises(members.LastAdministrator):
        members.change_roles(admin, admin, ["lead"], NOW)
    with pytest.raises(members.LastAdministrator):
        members.leave(admin, admin, None, NOW)
    # Neither an invited one who has not come nor another organisation's counts.
    members.invite(admin, admin.team, "Second", ["administrator"], NOW)
    with pytest.raises(members.LastAdministrator):
        members.leave(admin, admin, None, NOW)
    members.change_roles(admin, people.lead, ["lead", "administrator"], NOW)
    members.change_roles(admin, admin, ["analyst"], NOW)
    with pytest.raises(members.LastAdministrator):
        members.leave(_again(people.lead), people.lead, None, NOW)


def test_of_two_administrators_who_go_at_the_same_time_one_stays(engine_app: Flask) -> None:
    with engine_app.app_context():
        home = found().home
        with writing() as session:
            team = session.get_one(Team, home.team_id)
            session.get_one(Member, home.member_id).roles = ["lead"]
            added = [
                add_member(session, team, name, "Administrator", PASSWORD, roles=("administrator",), now=NOW)
                for name in ("one", "two")
            ]
            session.flush()
            ids = [member.id for member in added]
    together = Barrier(2)

    def attempt(member_id: int) -> bool:
        with engine_app.app_context():
            member = db.session.get_one(Member, member_id)
            together.wait(timeout=30)
            try:
                members.leave(member, member, None, NOW)
            except members.LastAdministrator:
                return False
            return True

    with ThreadPoolExecutor(2) as browsers:
        assert sorted(browsers.map(attempt, ids)) == [False, True]


def test_who_leaves_is_gone_at_once(people: People, engine_joined: Partnership) -> None:
    leaver, token = people.coordinator, _open(people.coordinator)
    with writing() as session:
        member = session.get_one(Member, leaver.id)
        recovery_codes.make(session, member, NOW)
        member.identity_recipient, member.identity_wrapped = "age1", b"wrapped"
        key = {"credential_id": b"id", "public_key": b"key", "sign_count": 0, "backed_up": False, "added_at": NOW}
        session.add(Passkey(member_id=leaver.id, **key))
        session.add(TeamWrap(team_id=leaver.team_id, member_id=leaver.id, file=b"file"))
        session.add(TeamWrap(team_id=leaver.team_id, member_id=people.lead.id, file=b"file"))
        today = NOW.date()
        for days in (-2, 2, 9):
            session.add(RotaTurn(team_id=leaver.team_id, day=today + timedelta(days=days), member_id=leaver.id))
        session.add(RotaTurn(team_id=leaver.team_id, day=today + timedelta(days=2), member_id=people.lead.id))
    own = members.way_back(people.lead, leaver, NOW)
    assert members.leave(people.lead, leaver, None, NOW) == members.Left(referrals=0, turns=2)
    gone = _again(leaver)
    assert (gone.is_active, gone.left_at, gone.sign_in_name) == (False, NOW, None)
    assert (gone.password_hash, gone.totp_secret) == (None, None)
    assert (gone.identity_recipient, gone.identity_wrapped) == (None, None)
    assert sessions.current(token, NOW) is None
    with pytest.raises(links.LinkEnded):
        links.find(own, NOW)
    for table in (Passkey, RecoveryCode, MemberSession):
        assert db.session.scalars(select(table).where(table.member_id == leaver.id)).all() == []
    assert [wrap.member_id for wrap in db.session.scalars(select(TeamWrap))] == [people.lead.id]
    assert len(db.session.scalars(select(RotaTurn)).all()) == 2
    with pytest.raises(OutOfReach):
        members.leave(people.lead, leaver, None, NOW)
    assert leaver not in members.members_of(people.lead.team)


def test_open_work_is_handed_over_and_closed_work_stays(people: People, engine_joined: Partnership) -> None:
    leaver = people.coordinator
    open_one = _claimed(engine_joined, leaver)
    closed_one = _claimed(engine_joined, leaver, closed=True)
    others = _claimed(engine_joined, people.lead)
    assert members.leave(people.administrator, leaver, people.lead, NOW).referrals == 1
    rows = {row.id: row for row in db.session.scalars(select(Referral))}
    assert (rows[open_one].claimed_by, rows[open_one].version) == (people.lead.id, 3)
    assert (rows[closed_one].claimed_by, rows[closed_one].version) == (leaver.id, 3)
    assert (rows[others].claimed_by, rows[others].version) == (people.lead.id, 2)
    # A page that was open before the hand-over is told.
    with pytest.raises(triage.SomeoneChangedThis):
        triage.close(people.lead, open_one, 2, "acted_support", NOW)
    event = db.session.scalars(select(Event).where(Event.kind == "handed_over")).one()
    assert (event.referral_id, event.detail) == (open_one, {"to": people.lead.id})
    left = db.session.scalars(select(Event).where(Event.kind == "left")).one()
    assert left.detail == {"referrals": 1, "turns": 0}


def test_open_work_can_be_left_to_the_team(people: People, engine_joined: Partnership) -> None:
    referral_id = _claimed(engine_joined, people.coordinator)
    closed_one = _claimed(engine_joined, people.coordinator, closed=True)
    members.leave(people.lead, people.coordinator, None, NOW)
    row = db.session.get_one(Referral, referral_id)
    assert (row.claimed_by, row.version, row.state, row.read_at) == (None, 3, "read", NOW)
    assert db.session.get_one(Referral, closed_one).state == "closed"
    # Nobody has it: it is late when its time is over, and the phone does not say that somebody acts.
    late = row.due_at + timedelta(minutes=1)
    [shown] = triage.listed(people.lead, "overdue", late, Periods()).rows
    assert (shown.id, shown.overdue, shown.claimed_by) == (referral_id, True, None)
    told = follow_up.follow_up(row.receipt_sha256)
    assert (told.state, told.read_at, told.acted_at) == ("read", NOW, None)


@pytest.mark.parametrize("ends", ["claimed", "closed"])
def test_a_referral_that_was_put_back_counts_once_for_its_phone(
    people: People, engine_joined: Partnership, ends: str
) -> None:
    referral_id = _claimed(engine_joined, people.coordinator)
    row = db.session.get_one(Referral, referral_id)
    phone, receipt = row.device_id, row.receipt_sha256
    members.leave(people.lead, people.coordinator, None, NOW)
    later = NOW + timedelta(hours=1)
    if ends == "claimed":
        triage.claim(people.lead, referral_id, 3, later)
        assert (follow_up.follow_up(receipt).state, follow_up.follow_up(receipt).acted_at) == ("acted", NOW)
    else:
        triage.close(people.lead, referral_id, 3, "acted_support", later)
    assert db.session.get_one(Device, phone).accepted == 1


def test_work_goes_only_to_somebody_who_can_take_it(people: People, engine_joined: Partnership) -> None:
    referral_id = _claimed(engine_joined, people.coordinator)
    for taker in (people.coordinator, people.stranger, people.administrator):
        with pytest.raises(members.MayNotTakeOver):
            members.leave(people.administrator, people.coordinator, taker, NOW)
    assert _again(people.coordinator).is_active
    assert db.session.get_one(Referral, referral_id).claimed_by == people.coordinator.id


def test_the_team_goes_on_working_while_somebody_leaves(engine_app: Flask) -> None:
    """On PostgreSQL; on SQLite there is one writer at a time anyway. Else two who lock in turn would end each other."""
    with engine_app.app_context():
        if db.engine.dialect.name == "sqlite":
            return
        home = found().home
        claimed, opened = send(home, NOW).id, []

        def work() -> None:
            with engine_app.app_context():
                triage.claim(db.session.get_one(Member, home.member_id), claimed, 1, NOW)
                opened.append(claimed)

        with writing() as session:
            leaver = session.get_one(Member, home.member_id, with_for_update={"of": Member, "key_share": True})
            with pytest.raises(members.LastAdministrator):
                administrators.keep_one(session, leaver)
            thread = Thread(target=work)
            thread.start()
            thread.join(timeout=8)
            assert opened == [claimed]
