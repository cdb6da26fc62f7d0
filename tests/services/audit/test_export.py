"""The table to take away: every event once, no cell that a spreadsheet would run, and an event that tells of it."""

import csv
import io

import pytest
from flask import Flask

from server.extensions import db
from server.models import Member
from server.services.audit import export as exporting
from server.services.audit.export import COLUMNS, export, neutral
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.services.audit.conftest import NOW, Record
from tests.services.sending import send


def _rows(record: Record) -> list[dict[str, str]]:
    member = db.session.get_one(Member, record.side.member_id)
    text = "".join(export(member, NOW))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_every_event_is_in_it_once_and_the_export_leaves_one(
    engine_app: Flask, record: Record, other: Record, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(exporting, "BATCH", batch)
    with engine_app.app_context():
        events = record.events()
        rows = _rows(record)
        assert tuple(rows[0]) == COLUMNS
        assert [(row["seq"], row["kind"], row["hash"]) for row in rows] == [
            (str(event.seq), event.kind, event.hash) for event in events
        ]
        left = record.events()[-1]
        assert (left.kind, left.detail, left.member_id) == (
            "audit_exported",
            {"events": len(events)},
            record.side.member_id,
        )
        assert record.found() is None


def test_of_what_a_phone_did_it_holds_the_day_only(engine_app: Flask, sides: Partnership, record: Record) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        stored = next(row for row in _rows(record) if row["kind"] == "stored")
        assert (stored["at"], stored["about"], stored["by"]) == ("2026-11-22", sent.reference, "phone")
        turned = next(row for row in _rows(record) if row["kind"] == "rota_changed")
        assert (turned["at"], turned["detail"]) == ("2026-11-22T14:05:30Z", '{"turns": 0}')


def test_a_name_that_is_a_formula_is_taken_as_text(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        with writing() as session:
            session.get_one(Member, record.side.member_id).display_name = '=HYPERLINK("http://x","y")'
        names = {row["by"] for row in _rows(record) if row["member_id"]}
        assert names == {'\'=HYPERLINK("http://x","y")'}


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_begins_a_formula(begin: str) -> None:
    assert neutral(f"{begin}1+1") == f"'{begin}1+1"
    assert neutral(f"x{begin}") == f"x{begin}"
