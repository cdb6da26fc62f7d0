"""Two members of one team on their Keys pages, and what stands in the server's database about them."""

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext

from tests.journeys.conftest import DESK, spoken
from tests.journeys.coordinator import Coordinator
from tests.journeys.keyholder import Keyholder
from tests.journeys.newcomer import Newcomer
from tests.journeys.site import Site
from tests.journeys.words import inbox_says

ROLE = "Coordinator, second desk"
PASSWORD = "harbour lantern seven tides"
NOTE = {"where": "Behind the old mill, blue door", "reach_me": "0141 496 0177, until five"}
LATER = {"where": "By the canal, second bridge"}


@dataclass
class Member:
    """Somebody of the council's team in a browser of their own."""

    context: BrowserContext
    desk: Coordinator

    def __post_init__(self) -> None:
        self.keys = Keyholder(self.desk.page, self.desk.say)

    def read(self, origin: str, reference: str, words: str = "") -> dict[str, str]:
        """Opens a referral's note. Out: what is written in it."""
        self.desk.page.goto(origin)
        self.desk.open(reference)
        return {name: text for name, text in self.desk.open_note(words).items() if text}


def signed_in(site: Site, browser: Browser, locale: str, name: str) -> Member:
    """A member of the demo in a fresh browser, on their Keys page."""
    context = browser.new_context(viewport=DESK, locale=spoken(locale))
    desk = Coordinator(context.new_page(), inbox_says(locale), site.coordinator(name))
    desk.sign_in(site.inbox_origin, locale)
    member = Member(context, desk)
    member.keys.open(site.inbox_origin)
    return member


def unlocked(site: Site, lead: Coordinator) -> Member:
    """The council's lead, with the demo's words, on their Keys page."""
    member = Member(lead.page.context, lead)
    member.keys.open(site.inbox_origin)
    member.keys.unlock(lead.account["passphrase"])
    return member


def joined(site: Site, browser: Browser, locale: str, first: Member) -> Member:
    """A colleague whom the lead invites and who joins, on their Keys page."""
    lead = first.desk
    lead.page.goto(f"{site.inbox_origin}/teams/1/people/invite")
    lead.page.locator("#display_name").fill(ROLE)
    lead.page.locator('input[name="roles"][value="coordinator"]').check()
    lead.button("Make the link").click()
    link = lead.page.locator("#link").input_value()
    context = browser.new_context(viewport=DESK, locale=spoken(locale))
    newcomer = Newcomer(context.new_page(), inbox_says(locale))
    newcomer.open(link, locale)
    newcomer.name_self("second-desk")
    secret, _ = newcomer.with_password(PASSWORD)
    newcomer.go_on()
    account = {"sign_in_name": "second-desk", "password": PASSWORD, "totp_secret": secret}
    member = Member(context, Coordinator(newcomer.page, newcomer.say, account))
    member.keys.open(site.inbox_origin)
    first.keys.open(site.inbox_origin)
    return member


def sql(site: Site, statement: str, *values: object) -> list[tuple[object, ...]]:
    with site.database() as rows:
        done = rows.execute(statement, values)
        return [tuple(row) for row in done] if done.returns_rows else []


def wraps(site: Site) -> set[str]:
    """Whom the council's keyring is sealed to."""
    asked = "SELECT sign_in_name FROM member JOIN team_wrap ON team_wrap.member_id = member.id WHERE member.team_id = 1"
    return {str(name) for (name,) in sql(site, asked)}


def let_in(first: Member, second: Member) -> str:
    """Both compare, the first lets the second in. Out: the second's seven words."""
    words = second.keys.make_own_key()
    read_out = second.keys.six("own")
    first.desk.page.reload()
    assert first.keys.compare(ROLE) == read_out
    first.keys.button("The same words").click()
    first.keys.confirm(first.desk.account["passphrase"])
    first.keys.expect_notice("can open notes now.")
    return words
