"""Unlocking: once for a session, by words or by a passkey's one gesture; what is left behind opens nothing."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyrage
import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from server import clock
from tests.journeys.conftest import DESK, spoken
from tests.journeys.coordinator import Coordinator
from tests.journeys.desk_storage import as_bytes, kept, put_back
from tests.journeys.markers import Recorder, traces
from tests.journeys.passkeys import VirtualAuthenticator
from tests.journeys.rows import moment
from tests.journeys.sealed_phone import SealedPhone
from tests.journeys.sealed_secrets import secrets_of, watch_results
from tests.journeys.site import Site
from tests.journeys.words import inbox_says
from tests.sealing import formats

pytestmark = pytest.mark.journey

NOTE = {"where": "Behind the old mill, blue door", "reach_me": "0141 496 0177, until five"}
OTHER = {"where": "Second note, by the canal", "words_used": "“He keeps my papers”"}
DAMAGED = (
    "This note cannot be opened with your team's key. Reach the worker another way, and tell whoever looks after Heed."
)


@pytest.fixture
def phone(site: Site) -> SealedPhone:
    return SealedPhone(site, "council")


@pytest.fixture
def context(browser: Browser, locale: str) -> Iterator[BrowserContext]:
    window = ViewportSize(width=DESK["width"], height=DESK["height"])
    opened = browser.new_context(viewport=window, locale=spoken(locale))
    yield opened
    opened.close()


@pytest.fixture
def desk(site: Site, context: BrowserContext, locale: str) -> Coordinator:
    """The council's coordinator, not signed in yet."""
    return Coordinator(context.new_page(), inbox_says(locale), site.coordinator("council"))


def _sql(site: Site, statement: str, *values: object) -> None:
    with site.database() as rows:
        assert rows.execute(statement, values).rowcount, statement


def _kept(site: Site) -> dict[str, bytes]:
    """The database. (What the demonstration tells of itself holds the words, and nothing else may.)"""
    return {**site.files_of_database(), **site.copy()}


def _said(opened: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in opened.items() if text}


def test_the_words_unlock_once_and_signing_out_leaves_noise(
    site: Site, phone: SealedPhone, desk: Coordinator, locale: str
) -> None:
    first, second = phone.send(NOTE), phone.send(OTHER)
    words = desk.account["passphrase"]
    recorder = Recorder(desk.page.context)
    desk.sign_in(site.inbox_origin, locale)
    desk.open(first)
    assert _said(desk.open_note(words)) == NOTE
    # Another page of the same session opens without words, and nobody has to be asked whether to read it.
    desk.page.goto(site.inbox_origin)
    desk.open(second)
    expect(desk.button("Open the note")).to_be_visible()
    expect(desk.page.locator("#passphrase")).to_be_hidden()
    expect(desk.page.locator("[data-note-text]")).to_be_hidden()
    assert _said(desk.open_note("")) == OTHER
    expect(desk.page.locator('[data-vouched="holds"]')).to_be_visible()

    secrets = secrets_of(site, "council", words)
    while_open = kept(desk.page)
    half = while_open["desk"]["unlocked"]["now"]
    assert traces(secrets, as_bytes(while_open)) == []
    assert traces(secrets, recorder.requests) == []
    assert traces(secrets, _kept(site)) == []
    # The same search finds what is planted.
    half_with = {**half, "halved": {**half["halved"], "sign": {"bytes": [0, *_raw(secrets[2]), 1]}}}
    assert traces(secrets, as_bytes({"planted": half_with}))

    desk.button("Sign out").click()
    expect(desk.heading("Sign in")).to_be_visible()
    left = kept(desk.page)
    assert left["desk"]["unlocked"] == {}
    assert traces(secrets, as_bytes(left)) == []
    # Somebody with a copy of the disk puts the half back: a new session has no other half for it.
    put_back(desk.page, half)
    desk.sign_in(site.inbox_origin, locale)
    put_back(desk.page, half)
    desk.open(second)
    expect(desk.page.locator("#passphrase")).to_be_visible()
    expect(desk.page.locator("[data-note-sealed]")).to_be_hidden()
    assert kept(desk.page)["desk"]["unlocked"] == {}
    with site.database() as rows:
        halves = rows.execute("SELECT unlock_half FROM member_session").fetchall()
    assert set(halves) == {(None,)}


