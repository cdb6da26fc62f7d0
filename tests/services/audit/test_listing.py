"""What an administrator reads: their own organisation's events, newest first, found by kind, person, thing and day."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import Device, Member, Organisation, Referral
from server.services import triage
from server.services.audit import listing
from server.services.audit.kinds import COMMAND, GROUPS, PHONE
from server.services.audit.listing import Entry
from server.services.audit.wanted import UnknownGroup, Wanted
from server.services.events import add_event_for
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.services.audit.conftest import NOW, Record
from tests.services.sending import send


def _of(record: Record) -> Organisation:
    return db.session.get_one(Organisation, record.organisation_id)


def _found(record: Record, **wanted: object) -> list[Entry]:
    return listing.page_of(_of(record), Wanted(**wanted)).entries  # type: ignore[arg-type]


def test_pages_hold_every_event_once_newest_first(
    engine_app: Flask, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    with engine_app.app_context():
        seen, before = [], None
        while True:
            page = listing.page_of(_of(record), Wanted(), before)
            assert len(page.entries) <= 3
            seen += [entry.seq for entry in page.entries]
            before = page.older
            if before is None:
                break
        assert seen == list(range(record.last(), 0, -1))


def test_another_organisations_events_are_not_there(engine_app: Flask, record: Record, other: Record) -> None:
    with engine_app.app_context():
        mine = {entry.hash for entry in _found(record)}
        assert mine
        assert mine.isdisjoint(event.hash for event in other.events())
        for who in (str(other.side.member_id),):
            assert _found(record, who=who) == []
        assert other.side.member_id not in dict(listing.people_of(_of(record)))


def test_it_is_found_by_group(engine_app: Flask, sides: Partnership, record: Record) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        triage.claim(db.session.get_one(Member, sides.home.member_id), sent.id, 1, NOW)
        assert [entry.kind for entry in _found(record, group="referrals")] == ["claimed", "stored"]
        assert {entry.kind for entry in _found(record, group="team")} == {"rota_changed"}
        counted = sum(len(_found(record, group=group)) for group in GROUPS)
        assert counted == record.last()
        with pytest.raises(UnknownGroup):
            _found(record, group="everything")


def test_it_is_found_by_who_did_it(engine_app: Flask, sides: Partnership, record: Record) -> None:
    with engine_app.app_context():
        send(sides.home, NOW)
        with writing() as session:
            add_event_for(session, record.organisation_id, "audit_checkpointed", NOW)
        by_phone, by_command = _found(record, who=PHONE), _found(record, who=COMMAND)
        by_member = _found(record, who=str(record.side.member_id))
        assert (by_phone[0].kind, by_phone[0].by) == ("stored", PHONE)
        assert (by_command[0].kind, by_command[0].by) == ("audit_checkpointed", COMMAND)
        assert {entry.by for entry in by_member} == {"Coordinator, home"}
        assert len(by_phone) + len(by_command) + len(by_member) == record.last()


def test_it_is_found_by_what_it_is_about(engine_app: Flask, sides: Partnership, record: Record) -> None:
    with engine_app.app_context():
        sent, _another = send(sides.home, NOW), send(sides.home, NOW)
        device = db.session.scalars(select(Device).where(Device.team_id == sides.home.team_id)).one()
        with writing() as session:
            for about in (("device", device.id), ("member", sides.home.member_id)):
                add_event_for(session, record.organisation_id, "phone_held", NOW, about=about)
        by_reference = _found(record, about=sent.reference.lower().replace("-", " "))
        assert [(entry.kind, entry.about, entry.referral_id) for entry in by_reference] == [
            ("stored", sent.reference, sent.id)
        ]
        assert ("phone_held", device.code) in [(e.kind, e.about) for e in _found(record, about=device.code.lower())]
        named = _found(record, about="coordinator, HOME")
        assert [(entry.about_kind, entry.about) for entry in named if entry.kind == "phone_held"] == [
            ("member", "Coordinator, home")
        ]
        assert {entry.about for entry in _found(record, about="home team")} == {"The home team"}
        for nothing in ("%", "_", "The other team", "HD-0000-0000"):
            assert _found(record, about=nothing) == []


def test_it_is_found_by_when_it_was(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        since, until = NOW + timedelta(minutes=2), NOW + timedelta(minutes=5)
        found = [entry for entry in _found(record, since=since, until=until) if entry.kind == "rota_changed"]
        assert [entry.at for entry in found] == [NOW + timedelta(minutes=minute) for minute in (4, 3, 2)]


def test_what_is_gone_is_told_by_its_number(engine_app: Flask, sides: Partnership, record: Record) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        with writing() as session:
            add_event_for(session, record.organisation_id, "phone_left", NOW, about=("device", 987_654))
        gone = listing.page_of(_of(record), Wanted()).entries[0]
        assert (gone.about_kind, gone.about_id, gone.about) == ("device", "987654", "")
        record.tamper("DELETE FROM referral WHERE id = :id AND :of > 0", id=sent.id)
        gone = listing.page_of(_of(record), Wanted()).entries[1]
        assert (gone.about_kind, gone.about_id, gone.about) == ("referral", sent.id, "")
        assert db.session.get(Referral, sent.id) is None


def test_the_fingerprint_is_the_beginning_of_the_newest_hash(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        shown = listing.fingerprint(_of(record))
        assert shown is not None
        assert len(shown) == 19
        assert record.events()[-1].hash.startswith(shown.replace(" ", ""))
        record.tamper("DELETE FROM audit_head WHERE organisation_id = :of")
        assert listing.fingerprint(_of(record)) is None
