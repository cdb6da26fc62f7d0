"""One council, one health board: what is passed on is read there and nothing else is, it can be refused and taken back,
and nothing is sealed to a key that nobody compared."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pyrage
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import DESK, spoken
from tests.journeys.keyboard import Keyboard
from tests.journeys.looking import assert_good
from tests.journeys.markers import traces
from tests.journeys.partner_desk import Answers, Desk
from tests.journeys.sealed_phone import SealedPhone
from tests.journeys.sealed_secrets import secrets_of
from tests.journeys.site import Site
from tests.journeys.words import inbox_says
from tests.sealing import formats

pytestmark = pytest.mark.journey

COUNCIL, HEALTH, CHARITY = 1, 2, 3
NOTE = {
    "where": "Behind the old mill, blue door, ask for nobody",
    "safe_contact": "MARKER-CONTACT Tuesdays at the clinic",
    "words_used": "MARKER-WORDS He keeps my papers",
    "reach_me": "MARKER-REACH 0141 496 0177",
}
REPLY_KEY = formats.base64url(hashlib.sha256(b"a reply key that only the council may know").digest())
CUT = "Behind the old mill"
WHY = "Please see them on Tuesday. Ring us first."
NARROW = {"width": 320, "height": 640}

Sit = Callable[[str], Desk]


@pytest.fixture
def sit(site: Site, browser: Browser, locale: str) -> Sit:
    """Signs somebody of the demonstration in, in a browser of their own."""

    def _sit(name: str) -> Desk:
        context = browser.new_context(viewport=DESK, locale=spoken(locale))
        desk = Desk(context.new_page(), inbox_says(locale), site.coordinator(name))
        desk.sign_in(site.inbox_origin, locale)
        return desk

    return _sit


@pytest.fixture
def reference(site: Site) -> str:
    """A referral with a note in all four prompts."""
    return SealedPhone(site, "council").send(NOTE, reply_key=REPLY_KEY)


def _rows(site: Site, question: str, *values: Any) -> list[Any]:
    with site.database() as rows:
        return list(rows.execute(question, values).all())


def _good(page: Page, name: str, locale: str) -> None:
    page.set_viewport_size(NARROW)
    assert_good(page, name, locale)
    page.set_viewport_size(DESK)


def _offer(desk: Desk, reference: str) -> None:
    desk.to_pass_on(reference)
    desk.open_note(desk.account["passphrase"])
    desk.take_along("where").fill(CUT)
    desk.offer(HEALTH, "support", "consent", WHY)
    desk.offered()


def test_a_referral_is_passed_on_read_and_done(site: Site, sit: Sit, reference: str, locale: str) -> None:
    council, health = sit("council"), sit("health")
    answers = Answers(health.page)

    council.to_pass_on(reference)
    expect(council.page.locator("form[data-pass-on] :checked")).to_have_count(0)
    expect(council.team(CHARITY)).to_be_disabled()
    expect(council.page.locator("[data-along]")).to_be_hidden()
    assert council.open_note(council.account["passphrase"]) == NOTE
    expect(council.standing(HEALTH)).to_have_text(council.say("Keys compared."))
    expect(council.page.locator("[data-along] :checked")).to_have_count(0)
    area = council.take_along("where")
    expect(area).to_have_value(NOTE["where"])
    area.fill(CUT)
    # Ticked, seen, and taken out again.
    council.take_along("reach_me")
    council.page.locator('[data-prompt="reach_me"] input').uncheck()
    _good(council.page, "passing on, with the note open", locale)
    council.offer(HEALTH, "support", "consent", WHY)
    council.offered()
    _good(council.page, "the list of what was passed on", locale)

    # What the health board sees before it answers.
    health.page.goto(f"{site.inbox_origin}/passed-on")
    expect(health.page.locator('nav.team [href="/passed-on"] .number')).to_have_text("1")
    answers.keep()
    health.page.locator("ul.list a").first.click()
    expect(health.page.get_by_text(health.say("The person agreed"))).to_be_visible()
    expect(health.page.get_by_text(reference)).to_be_hidden()
    expect(health.page.locator(".elements")).to_have_count(0)
    _good(health.page, "an offer", locale)
    answers.keep()
    assert traces([reference], answers.bodies) == []

    health.accept()
    expect(health.page.get_by_role("heading", level=1)).to_contain_text(reference)
    expect(health.page.locator(".elements").first).to_be_visible()
    assert health.read_words() == {"why": WHY, "where": CUT}
    expect(health.page.locator("[data-unvouched]")).to_be_hidden()
    expect(health.page.locator("[data-passed-said] [role=status]")).to_have_text("")
    _good(health.page, "a hand-over, open", locale)
    answers.keep()

    # The council sees that it was opened, and never by whom.
    council.open_newest(site.inbox_origin)
    opened = council.say("They have taken it on and opened what you sealed for them.")
    expect(council.page.get_by_text(opened)).to_be_visible()
    expect(council.page.get_by_text(council.say("Their team")).first).to_be_visible()
    _good(council.page, "what we passed on", locale)

    health.page.locator("details.close > summary").click()
    health.page.locator('input[name="outcome"][value="acted_support"]').check()
    health.button("It is done").click()
    expect(health.page.get_by_text(health.say("The other team sees how it ended."))).to_be_visible()
    council.page.goto(site.inbox_origin)
    council.open(reference)
    expect(council.page.locator("aside .list")).to_contain_text(council.say("Passed to support"))
    expect(council.page.locator("ol.time")).to_contain_text(council.say("The team that took it on is done."))

    answers.keep()

    # Nothing that was not ticked is in any answer to the health board, nor in what was sealed for it.
    health.page.goto(f"{site.inbox_origin}/audit")
    answers.keep()
    [(file, signature)] = _rows(site, "SELECT file, signature FROM transfer")
    words = site.coordinator("health")["passphrase"]
    team_secret = str(secrets_of(site, "health", words)[3])
    inside = pyrage.decrypt(file, [pyrage.x25519.Identity.from_str(team_secret)])
    assert CUT.encode() in inside
    unticked = [NOTE["safe_contact"], NOTE["words_used"], NOTE["reach_me"], "ask for nobody"]
    hidden = [*unticked, REPLY_KEY, formats.from_base64url(REPLY_KEY), "Clyde Valley Council lead"]
    assert traces(hidden, {"sealed": inside, **answers.bodies}) == []
    assert any("/file" in name for name in answers.bodies)
    # And no clear word ever reached the server.
    assert traces([WHY, CUT], site.kept()) == []
    [(number, age, vouch)] = _rows(
        site, "SELECT referral_id, age_recipient, vouch_key FROM transfer JOIN team ON team.id = 1"
    )
    text = f"heed handover v1\n{number}\n{COUNCIL}\n{HEALTH}\nsupport\nconsent\n{hashlib.sha256(file).hexdigest()}"
    assert age.startswith("age1")
    assert formats.is_signed(vouch, text, signature)


def test_what_is_refused_is_gone_on_both_sides(site: Site, sit: Sit, reference: str, locale: str) -> None:
    council, health = sit("council"), sit("health")
    _offer(council, reference)
    health.open_newest(site.inbox_origin)
    health.page.locator("details.close > summary").click()
    health.page.locator('input[name="reason"][value="no_room"]').check()
    health.page.locator("details.close form button").click()
    expect(
        health.page.get_by_text(health.say("Your team did not take it on. Nothing of it is left here."))
    ).to_be_visible()
    expect(health.page.get_by_text(reference)).to_have_count(0)
    _good(health.page, "a refused offer", locale)
    council.open_newest(site.inbox_origin)
    expect(council.page.locator("dl.facts")).to_contain_text(council.say("We cannot take it on now"))
    assert _rows(site, "SELECT file, sha256, signature FROM transfer") == [(None, None, None)]
    # It can be offered again.
    council.page.goto(site.inbox_origin)
    council.to_pass_on(reference)
    expect(council.standing(HEALTH)).to_have_text(council.say("Keys compared."))


def test_what_is_taken_back_cannot_be_opened_any_more(site: Site, sit: Sit, reference: str, locale: str) -> None:
    council, health = sit("council"), sit("health")
    _offer(council, reference)
    health.open_newest(site.inbox_origin)
    health.accept()
    health.unlock()
    council.open_newest(site.inbox_origin)
    council.page.locator("details.close > summary").click()
    council.page.locator("details.close form button").click()
    expect(council.page.get_by_text(council.say("Taken back.")).first).to_be_visible()
    # The page that is still open finds nothing, and neither does a new one.
    health.page.reload()
    expect(health.page.get_by_text(health.say("Taken back")).first).to_be_visible()
    expect(health.page.locator("[data-passed-on]")).to_have_count(0)
    expect(health.page.get_by_text(reference)).to_have_count(0)
    _good(health.page, "an offer that was taken back", locale)
    assert _rows(site, "SELECT file, signature FROM transfer") == [(None, None)]


def test_nothing_is_sealed_to_a_key_that_nobody_compared(site: Site, sit: Sit, reference: str) -> None:
    """An operator puts keys of their own in a partner's place, everywhere the database has them."""
    council = sit("council")
    council.to_pass_on(reference)
    council.open_note(council.account["passphrase"])
    expect(council.team(HEALTH)).to_be_enabled()
    council.team(HEALTH).check()
    for name, ground in (("purpose", "support"), ("ground", "duty")):
        council.page.locator(f'input[name="{name}"][value="{ground}"]').check()
    forged, vouch = str(pyrage.x25519.Identity.generate().to_public()), formats.vouch_key(bytes(32))
    with site.database() as rows:
        for change in (
            "UPDATE team SET age_recipient = ?, vouch_key = ? WHERE id = ?",
            "UPDATE team_key SET age_recipient = ?, vouch_key = ? WHERE team_id = ?",
        ):
            assert rows.execute(change, (forged, vouch, HEALTH)).rowcount == 1
    sent: list[str] = []
    council.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    council.button("Seal and offer it").click()
    said = council.say(
        "Careful: the key shown for this team is not the one that your team compared. "
        "Nothing is sealed to it. Tell whoever looks after Heed."
    )
    expect(council.page.locator("form[data-pass-on] [role=status]")).to_have_text(said)
    assert sent == []
    # A page that is loaded afterwards does not even offer the team.
    council.page.reload()
    expect(council.standing(HEALTH)).to_have_text(said)
    expect(council.team(HEALTH)).to_be_disabled()
    assert _rows(site, "SELECT * FROM transfer") == []


