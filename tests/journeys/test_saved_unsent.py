"""What one phone cannot send is saved as a file, taken in on another, and arrives once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.journeys.at_rest import TEAM, Resting, referrals, stores
from tests.journeys.conftest import Pocket
from tests.journeys.looking import assert_good
from tests.journeys.site import Site
from tests.journeys.words import phone_says

pytestmark = pytest.mark.journey


@pytest.fixture
def other_pocket(automation: Playwright, executable: str, tmp_path: Path, locale: str) -> Iterator[Pocket]:
    phone = Pocket(automation, executable, tmp_path / "other", locale)
    yield phone
    phone.off()


def test_what_is_not_sent_is_saved_and_taken_in_on_another_phone_and_arrives_once(
    site: Site, pocket: Pocket, other_pocket: Pocket, tmp_path: Path, locale: str
) -> None:
    say = phone_says(locale)
    invitation = site.coordinator("council")["invitation"]
    one = Resting(pocket.on().pages[0], say)
    one.join(invitation)
    one.ready_without_signal()
    site.kill()
    reference = one.send_one()
    one.tab(2)
    one.button("Save as a file").click()
    one.button("Make the words").click()
    listed = one.page.locator("ol li")
    expect(listed).to_have_count(7)
    assert_good(one.page, "the words of a saved file", locale)
    words = [text.partition(". ")[2] for text in listed.all_inner_texts()]
    one.button("I have written them down").click()
    asked = int(re.findall(r"\d+", one.page.locator("label[for=word]").inner_text().translate(_FIGURES))[0])
    one.page.locator("#word").fill(words[asked - 1])
    one.button("Go on").click()
    with one.page.expect_download() as download:
        one.page.get_by_role("link", name=say("Save the file")).click()
    assert "heed" not in download.value.suggested_filename
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    content = file.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert reference.encode() not in content
    # Off until the end: with a signal it would send by itself.
    pocket.off()

    site.start()
    two = Resting(other_pocket.on().pages[0], say)
    two.open_home(site.field_origin)
    two.ready_without_signal()
    _take_in(two, file, words)
    expect(
        two.page.get_by_text(say("Join {team} with this phone first. Then take the file in again.", team=TEAM))
    ).to_be_visible()
    two.join(invitation)
    site.kill()
    _take_in(two, file, list(reversed(words)))
    expect(two.page.locator("#words-fault")).not_to_be_empty()
    _take_in(two, file, words)
    expect(two.heading("Take in a saved file")).to_be_visible()
    two.button("Sent and waiting").click()
    expect(two.page.get_by_text(reference)).to_be_visible()
    assert len(stores(two.page)["outbox"]) == 1
    _take_in(two, file, words)
    two.button("Sent and waiting").click()
    assert len(stores(two.page)["outbox"]) == 1
    assert referrals(site) == 0

    # Both phones have signal again.
    site.start()
    one = Resting(pocket.on().pages[0], say)
    for worker in (one, two):
        worker.page = worker.page.context.new_page()
        worker.open_home(site.field_origin)
        worker.tab(2)
        expect(worker.page.get_by_text(say("Stored. No person has read it yet."))).to_be_visible(timeout=60_000)
    assert referrals(site) == 1
    _take_in(two, file, words)
    two.button("Sent and waiting").click()
    assert not stores(two.page)["outbox"]
    assert referrals(site) == 1


_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def _take_in(worker: Resting, file: Path, words: list[str]) -> None:
    worker.settings()
    worker.button("Take in a saved file").click()
    worker.page.locator("#file").set_input_files(file)
    worker.page.locator("#words").fill(" ".join(words))
    worker.button("Take it in").click()
    expect(worker.page.locator("[role=status], #words-fault:not(:empty)").first).to_be_visible()
