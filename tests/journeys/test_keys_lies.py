"""What a server that lies about keys gets: nothing is sealed to a key that people did not compare, and it is said."""

import json
from collections.abc import Iterator

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, expect

from tests.journeys.coordinator import Coordinator
from tests.journeys.keys_team import ROLE, Member, joined, let_in, signed_in, sql, unlocked, wraps
from tests.journeys.site import Site
from tests.sealing import formats

pytestmark = pytest.mark.journey

_OTHER_KEY, _THIRD_KEY = (str(pyrage.x25519.Identity.generate().to_public()) for _ in range(2))


@pytest.fixture
def first(site: Site, lead: Coordinator) -> Member:
    return unlocked(site, lead)


@pytest.fixture
def second(site: Site, browser: Browser, first: Member, locale: str) -> Iterator[Member]:
    member = joined(site, browser, locale, first)
    yield member
    member.context.close()


def test_a_key_that_the_operator_swaps_is_never_sealed_to(site: Site, first: Member, second: Member) -> None:
    keys = first.keys
    second.keys.make_own_key()
    read_out = second.keys.six("own")
    sql(site, "UPDATE member SET identity_recipient = ? WHERE sign_in_name = 'second-desk'", _OTHER_KEY)
    # While they wait: the words are not those that the colleague reads out, and nothing comes of it.
    first.desk.page.reload()
    assert keys.compare(ROLE) != read_out
    keys.button("Not the same").click()
    keys.expect_heading("The words are not the same")
    assert wraps(site) == {"council"}
    # Their own browser says so too, and shows no words for a key that it did not make.
    second.desk.page.reload()
    second.keys.expect_heading("Show your six words")
    # Even a colleague who presses the wrong button seals nothing to a key that was swapped meanwhile.
    own = sql(site, "SELECT identity_recipient FROM member WHERE sign_in_name = 'second-desk'")[0][0]
    assert own == _OTHER_KEY
    first.desk.page.reload()
    keys.compare(ROLE)
    sql(site, "UPDATE member SET identity_recipient = ? WHERE sign_in_name = 'second-desk'", _THIRD_KEY)
    keys.button("The same words").click()
    keys.confirm(first.desk.account["passphrase"])
    keys.expect_notice("Nothing was saved: a colleague was quicker.")
    assert wraps(site) == {"council"}


def test_a_key_that_is_swapped_after_letting_in_is_said_and_left_out(site: Site, first: Member, second: Member) -> None:
    keys = first.keys
    let_in(first, second)
    sql(site, "UPDATE member SET identity_recipient = ? WHERE sign_in_name = 'second-desk'", _OTHER_KEY)
    first.desk.page.reload()
    changed = first.desk.say("The key of this person was changed. Nobody in your team did that with this page.")
    expect(keys.row(ROLE)).to_contain_text(changed)
    expect(keys.row(ROLE).get_by_role("button", name=first.desk.say("Compare six words"))).to_be_hidden()
    first.desk.page.locator("details.more > summary", has_text=first.desk.say("Renew the key")).click()
    keys.button("Renew the key now").click()
    keys.confirm(first.desk.account["passphrase"])
    keys.expect_notice("The key is renewed.")
    assert wraps(site) == {"council"}


def test_an_older_list_is_noticed(site: Site, first: Member, second: Member) -> None:
    let_in(first, second)
    assert sql(site, "SELECT max(version) FROM team_roster WHERE team_id = 1") == [(2,)]
    sql(site, "DELETE FROM team_roster WHERE team_id = 1 AND version = 2")
    first.desk.page.reload()
    keys, say = first.keys, first.desk.say
    expect(keys.view).to_contain_text(say("The server shows an older list than this browser saw before."))
    expect(first.desk.page.locator("[data-people] li")).to_have_count(0)
    # A list that somebody wrote by hand is not the team's.
    forged = "UPDATE team_roster SET body = replace(body, '\"version\":1', '\"version\":3') WHERE team_id = 1"
    sql(site, forged)
    first.desk.page.reload()
    expect(keys.view).to_contain_text(say("The list is not signed by your team."))
    sql(site, "DELETE FROM team_roster WHERE team_id = 1")
    first.desk.page.reload()
    expect(keys.view).to_contain_text(say("The server shows an older list than this browser saw before."))
    # People decide to begin it again: a new sheet, and everybody else has to be compared once more.
    keys.page.locator("details.danger-zone:not([hidden]) > summary").click()
    keys.page.locator("details.danger-zone:not([hidden]) button").click()
    keys.confirm(first.desk.account["passphrase"])
    keys.keep_sheet()
    keys.expect_notice("The list is begun.")
    assert wraps(site) == {"council"}
    expect(keys.row(ROLE)).to_contain_text(say("Waits to be let in. Not verified: nothing is sealed to this key yet."))


def test_a_key_from_a_server_that_lies_is_not_taken_from_the_sheet(
    site: Site, browser: Browser, first: Member, locale: str
) -> None:
    """Anybody can seal a keyring to the sheet's public half; the six words on the paper tell."""
    account = site.coordinator("council")
    keys = first.keys
    genuine = keys.six("team")
    recipient = pyrage.x25519.Identity.from_str(account["recovery"]).to_public()
    team = pyrage.x25519.Identity.generate()
    keyring = {"v": 2, "keys": [{"n": 1, "x25519": str(team), "ed25519": formats.base64url(bytes(32))}]}
    vouch_key = formats.base64url(
        Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    )
    file = pyrage.encrypt(json.dumps(keyring).encode(), [recipient])
    sql(site, "UPDATE recovery_wrap SET file = ? WHERE team_id = 1", file)
    change = "UPDATE {} SET age_recipient = ?, vouch_key = ? WHERE {} = 1"
    for table, column in (("team", "id"), ("team_key", "team_id")):
        sql(site, change.format(table, column), str(team.to_public()), vouch_key)
    stranger = signed_in(site, browser, locale, "council")
    desk, fresh = stranger.desk, stranger.keys
    desk.page.locator("details.more > summary", has_text=desk.say("I do not have my words any more")).click()
    fresh.button("I have the recovery sheet").click()
    fresh.give_sheet(account["recovery"])
    fresh.expect_heading("These six words must stand on your sheet")
    assert fresh.six("first") != genuine
    before = sql(site, "SELECT identity_recipient FROM member WHERE sign_in_name = 'council'")
    fresh.button("Not the same").click()
    fresh.expect_notice("Then do not go on.")
    assert sql(site, "SELECT identity_recipient FROM member WHERE sign_in_name = 'council'") == before
    stranger.context.close()