def test_one_gesture_with_a_passkey_signs_in_and_unlocks(
    site: Site, phone: SealedPhone, desk: Coordinator, locale: str
) -> None:
    first, second = phone.send(NOTE), phone.send(OTHER)
    words, page = desk.account["passphrase"], desk.page
    recorder, results = Recorder(page.context), watch_results(page.context)
    VirtualAuthenticator(page)
    desk.sign_in(site.inbox_origin, locale)
    page.goto(f"{site.inbox_origin}/account/passkey")
    desk.button("Make a passkey").click()
    expect(page.get_by_text(desk.say("The passkey was added."))).to_be_visible()

    # The passkey is let in once, with the words; wrong ones are told.
    page.goto(f"{site.inbox_origin}/keys")
    page.locator("#passphrase").fill(words)
    desk.button("Open with the words").click()
    section = page.locator("[data-passkey-keys]")
    expect(section).to_be_visible(timeout=60_000)
    expect(section.locator("[data-open-count]")).to_have_text("0 / 1")
    section.locator("input").fill(" ".join(reversed(words.split())))
    desk.button("Let a passkey open notes").click()
    said = desk.say("These are not your seven words. Check the spelling and the order.")
    expect(section.get_by_role("status")).to_have_text(said, timeout=60_000)
    section.locator("input").fill(words)
    desk.button("Let a passkey open notes").click()
    expect(section.locator("[data-open-count]")).to_have_text("1 / 1", timeout=60_000)

    # Signed in without it, it unlocks on the page of a referral.
    desk.button("Sign out").click()
    desk.sign_in(site.inbox_origin, locale)
    page.goto(site.inbox_origin)
    desk.open(first)
    desk.button("Open with a passkey").click()
    expect(page.locator("[data-note-text]")).to_contain_text(NOTE["where"], timeout=60_000)

    desk.button("Sign out").click()
    desk.button("Sign in with a passkey").click()
    expect(desk.rows.first).to_be_visible(timeout=60_000)
    desk.open(second)
    expect(page.locator("[data-note-sealed]")).to_be_visible()
    expect(page.locator("#passphrase")).to_be_hidden()
    assert _said(desk.open_note("")) == OTHER

    assert len(results) >= 4, "no result of the passkey was seen: this test would prove nothing"
    secrets = [*secrets_of(site, "council", words), *results]
    assert traces(secrets, recorder.requests) == []
    assert traces(secrets, _kept(site)) == []
    assert traces(secrets, as_bytes(kept(page))) == []
    assert traces(["clientExtensionResults"], recorder.requests) == []


def test_an_idle_page_goes_and_takes_the_keys_along(
    site: Site, phone: SealedPhone, desk: Coordinator, locale: str
) -> None:
    reference = phone.send(NOTE)
    desk.page.clock.install()
    desk.sign_in(site.inbox_origin, locale)
    desk.open(reference)
    desk.open_note(desk.account["passphrase"])
    assert kept(desk.page)["desk"]["unlocked"]
    # Sixteen minutes pass, on the server and in the browser.
    _sql(site, "UPDATE member_session SET seen_at = ?", moment(clock.now() - timedelta(minutes=16)))
    desk.page.clock.fast_forward("16:00")
    expect(desk.heading("Sign in")).to_be_visible()
    expect(desk.page.get_by_text(NOTE["where"])).to_have_count(0)
    assert kept(desk.page)["desk"]["unlocked"] == {}


def test_a_browser_that_cannot_hold_keys_says_which_can(
    site: Site, phone: SealedPhone, desk: Coordinator, locale: str
) -> None:
    reference = phone.send(NOTE)
    desk.page.context.add_init_script(
        """const real = SubtleCrypto.prototype.generateKey;
        SubtleCrypto.prototype.generateKey = function (how, ...more) {
          if (how === "X25519" || how?.name === "X25519") throw new DOMException("no curve", "NotSupportedError");
          return real.call(this, how, ...more);
        };"""
    )
    desk.sign_in(site.inbox_origin, locale)
    desk.open(reference)
    expect(desk.page.get_by_text(desk.say("This browser cannot open notes."))).to_be_visible()
    expect(desk.page.locator("#passphrase")).to_be_hidden()
    desk.claim()


def test_a_flipped_bit_in_the_note_is_damage_and_shows_no_word(
    site: Site, phone: SealedPhone, desk: Coordinator, locale: str
) -> None:
    reference = phone.send(NOTE)
    with site.database() as rows:
        (file,) = rows.execute("SELECT file FROM sealed_note").fetchone()
        rows.execute("UPDATE sealed_note SET file = ?", (file[:-1] + bytes([file[-1] ^ 1]),))
    desk.sign_in(site.inbox_origin, locale)
    desk.open(reference)
    desk.page.locator("#passphrase").fill(desk.account["passphrase"])
    desk.button("Open the note").click()
    expect(desk.page.get_by_text(desk.say(DAMAGED))).to_be_visible(timeout=60_000)
    expect(desk.page.locator("[data-note-text]")).to_be_hidden()


