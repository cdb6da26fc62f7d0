"""Joining by invitation: as many holders as it says, as long as it says, and with nothing kept but hashes; and the ways
in which a phone goes again. On both engines where it matters."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from server import clock
from server.extensions import db
from server.models import Device, Event, Invitation, Referral, Team
from server.services import triage
from server.services.accounts.roles import OutOfReach
from server.services.phones import devices, holding, invitations, senders
from server.services.retention.periods import Periods
from tests import inviting
from tests.partnership import Partnership, device_of
from tests.services.phones.conftest import lead_of, newest_invitation
from tests.services.sending import send

# Later than whatever the partnership was made with, however long the tests before this one took.
NOW = clock.now() + timedelta(hours=12)
HOUR = timedelta(hours=1)
TOGETHER = 20


def _invite(sides: Partnership, uses: int) -> str:
    return inviting.invite(sides.home.team_id, uses, NOW)


def test_an_invitation_serves_so_many_holders_twice_within_an_hour(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        secret = _invite(sides, 2)
        joined = [devices.join(secret, NOW + timedelta(minutes=10 * at)).device for at in range(4)]
        assert [phone.second_of for phone in joined] == [None, joined[0].id, None, joined[2].id]
        assert len({phone.code for phone in joined}) == 4
        with pytest.raises(devices.InvitationUsedUp):
            devices.join(secret, NOW + timedelta(minutes=40))


def test_after_an_hour_it_is_another_holder(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        secret = _invite(sides, 2)
        devices.join(secret, NOW)
        assert devices.join(secret, NOW + HOUR).device.second_of is None
        assert db.session.scalar(select(Invitation.uses_left).order_by(Invitation.id.desc())) == 0


@pytest.mark.parametrize("stopped", ["hold", "wipe", "revoke", "left"])
def test_who_was_stopped_does_not_come_back_as_the_second(engine_app: Flask, sides: Partnership, stopped: str) -> None:
    with engine_app.app_context():
        secret = _invite(sides, 1)
        joined = devices.join(secret, NOW)
        phone = joined.device
        if stopped == "left":
            devices.left(senders.phone_of(joined.token), NOW)
            assert devices.join(secret, NOW).device.second_of == phone.id
            return
        deed = {"hold": holding.hold, "wipe": devices.ask_wipe, "revoke": devices.revoke}[stopped]
        deed(lead_of(sides), phone, NOW)
        with pytest.raises(devices.InvitationUsedUp):
            devices.join(secret, NOW)


def test_many_at_once_on_one_use_are_one_holder(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        secret = _invite(sides, 1)
        before = db.session.scalar(select(func.count()).select_from(Device))
    together, told = threading.Barrier(TOGETHER), []

    def join() -> None:
        with engine_app.app_context():
            together.wait()
            try:
                told.append(devices.join(secret, NOW).device.second_of is None)
            except devices.InvitationUsedUp:
                told.append("used up")

    threads = [threading.Thread(target=join) for _ in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (told.count(True), told.count(False), told.count("used up")) == (1, 1, TOGETHER - 2)
    with engine_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Device)) == before + 2


def test_each_refusal_is_told_apart(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        used_up, over, ended = (_invite(sides, 1) for _ in range(3))
        devices.join(used_up, NOW)
        last = newest_invitation()
        invitations.end(lead_of(sides), last, NOW)
        for secret, when, refusal in (
            ("A" * 43, NOW, devices.InvitationUnknown),
            (used_up, NOW + 2 * HOUR, devices.InvitationUsedUp),
            (over, NOW + timedelta(days=7), devices.InvitationOver),
            # Made when the clock was a year ahead.
            (over, NOW - timedelta(days=365), devices.InvitationOver),
            (ended, NOW, devices.InvitationEnded),
        ):
            with pytest.raises(refusal):
                devices.join(secret, when)
        assert devices.join(over, NOW + timedelta(days=6, hours=23, minutes=30)).device.team_id == sides.home.team_id
        # The second half of a holder's hour may lie after the last day, and never after the end.
        assert devices.join(over, NOW + timedelta(days=7)).device.second_of is not None


def test_a_code_is_drawn_again_when_the_team_has_it(
    engine_app: Flask, sides: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine_app.app_context():
        secret, drawn = _invite(sides, 5), iter(["7K3M", "7K3M", "7K3M", "9ZZ0"])
        monkeypatch.setattr(devices, "_drawn_code", lambda: next(drawn))
        assert [devices.join(secret, NOW).device.code for _ in range(2)] == ["7K3M", "9ZZ0"]
        monkeypatch.setattr(devices, "_drawn_code", lambda: "7K3M")
        with pytest.raises(devices.NoCodeFree):
            devices.join(secret, NOW)


def test_codes_hold_no_letter_that_is_misheard() -> None:
    drawn = {letter for _ in range(500) for letter in devices._drawn_code()}
    assert drawn == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_who_has_gone_is_told_apart_from_who_never_came(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        for token in ("", "A" * 43):
            with pytest.raises(senders.PhoneUnknown):
                device_of(token)
        lead, secret = lead_of(sides), _invite(sides, 5)
        taken, emptied, gone = (devices.join(secret, NOW + each * HOUR) for each in range(3))
        devices.revoke(lead, taken.device, NOW)
        devices.ask_wipe(lead, emptied.device, NOW)
        # It may still deliver.
        assert device_of(emptied.token).id == emptied.device.id
        for phone in (emptied, gone):
            devices.left(senders.phone_of(phone.token), NOW)
        for phone in (taken, emptied, gone):
            with pytest.raises(senders.PhoneTakenOut):
                device_of(phone.token)
        kinds = list(db.session.scalars(select(Event.kind).order_by(Event.organisation_id, Event.seq)))
        assert [kind for kind in kinds if kind in ("phone_revoked", "wipe_asked", "phone_wiped", "phone_left")] == [
            "phone_revoked",
            "wipe_asked",
            "phone_wiped",
            "phone_left",
        ]
        # Twice changes nothing and says nothing.
        devices.revoke(lead, taken.device, NOW)
        devices.ask_wipe(lead, taken.device, NOW)
        assert db.session.scalar(select(func.count()).select_from(Event)) == len(kinds)


def test_what_a_phone_to_be_emptied_still_delivers_is_held(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        devices.ask_wipe(lead_of(sides), device_of(sides.home.device_token), NOW)
        stored = send(sides.home, NOW)
        assert db.session.get_one(Referral, stored.id).held
        assert [row.id for row in triage.listed(lead_of(sides), "held", NOW, Periods()).rows] == [stored.id]


def test_only_hashes_are_stored(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        secret = inviting.invite(partnership.home.team_id, 5, NOW)
        token = devices.join(secret, NOW).token
        rows = [str(db.session.execute(table.__table__.select()).all()) for table in (Invitation, Device, Event)]
        assert not any(hidden in row for row in rows for hidden in (secret, token))
        assert token not in repr(devices.join(secret, NOW))


def test_the_page_of_phones_counts_what_is_open(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        home = db.session.get_one(Team, sides.home.team_id)
        first, closed = send(sides.home, NOW), send(sides.home, NOW)
        lead = lead_of(sides)
        triage.close(lead, closed.id, 1, "duplicate", NOW)
        secret = _invite(sides, 1)
        new = [devices.join(secret, NOW + timedelta(minutes=at)).device.code for at in (1, 2)]
        rows = devices.devices_of(home)
        assert [row.device.code for row in rows[:2]] == new[::-1]
        assert [row.first for row in rows] == [new[0], "", ""]
        assert [(row.open_referrals, row.held_referrals) for row in rows] == [(0, 0), (0, 0), (1, 0)]
        assert [row.device.team_id for row in rows] == [home.id] * 3
        holding.hold(lead, rows[2].device, NOW)
        devices.revoke(lead, rows[1].device, NOW)
        rows = devices.devices_of(home)
        assert [(row.device.code, row.held_referrals) for row in rows[::2]] == [(new[1], 0), (new[0], 0)]
        assert rows[1].held_referrals == 1
        assert db.session.get_one(Referral, first.id).held


def test_another_teams_phone_is_not_there(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        theirs = device_of(sides.other.device_token)
        for number in (theirs.id, 0, 10_000):
            with pytest.raises(OutOfReach):
                devices.phone_in_reach(lead_of(sides), "end_phones", number)
            with pytest.raises(OutOfReach):
                holding.phone_to_hold(lead_of(sides), number)
