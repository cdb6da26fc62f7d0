"""Places of the record that are written down: each with its event, in a file that is read back as it was written."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import AuditCheckpoint
from server.services.audit.checkpoints import ChainBroken, NoCheckpointFile, make_checkpoints, read_checkpoints
from server.services.audit.verify import verify
from server.services.audit.walk import Place
from tests.services.audit.conftest import NOW, Record


def test_a_checkpoint_covers_its_own_event(engine_app: Flask, record: Record, other: Record) -> None:
    with engine_app.app_context():
        made = make_checkpoints(NOW)
        assert [each.organisation_id for each in made] == [record.organisation_id, other.organisation_id]
        for each, whose in zip(made, (record, other), strict=True):
            event = whose.events()[-1]
            assert (event.kind, event.member_id) == ("audit_checkpointed", None)
            assert each.place == Place(event.seq, event.hash)
            assert whose.found() is None
        rows = db.session.scalars(select(AuditCheckpoint).order_by(AuditCheckpoint.organisation_id)).all()
        assert [(row.seq, row.hash, row.reason) for row in rows] == [
            (each.place.seq, each.place.hash, "made") for each in made
        ]


def test_a_broken_record_gets_no_checkpoint(engine_app: Flask, record: Record, other: Record) -> None:
    with engine_app.app_context():
        record.tamper("UPDATE event SET kind = 'read' WHERE organisation_id = :of AND seq = 2")
        before = other.last()
        with pytest.raises(ChainBroken) as broken:
            make_checkpoints(NOW)
        assert [verdict.organisation_id for verdict in broken.value.verdicts] == [record.organisation_id]
        assert other.last() == before
        assert db.session.scalars(select(AuditCheckpoint)).all() == []


def test_the_file_is_read_back_and_holds_after_more_was_done(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        first = [each.as_line() for each in make_checkpoints(NOW)]
        record.write(3)
        second = [each.as_line() for each in make_checkpoints(NOW)]
        record.write(2)
        kept = read_checkpoints([*first, "", *second])
        assert len(kept[record.organisation_id]) == 2
        assert [verdict.fault for verdict in verify(db.session(), kept)] == [None, None]
        told = json.loads(first[0])
        assert (told["v"], told["made_at"]) == (1, "2026-11-22T14:05:30Z")
        record.tamper("UPDATE event SET member_id = NULL WHERE organisation_id = :of AND seq = 3")
        record.rewrite_from(3)
        record.tamper("DELETE FROM audit_checkpoint")
        assert [verdict.fault for verdict in verify(db.session())] == [None, None]
        fault = verify(db.session(), kept)[0].fault
        assert fault is not None
        assert (fault.code, fault.seq) == ("elsewhere-differs", told["seq"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("not JSON", "line 1 is no checkpoint"),
        ("[]", "line 1 is no checkpoint"),
        ('{"organisation": 1}', "line 1 is no checkpoint"),
        ('{"v": 2, "organisation": 1}', "line 1 is of a version"),
        ('{"v": 1, "organisation": 1, "seq": 2}', "line 1 is not whole"),
        ('{"v": 1, "organisation": 1, "seq": true, "hash": "' + "0" * 64 + '"}', "line 1 is not whole"),
        ('{"v": 1, "organisation": 1, "seq": 2, "hash": "0"}', "line 1 is not whole"),
        ("", "there is no checkpoint"),
    ],
)
def test_a_file_of_something_else_is_refused_by_its_line(line: str, said: str) -> None:
    with pytest.raises(NoCheckpointFile, match=said):
        read_checkpoints([line])
