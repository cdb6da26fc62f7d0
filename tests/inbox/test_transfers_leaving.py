"""A team that took something on is told when it is deleted: it cannot decide that, and must not be surprised by it."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from server import clock
from server.models import Referral
from server.services.intake import Stored
from server.services.transaction import writing
from tests.inbox.conftest import Browser
from tests.partnership import Partnership
from tests.referrals import AGE_FILE
from tests.services.transfers.passing import give_keys, offered

Send = Callable[..., Stored]


def test_a_team_that_took_it_on_is_told_when_it_is_deleted(
    app: Flask, outsider: Browser, partnership: Partnership, send: Send
) -> None:
    stored = send(file=AGE_FILE)
    with app.app_context():
        give_keys(partnership.other)
        number = offered(partnership, stored.id, clock.now())
    path = f"/passed-on/{number}"
    told = "How long it is kept"
    assert told not in outsider.get(path).text
    outsider.submit(f"{path}/accept", path, version="1")
    page = outsider.get(path).text
    assert (told in page, "in 90 days." in page, "/keep" in page) == (True, True, False)
    assert "Deleted in" not in outsider.get("/passed-on").text
    with app.app_context(), writing() as session:
        referral = session.get_one(Referral, stored.id)
        referral.received_at = clock.now() - timedelta(days=88)
    for place in (path, "/passed-on"):
        assert "Deleted in 2 days" in outsider.get(place).text