def test_notes_that_no_phone_of_the_team_made_are_told_apart(
    site: Site, phone: SealedPhone, desk: Coordinator, locale: str
) -> None:
    # Made up by somebody who knows the team's public key and the referral, as an operator does.
    forged = phone.send(NOTE, vouched=False)
    # Sealed for another referral, and swapped in.
    swapped = phone.send(OTHER, referral_id="00000000-0000-4000-8000-000000000000")
    desk.sign_in(site.inbox_origin, locale)
    desk.open(forged)
    desk.open_note(desk.account["passphrase"])
    expect(desk.page.locator('[data-vouched="broken"]')).to_be_visible()
    desk.page.goto(site.inbox_origin)
    desk.open(swapped)
    desk.button("Open the note").click()
    said = desk.say("This note was sealed for another referral. It is not shown. Tell whoever looks after Heed.")
    expect(desk.page.get_by_text(said)).to_be_visible()
    expect(desk.page.locator("[data-note-text]")).to_be_hidden()


def test_a_keyring_that_the_operator_sealed_to_the_member_is_not_used(
    site: Site, phone: SealedPhone, desk: Coordinator, locale: str
) -> None:
    reference = phone.send(NOTE)
    planted, seed = pyrage.x25519.Identity.generate(), bytes(range(32))
    keyring = {"v": 2, "keys": [{"n": 1, "x25519": str(planted), "ed25519": formats.base64url(seed)}]}
    public = (str(planted.to_public()), formats.vouch_key(seed))
    with site.database() as rows:
        asked = "SELECT id, team_id, identity_recipient FROM member WHERE sign_in_name = 'council'"
        member, team, recipient = rows.execute(asked).fetchone()
        wrap = pyrage.encrypt(json.dumps(keyring).encode(), [pyrage.x25519.Recipient.from_str(recipient)])
        rows.execute("UPDATE team_wrap SET file = ? WHERE member_id = ?", (wrap, member))
        rows.execute("UPDATE team SET age_recipient = ?, vouch_key = ? WHERE id = ?", (*public, team))
        rows.execute("UPDATE team_key SET age_recipient = ?, vouch_key = ? WHERE team_id = ?", (*public, team))
    desk.sign_in(site.inbox_origin, locale)
    desk.open(reference)
    desk.page.locator("#passphrase").fill(desk.account["passphrase"])
    desk.button("Open the note").click()
    expect(desk.heading("Compare six words first", level=3)).to_be_visible(timeout=60_000)
    expect(desk.heading("Compare six words first", level=3)).to_be_focused()
    expect(desk.page.locator("[data-compare-broken]")).to_be_visible()
    shown = desk.page.locator("[data-compare-words] li").all_inner_texts()
    assert shown == formats.words(f"team\n{public[0]}\n{public[1]}")
    desk.button("Not the same").click()
    expect(desk.page.locator("[data-compare]")).to_be_hidden()
    assert kept(desk.page)["desk"] == {"memory": {}, "unlocked": {}}
    expect(desk.page.locator("[data-note-text]")).to_be_hidden()


def test_once_a_month_the_words_are_tried(site: Site, desk: Coordinator, locale: str) -> None:
    words = desk.account["passphrase"]
    desk.sign_in(site.inbox_origin, locale)
    expect(desk.page.locator("[data-drill]")).to_have_count(0)
    asked = "UPDATE member SET drilled_at = ? WHERE sign_in_name = 'council'"
    _sql(site, asked, moment(clock.now() - timedelta(days=31)))
    desk.page.reload()
    banner = desk.page.locator("[data-drill]")
    banner.locator("summary").click()
    banner.locator("input").fill(" ".join(reversed(words.split())))
    desk.button("Try them").click()
    said = desk.say("These are not your seven words. Check the spelling and the order.")
    expect(banner.get_by_role("status")).to_have_text(said, timeout=60_000)
    banner.locator("input").fill(words)
    desk.button("Try them").click()
    said = desk.say("Good. Your words still open notes. We ask again in a month.")
    expect(banner.get_by_role("status")).to_have_text(said, timeout=60_000)
    desk.page.reload()
    expect(desk.rows.or_(desk.page.locator(".empty")).first).to_be_visible()
    expect(banner).to_have_count(0)


def _raw(secret: Any) -> bytes:
    return secret if isinstance(secret, bytes) else str(secret).encode()
