"""A team that has just made its first keys, on each engine, with colleagues who have none yet."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select

from server import clock
from server.extensions import db
from server.models import Event, Member, Team, TeamKey, TeamRoster, TeamWrap
from server.services.founding import add_member
from server.services.keys import first_keys, identities
from server.services.keys.given import Identity, Recovery
from server.services.transaction import writing
from tests.partnership import PASSWORD, found
from tests.services.keys import browsers
from tests.services.keys.browsers import TeamBrowser

NOW = clock.now()


@dataclass
class Desk:
    """`maker` (lead) made or makes the keys of `browser`'s team; `colleague` (coordinator) has none; `analyst` reads no
    referrals; `elsewhere` is of another team."""

    browser: TeamBrowser
    maker_id: int
    colleague_id: int
    analyst_id: int
    elsewhere_id: int
    identity: Identity
    sheet: Recovery

    @property
    def maker(self) -> Member:
        return db.session.get_one(Member, self.maker_id)

    @property
    def colleague(self) -> Member:
        return db.session.get_one(Member, self.colleague_id)

    @property
    def elsewhere(self) -> Member:
        return db.session.get_one(Member, self.elsewhere_id)

    @property
    def team(self) -> Team:
        db.session.expire_all()
        return db.session.get_one(Team, self.browser.team_id)

    @property
    def members(self) -> dict[int, str]:
        """The maker alone, as the first roster has it."""
        return {self.maker_id: self.identity.recipient}

    def colleague_makes_their_key(self) -> Identity:
        made = browsers.identity()
        identities.save_identity(self.colleague, made, False, NOW)
        return made

    def wraps(self) -> dict[int, bytes]:
        """Who has the keyring, and the file."""
        db.session.expire_all()
        asked = select(TeamWrap).where(TeamWrap.team_id == self.browser.team_id)
        return {one.member_id: one.file for one in db.session.scalars(asked)}

    def counts(self) -> tuple[int, int]:
        """How many keys and rosters the team has."""
        numbers = [
            db.session.scalar(select(func.count()).where(table.team_id == self.browser.team_id))
            for table in (TeamKey, TeamRoster)
        ]
        return numbers[0] or 0, numbers[1] or 0

    def kinds(self) -> list[str]:
        """The kinds of all events of the team's organisation that somebody did, in their order."""
        asked = select(Event.kind).where(Event.member_id.is_not(None)).order_by(Event.id)
        return list(db.session.scalars(asked))


@pytest.fixture
def before(engine_app: Flask) -> Iterator[Desk]:
    """Nobody has made a key; an application context is open."""
    with engine_app.app_context():
        sides = found()
        with writing() as session:
            team = session.get_one(Team, sides.other.team_id)
            made = [
                add_member(session, team, name, f"A {name}", PASSWORD, roles=(name,), now=NOW)
                for name in ("coordinator", "analyst")
            ]
            session.flush()
            numbers = [member.id for member in made]
        yield Desk(
            TeamBrowser(sides.other.team_id),
            sides.other.member_id,
            *numbers,
            sides.home.member_id,
            browsers.identity(),
            browsers.sheet(),
        )


@pytest.fixture
def desk(before: Desk) -> Desk:
    """The first keys are made."""
    key = before.browser.next_key()
    roster = before.browser.roster(1, before.members, before.sheet.recipient)
    first_keys.save_first_keys(before.maker, before.identity, key, browsers.wrap(), before.sheet, roster, NOW)
    return before
