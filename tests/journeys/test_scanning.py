"""An invitation is scanned inside the app, by our own decoder; a camera that is refused leaves the link to paste."""

from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser import ARGUMENTS
from tests.journeys.camera import seeing
from tests.journeys.conftest import PHONE, spoken
from tests.journeys.site import Site
from tests.journeys.words import phone_says
from tests.journeys.worker import Worker

pytestmark = pytest.mark.journey


def test_a_code_is_scanned_and_joined(
    site: Site, automation: Playwright, executable: str, tmp_path: Path, locale: str
) -> None:
    camera = seeing(site.demo["invitation"], tmp_path / "code.y4m")
    running = automation.chromium.launch(executable_path=executable, args=[*ARGUMENTS, *camera])
    context = running.new_context(viewport=PHONE, locale=spoken(locale))
    worker = Worker(context.new_page(), phone_says(locale))
    worker.open_home(site.field_origin)
    worker.button("Join a team").click()
    worker.button("Scan a code").click()
    refused = worker.say("The camera may not be used. Paste the link instead.")
    expect(worker.page.get_by_text(refused)).to_be_visible()

    context.grant_permissions(["camera"], origin=site.field_origin)
    worker.button("Scan a code").click()
    expect(worker.heading("Join this team?")).to_be_visible()
    expect(worker.page.locator("video")).to_have_count(0)
    worker.button("Join").click()
    expect(worker.heading("You have joined")).to_be_visible()
    running.close()
