"""Everything that is done with keys, one after the other: no request and no file of the database holds words, a result
of a passkey, a private key of a member, a team or a sheet, or what vouches for a phone. Planted ones are found."""

import base64

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from tests.journeys.conftest import PHONE, spoken
from tests.journeys.keys_team import PASSWORD, Member, joined, let_in, signed_in
from tests.journeys.markers import Recorder, traces
from tests.journeys.passkeys import VirtualAuthenticator
from tests.journeys.sealed_secrets import invitation_of, secrets_of, sheet_of, watch_results
from tests.journeys.site import Site
from tests.journeys.words import phone_says
from tests.journeys.worker import Worker

pytestmark = pytest.mark.journey

Secrets = list[str | bytes]


class Watched:
    """Every browser that a journey opens: what it asks for, and what passkeys give it for opening."""

    def __init__(self, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        self._recorders: list[Recorder] = []
        self._results: list[list[bytes]] = []
        opens = browser.new_context

        def new_context(**how: object) -> BrowserContext:
            context = opens(**how)  # type: ignore[arg-type]
            self._recorders.append(Recorder(context))
            self._results.append(watch_results(context))
            return context

        monkeypatch.setattr(browser, "new_context", new_context)

    @property
    def requests(self) -> dict[str, bytes]:
        return {
            f"browser {at} {name}": sent
            for at, one in enumerate(self._recorders)
            for name, sent in one.requests.items()
        }

    @property
    def results(self) -> Secrets:
        return [result for one in self._results for result in one]


@pytest.fixture
def watched(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(browser, monkeypatch)


def test_no_secret_is_on_the_wire_or_on_the_server(site: Site, watched: Watched, browser: Browser, locale: str) -> None:
    secrets: Secrets = _first_keys(site, browser, locale)

    first = signed_in(site, browser, locale, "council")
    words = first.desk.account["passphrase"]
    first.keys.unlock(words)
    secrets += _an_invitation(first, site, browser, locale)
    second = joined(site, browser, locale, first)
    theirs = let_in(first, second)
    second.keys.button("I was let in").click()
    second.keys.unlock(theirs)
    secrets += secrets_of(site, "second-desk", theirs)
    _a_passkey(first, site, locale)

    first.keys.open(site.inbox_origin)
    first.desk.page.locator("details.more > summary", has_text=first.desk.say("Renew the key")).click()
    first.keys.button("Renew the key now").click()
    first.keys.confirm(words)
    first.keys.expect_notice("The key is renewed.")
    generations = secrets_of(site, "council", words)
    assert len(generations) == 3 + 2 * 3, "the keyring has one generation: this test would prove nothing"
    secrets += generations
    secrets += _recovered(site, browser, locale)
    for member in (first, second):
        member.desk.button("Sign out").click()
        expect(member.desk.heading("Sign in")).to_be_visible()

    # Once when it was let in, once when it signed in.
    assert len(watched.results) >= 2, "no result of the passkey was seen: this test would prove nothing"
    secrets += watched.results
    asked = watched.requests
    for path in ("/keys", "/keys/identity", "/keys/members", "/keys/renew", "/keys/passkey", "/keys/half", "/sign-out"):
        assert any("POST" in name and name.endswith(path) for name in asked), f"no {path}: this would prove nothing"
    assert traces(secrets, asked) == []
    assert traces(["clientExtensionResults"], asked) == []
    # (What the demonstration tells of itself, in its log too, holds its own words; nothing else may.)
    assert traces(secrets, {**site.files_of_database(), **site.copy()}) == []
    # A password is not sealed with anything, and is nobody's to keep either.
    assert traces([PASSWORD], site.kept()) == []

    # The same search finds what is planted, in each spelling.
    for secret in secrets:
        raw = secret.encode() if isinstance(secret, str) else secret
        for planted in (raw, raw.hex().encode(), base64.b64encode(raw), base64.urlsafe_b64encode(b"ab" + raw)):
            assert traces([secret], {"planted": b"to=/&kept=" + planted + b"&x"})
    assert traces([words], {"planted": b"words=" + words.replace(" ", "+").encode()})


def _first_keys(site: Site, browser: Browser, locale: str) -> Secrets:
    """A team's first keys, with its sheet."""
    member = signed_in(site, browser, locale, "charity")
    words, sheet = member.keys.make_first_keys()
    member.desk.button("Sign out").click()
    expect(member.desk.heading("Sign in")).to_be_visible()
    member.context.close()
    return [*secrets_of(site, "charity", words), *sheet_of(sheet)]


def _an_invitation(first: Member, site: Site, browser: Browser, locale: str) -> Secrets:
    """A phone is invited and joins."""
    page = first.desk.page
    page.goto(f"{site.inbox_origin}/teams/1/phones")
    page.locator("#uses").fill("1")
    first.desk.button("Make it").click()
    expect(first.desk.heading("The invitation is ready")).to_be_visible()
    # Drawn once the browser has made the link.
    expect(page.locator("figure.qr svg")).to_be_visible()
    link = page.locator("#link").input_value()
    context = browser.new_context(
        viewport=ViewportSize(width=PHONE["width"], height=PHONE["height"]), locale=spoken(locale)
    )
    worker = Worker(context.new_page(), phone_says(locale))
    worker.join(link)
    worker.first_look()
    worker.write_and_send({"where": "by the mill", "reach_me": "ext. 12"}, "Clyde Valley social work")
    # The reference is known before anything has arrived.
    expect(worker.heading("Sent")).to_be_visible()
    context.close()
    return invitation_of(link)


def _a_passkey(first: Member, site: Site, locale: str) -> None:
    """It is added, let in to the keys, and signs in and unlocks by one gesture."""
    desk, page = first.desk, first.desk.page
    VirtualAuthenticator(page)
    page.goto(f"{site.inbox_origin}/account/passkey")
    desk.button("Make a passkey").click()
    expect(page.get_by_text(desk.say("The passkey was added."))).to_be_visible()
    first.keys.open(site.inbox_origin)
    section = page.locator("[data-passkey-keys]")
    section.locator("input").fill(desk.account["passphrase"])
    desk.button("Let a passkey open notes").click()
    expect(section.locator("[data-open-count]")).to_have_text("1 / 1", timeout=90_000)
    desk.button("Sign out").click()
    page.goto(f"{site.inbox_origin}/sign-in?language={locale}")
    desk.button("Sign in with a passkey").click()
    expect(desk.rows.first).to_be_visible(timeout=90_000)


def _recovered(site: Site, browser: Browser, locale: str) -> Secrets:
    """Somebody with nothing but the sheet makes new words."""
    member = signed_in(site, browser, locale, "council")
    page, keys, sheet = member.desk.page, member.keys, member.desk.account["recovery"]
    page.locator("details.more > summary", has_text=member.desk.say("I do not have my words any more")).click()
    keys.button("I have the recovery sheet").click()
    keys.give_sheet(sheet)
    keys.expect_heading("These six words must stand on your sheet")
    keys.button("The same words").click()
    words = keys.keep_words()
    keys.expect_notice("You can open notes again.")
    member.desk.button("Sign out").click()
    # A window that is closed on its way to another page may never say that it is closed.
    expect(member.desk.heading("Sign in")).to_be_visible()
    member.context.close()
    return [*secrets_of(site, "council", words), *sheet_of(sheet)]