def test_a_hand_over_that_was_changed_on_the_server_is_not_shown(site: Site, sit: Sit, reference: str) -> None:
    council, health = sit("council"), sit("health")
    _offer(council, reference)
    health.open_newest(site.inbox_origin)
    health.accept()
    said = health.page.locator("[data-passed-said] [role=status]")
    not_theirs = health.say(
        "This is not shown: the team that it names did not seal it for this. "
        "Ring them, and tell whoever looks after Heed."
    )
    health.unlock()
    [(file,)] = _rows(site, "SELECT file FROM transfer")
    changes: tuple[tuple[str, tuple[bytes, ...]], ...] = (
        ("UPDATE transfer SET purpose = 'immigration'", ()),
        ("UPDATE transfer SET purpose = 'support', ground = 'duty'", ()),
        ("UPDATE transfer SET ground = 'consent', file = ?", (file[:-1] + bytes([file[-1] ^ 1]),)),
    )
    for change, values in changes:
        with site.database() as rows:
            assert rows.execute(change, values).rowcount == 1
        health.page.reload()
        health.page.locator("[data-sealed] button").click()
        expect(said).to_have_text(not_theirs)
        expect(health.page.locator("[data-passed-text]")).to_be_hidden()


def test_a_sender_whom_nobody_compared_is_said_to_be_unknown(site: Site, sit: Sit, reference: str) -> None:
    council, health = sit("council"), sit("health")
    _offer(council, reference)
    # The health board's roster without the council, signed with its own key: it has never compared.
    words = site.coordinator("health")["passphrase"]
    seed = secrets_of(site, "health", words)[5]
    [(body,)] = _rows(site, "SELECT body FROM team_roster WHERE team_id = ?", HEALTH)
    roster = {**json.loads(body), "partners": [], "version": 2}
    new_body, signature = formats.sign_roster(bytes(seed), roster)  # type: ignore[arg-type]
    with site.database() as rows:
        rows.execute(
            "INSERT INTO team_roster (team_id, version, body, signature, made_at) VALUES (?, 2, ?, ?, '2026-11-22')",
            (HEALTH, new_body, signature),
        )
    health.open_newest(site.inbox_origin)
    health.accept()
    assert health.read_words() == {"why": WHY, "where": CUT}
    expect(health.page.locator("[data-unvouched]")).to_be_visible()


def test_a_referral_without_an_open_note_is_passed_on_with_the_keyboard_alone(
    site: Site, sit: Sit, reference: str
) -> None:
    council = sit("council")
    council.to_pass_on(reference)
    keys = Keyboard(council.page)
    keys.type_into(council.page.locator("#passphrase"), council.account["passphrase"])
    council.page.keyboard.press("Enter")
    expect(council.team(HEALTH)).to_be_enabled(timeout=60_000)
    keys.toggle(council.team(HEALTH))
    keys.toggle(council.page.locator('input[name="purpose"][value="protect"]'))
    keys.toggle(council.page.locator('input[name="ground"][value="consent"]'))
    keys.toggle(council.page.locator('[data-prompt="where"] input'))
    keys.type_into(council.page.locator("#why"), WHY)
    keys.enter(council.button("Seal and offer it"))
    council.offered()
    keys.enter(council.page.locator("ul.list a").first)
    keys.enter(council.page.locator("details.close > summary"))
    keys.enter(council.page.locator("details.close form button"))
    expect(council.page.get_by_text(council.say("Taken back.")).first).to_be_visible()
