"""What the lists are sorted and counted by, and what the inbox shows of a referral, is drawn from what was sent."""

import pytest
from flask import Flask

from server import clock
from server.extensions import db
from server.models import Referral
from tests.partnership import Partnership, found
from tests.referrals import coded
from tests.services.sending import send

NOW = clock.now()


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, (False, False, False)),
        ({"danger": "now"}, (True, False, False)),
        ({"age": "unsure"}, (False, True, False)),
        ({"safe_tonight": "no"}, (False, False, True)),
    ],
)
def test_what_the_lists_count_by_is_drawn_from_what_was_sent(
    engine_app: Flask, sides: Partnership, facts: dict[str, str], wanted: tuple[bool, ...]
) -> None:
    with engine_app.app_context():
        row = db.session.get_one(Referral, send(sides.home, NOW, coded(**facts)).id)
        assert (row.danger, row.child, row.unsafe) == wanted


def test_what_the_inbox_shows_of_a_referral_is_drawn_from_what_was_sent(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        part = coded(age="young_adult")
        # The phone says another result than the server finds.
        part["result"] = {**part["result"], "concern": "some", "could_be": "low"}
        row = db.session.get_one(Referral, send(sides.home, NOW, part).id)
        assert (row.subject, row.age, row.area) == ("person", "young_adult", "S12000049")
        assert (row.concern, row.could_be, row.server_concern, row.server_could_be) == ("some", "low", "none", "strong")
        assert (row.checklist_hash, row.pathway_hash) == (part["checklist"]["hash"], part["pathway"]["hash"])
        assert row.kinds == ["unknown"]
        # What the worker says counts also when the server cannot look for itself.
        part["facts"]["exploitation"], part["checklist"]["hash"] = ["labour"], "0" * 64
        assert db.session.get_one(Referral, send(sides.home, NOW, part).id).kinds == ["labour"]
