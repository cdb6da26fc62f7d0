"""The main job behind a balancer: each request is answered by any process, and one of them dies on the way."""

import pytest
from playwright.sync_api import Browser, expect

from tests.balanced.fleet import Fleet
from tests.balanced.nginx import ANSWERED_BY
from tests.journeys.conftest import DESK, Pocket
from tests.journeys.coordinator import Coordinator
from tests.journeys.test_referral import NOTE
from tests.journeys.words import inbox_says, phone_says
from tests.journeys.worker import Worker

pytestmark = pytest.mark.journey

TEAM = "Clyde Valley social work"


def test_any_process_answers_any_step_and_one_dies_on_the_way(
    fleet: Fleet, pocket: Pocket, browser: Browser, locale: str
) -> None:
    council = fleet.coordinator("council")
    asked: list[str] = []
    worker = Worker(pocket.on().pages[0], phone_says(locale))
    assert pocket.context is not None
    pocket.context.on("response", lambda answer: asked.append(answer.headers.get(ANSWERED_BY.lower(), "")))
    worker.join(council["invitation"])
    worker.ready_without_signal()
    worker.first_look()
    reference = worker.write_and_send(NOTE, TEAM)
    worker.button("Sent and waiting").click()
    expect(worker.page.get_by_text(worker.say("Stored. No person has read it yet."))).to_be_visible()

    context = browser.new_context(viewport=DESK)
    context.on("response", lambda answer: asked.append(answer.headers.get(ANSWERED_BY.lower(), "")))
    desk = Coordinator(context.new_page(), inbox_says(locale), council)
    desk.sign_in(fleet.inbox_origin, locale)
    expect(desk.rows).to_have_count(1)
    desk.open(reference)
    assert desk.open_note(council["passphrase"]) == NOTE

    # Nobody is told, neither the phone nor the browser.
    fleet.servers[1].kill()
    worker.sees_status("A person has read it.")
    desk.claim()
    worker.sees_status("Someone is acting on it.")
    desk.close("acted_support")
    worker.sees_status("Support was offered.")
    context.close()

    ports = {one.rpartition(":")[2] for answer in asked for one in answer.split(", ") if one}
    assert ports == {str(port) for port in fleet.ports}
