"""A definition lives as long as the phones that hold it."""

from flask import Flask
from sqlalchemy import func, select

from server import clock
from server.extensions import db
from server.models import Definition, Referral
from server.screening.canonical import canonical_json, content_hash
from server.services import definitions
from server.services.transaction import writing
from tests.conftest import application
from tests.partnership import found
from tests.referrals import coded, definition
from tests.services.sending import send


def test_each_is_written_down_once(app: Flask, database_url: str) -> None:
    with application(database_url) as again, again.app_context():
        assert db.session.scalar(select(func.count()).select_from(Definition)) == len(definitions.shipped())
        for row in db.session.scalars(select(Definition)):
            assert canonical_json(definitions.shipped()[row.hash]).decode() == row.body


def test_an_old_phone_is_scored_by_what_it_had(app: Flask) -> None:
    """An older first look, no longer shipped, in which nothing ever adds up to more than its floor."""
    _, today = definition("checklist", "first-look")
    old = {**today, "version": 0}
    with app.app_context():
        with writing() as session:
            row = {"hash": content_hash(old), "kind": "checklist", "name": "first-look", "version": 0}
            session.add(Definition(**row, body=canonical_json(old).decode()))
        part = coded()
        part["checklist"] = {"id": "first-look", "version": 0, "hash": content_hash(old)}
        stored = send(found().home, clock.now(), part)
        assert db.session.get_one(Referral, stored.id).rescored == "same"
