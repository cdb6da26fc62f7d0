"""A marker in every field of words: no request, no file of the server and no file of a browser's profile holds one
after sending and signing out. Planted ones are found."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, ViewportSize, expect

from tests.journeys.conftest import DESK, Pocket
from tests.journeys.markers import (
    PLACES,
    Recorder,
    halves,
    marked,
    of_profile,
    plant,
    plant_in_browser,
    traces,
)
from tests.journeys.partner_desk import Desk
from tests.journeys.site import Site
from tests.journeys.test_conversation import Talking
from tests.journeys.words import inbox_says, phone_says
from tests.journeys.worker import PROMPTS

pytestmark = pytest.mark.journey

TEAM, HEALTH = "Clyde Valley social work", 2
FIELDS = ("where", "safe_contact", "words_used", "reach_me", "draft", "reply", "answer", "internal", "why", "cut")
# One letter beyond Latin 1 makes a browser keep all of a text in UTF-16, and a form send it percent-encoded.
MARKED = dict(zip(FIELDS, marked(len(FIELDS)), strict=True))
NOTE = {prompt: f"{MARKED[prompt]} {'مصباح' if prompt == 'words_used' else 'by the quay'}" for prompt in PROMPTS}
PLANTED = marked(len(FIELDS) + len(PLACES))[len(FIELDS) :]
AGENT, FORWARDED = "Zephyrbrowser/77.31 (Quaylantern 9)", "203.0.113.77"
_FROM = {"user_agent": AGENT, "extra_http_headers": {"X-Forwarded-For": FORWARDED}}


class Desks:
    """Browsers of coordinators, each with a profile of its own on disk."""

    def __init__(self, site: Site, running: Playwright, executable: str, folder: Path, locale: str) -> None:
        self._site, self._locale, self._folder = site, locale, folder
        self._of = (running, executable)
        self._open: dict[str, Pocket] = {}
        self.recorders: list[Recorder] = []

    def sit(self, name: str) -> Desk:
        """Signs somebody of the demonstration in."""
        self._open[name] = Pocket(*self._of, self._folder / name, self._locale)
        context = self._open[name].on(**_FROM)
        self.recorders.append(Recorder(context))
        page = context.pages[0]
        page.set_viewport_size(ViewportSize(width=DESK["width"], height=DESK["height"]))
        desk = Desk(page, inbox_says(self._locale), self._site.coordinator(name))
        desk.sign_in(self._site.inbox_origin, self._locale)
        return desk

    def off(self) -> None:
        """Closes all of them, which writes to disk what they still hold."""
        for pocket in self._open.values():
            pocket.off()

    def files(self) -> dict[str, bytes]:
        """All that they keep."""
        return {path: held for name in self._open for path, held in of_profile(self._folder / name).items()}


@pytest.fixture
def desks(site: Site, automation: Playwright, executable: str, tmp_path: Path, locale: str) -> Iterator[Desks]:
    made = Desks(site, automation, executable, tmp_path, locale)
    yield made
    made.off()


def test_no_word_is_on_the_wire_on_the_server_or_left_in_a_browser(
    site: Site, pocket: Pocket, desks: Desks, tmp_path: Path, locale: str
) -> None:
    context = pocket.on(**_FROM)
    recorders = [Recorder(context)]
    worker = Talking(context.pages[0], phone_says(locale))
    reference = _sends(worker, site)
    council = desks.sit("council")
    _reads_and_writes(council, reference)
    _writes_back(worker)
    _passes_on(council, site, reference)
    health = desks.sit("health")
    health.open_newest(site.inbox_origin)
    health.accept()
    assert health.read_words() == {"why": MARKED["why"], "where": MARKED["cut"]}
    _begins_and_leaves(worker, site)
    for desk in (council, health):
        desk.button("Sign out").click()
        expect(desk.heading("Sign in")).to_be_visible()
    desks.off()
    pocket.off()

    words = [*MARKED.values(), *(site.coordinator(name)["passphrase"] for name in ("council", "health"))]
    asked = {name: was for one in (*recorders, *desks.recorders) for name, was in one.requests.items()}
    for sent in ("/api/v1/referrals", "/api/v1/follow-up/messages", "/messages", "/pass-on"):
        assert any("POST" in name and name.endswith(sent) for name in asked), f"no {sent}: this would prove nothing"
    assert traces(words, asked) == []
    assert traces([*MARKED.values(), AGENT, FORWARDED], site.kept()) == []
    phones, left = of_profile(tmp_path / "profile"), desks.files()
    for kept in (phones, left):
        assert any("IndexedDB" in name for name in kept), "a profile without a store: this would prove nothing"
        assert traces(halves(words), kept) == []

    # The same search finds what is planted: in the database, in an address, in each place of a profile.
    plant(site, MARKED["where"])
    assert traces(MARKED.values(), site.kept())
    assert traces(MARKED.values(), {"address": f"/api?q={MARKED['reach_me']}".encode()})
    plant_in_browser(pocket.on().pages[0], site.field_origin, PLANTED)
    pocket.off()
    phones = of_profile(tmp_path / "profile")
    for place, planted in zip(PLACES, PLANTED, strict=True):
        assert traces(halves([planted]), phones), f"what was planted in {place} was not found"


def _sends(worker: Talking, site: Site) -> str:
    worker.open_home(site.field_origin)
    worker.join(site.coordinator("council")["invitation"])
    worker.ready_without_signal()
    worker.first_look(danger="Not that I know")
    return worker.write_and_send(NOTE, TEAM)


def _reads_and_writes(council: Desk, reference: str) -> None:
    council.open(reference)
    assert council.open_note(council.account["passphrase"]) == NOTE
    messages = council.page.locator("[data-messages]")
    for field, name, button in (("#answer", "answer", "Seal and send"), ("#own-note", "internal", "Seal and keep")):
        messages.locator(field).fill(MARKED[name])
        council.button(button).click()
        expect(messages.locator("[data-talk] > li").filter(has_text=MARKED[name])).to_be_visible()
    council.claim()


def _writes_back(worker: Talking) -> None:
    worker.sent()
    worker.hear()
    worker.talk()
    worker.reads(MARKED["answer"])
    worker.write(MARKED["reply"])
    worker.reads(MARKED["answer"], MARKED["reply"])
    expect(worker.lines.last).to_contain_text(worker.say("Stored. Not read yet."))


def _passes_on(council: Desk, site: Site, reference: str) -> None:
    council.page.goto(site.inbox_origin)
    council.open(reference)
    council.open_note("")
    expect(council.page.locator("[data-talk] > li").filter(has_text=MARKED["reply"])).to_be_visible()
    council.page.goto(site.inbox_origin)
    council.to_pass_on(reference)
    council.open_note("")
    area = council.take_along("where")
    expect(area).to_have_value(NOTE["where"])
    area.fill(MARKED["cut"])
    council.offer(HEALTH, "support", "consent", MARKED["why"])
    council.offered()


def _begins_and_leaves(worker: Talking, site: Site) -> None:
    """A draft stays on the phone by design, and sealed: its words are in the fields when the app is closed."""
    _opens_anew(worker, site)
    worker.first_look(danger="Not that I know")
    worker.button("Send").click()
    field = worker.page.locator("textarea#where")
    field.fill(MARKED["draft"])
    field.blur()
    # The list that has it now is read from the store: the words are kept.
    _opens_anew(worker, site)
    expect(worker.page.get_by_role("heading", name=worker.say("Begun, not sent"), exact=True)).to_be_visible()


def _opens_anew(worker: Talking, site: Site) -> None:
    closed = worker.page
    worker.page = closed.context.new_page()
    worker.open_home(site.field_origin)
    closed.close()
