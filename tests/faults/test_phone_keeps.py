"""The database goes away while a worker sends: the phone keeps the referral, says so, and delivers it when the database
is back, and nobody touches anything."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import func, select

from server.extensions import db
from server.models import Referral
from tests.conftest import application
from tests.faults.conftest import Serve
from tests.journeys.at_rest import NOTE, TEAM
from tests.journeys.conftest import PHONE
from tests.journeys.words import phone_says
from tests.journeys.worker import Worker
from tests.postgres import Instance
from tests.served import HEED

pytestmark = pytest.mark.journey


def test_it_waits_in_the_outbox_and_arrives_by_itself(
    own_postgres: Instance,
    own_url: str,
    serve: Serve,
    browser: Browser,
    tmp_path: Path,
) -> None:
    served = serve(own_url)
    # Its secrets file belongs into this folder.
    subprocess.run([*HEED, "demo"], env=served.environment, cwd=tmp_path, check=True, capture_output=True)
    told = json.loads((tmp_path / "var" / "demo.json").read_text("utf-8"))
    council = next(member for member in told["members"] if member["sign_in_name"] == "council")
    served.runs_in = tmp_path
    served.start()
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    say = phone_says("en")
    worker = Worker(context.new_page(), say)
    worker.join(council["invitation"])
    worker.first_look()
    own_postgres.stop()
    worker.write_and_send(NOTE, TEAM)
    worker.button("Sent and waiting").click()
    waits = worker.page.get_by_text(say("Not sent yet"))
    expect(waits.first).to_be_visible()
    own_postgres.start()
    # From here on nobody does anything.
    expect(worker.page.get_by_text(say("Stored. No person has read it yet.")).first).to_be_visible(timeout=120_000)
    expect(waits).to_have_count(0)
    with application(own_url) as app, app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Referral)) == 1
    context.close()
