"""Invitations are put together in the inviting browser: what an operator writes into the database gets into none."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import PHONE, spoken
from tests.journeys.coordinator import Coordinator
from tests.journeys.markers import Recorder, traces
from tests.journeys.site import Site
from tests.journeys.words import phone_says
from tests.journeys.worker import Worker
from tests.sealing import formats

pytestmark = pytest.mark.journey

NOTE = {"where": "by the mill", "reach_me": "ext. 12"}
# Public halves that anybody could have made: an operator's.
OTHERS_AGE = "age1wul3h7qjhgu8xrfhfsshh3shgnwj28v5qa4u0gwv7ekcrzqrvszqngx4c4"
OTHERS_VOUCH = formats.vouch_key(bytes(range(32)))


def test_a_link_made_here_vouches_for_the_notes_of_its_phones(
    site: Site, browser: Browser, lead: Coordinator, locale: str
) -> None:
    recorder = Recorder(lead.page.context)
    link = lead.invite_phones(site.inbox_origin, 1, [2])
    secret = link.partition("#v2.")[2].partition(".")[0]
    assert len(secret) == 43
    assert f".2.{_column(site, 'age_recipient', 2)}." in link
    # The secret is nowhere but in the link: the server was told a hash of what is made from it.
    private = [secret, formats.voucher(secret)]
    assert traces(private, recorder.requests) == []
    assert traces(private, site.kept()) == []
    # Shown once: the page has it no more.
    lead.page.reload()
    expect(lead.page.get_by_text(lead.say("The link is not here."))).to_be_visible()

    context = browser.new_context(viewport=PHONE, locale=spoken(locale))
    worker = Worker(context.new_page(), phone_says(locale))
    worker.join(link)
    worker.first_look()
    reference = worker.write_and_send(NOTE, "Clyde Valley social work")
    expect(worker.heading("Sent")).to_be_visible()
    context.close()
    lead.page.goto(site.inbox_origin)
    lead.open(reference)
    assert lead.open_note(lead.account["passphrase"])["where"] == NOTE["where"]
    expect(lead.page.locator('[data-vouched="holds"]')).to_be_visible()


def test_a_key_that_an_operator_put_in_gets_into_no_link(site: Site, lead: Coordinator) -> None:
    lead.page.goto(f"{site.inbox_origin}/teams/1/phones")
    before = _invitations(site)
    with site.database() as rows:
        change = "UPDATE team SET age_recipient = ?, vouch_key = ? WHERE id = 1"
        rows.execute(change, (OTHERS_AGE, OTHERS_VOUCH))
    lead.make_invitation()
    said = lead.page.locator("form[data-inviting] [role=status]")
    expect(said).to_contain_text(lead.say(_ROSTER))
    assert _invitations(site) == before


_ROSTER = (
    "Nothing was made. The key that the server names is not the one your team has signed for. The Keys page says more. "
    "Tell whoever looks after Heed."
)


def _column(site: Site, name: str, team: int) -> str:
    with site.database() as rows:
        return str(rows.execute(f"SELECT {name} FROM team WHERE id = ?", (team,)).scalar_one())  # noqa: S608


def _invitations(site: Site) -> int:
    with site.database() as rows:
        return int(rows.execute("SELECT count(*) FROM invitation").scalar_one())
