"""All teams of this server with who can act for them, read in a few queries however many there are. No key or sealed
file is read."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from server.extensions import db
from server.models import Member, Team, TeamWrap
from server.services.accounts.roles import may
from server.services.checkup.finding import Place


@dataclass(frozen=True, slots=True)
class TeamNow:
    """A team, its active members who work with referrals, and those of them who can open what it is sent."""

    team: Team
    readers: tuple[Member, ...]
    holders: tuple[Member, ...]

    def place(self, people: int | None = None) -> Place:
        """How a finding names it."""
        return Place(self.team.name, self.team.organisation.name, people)


def teams_now() -> list[TeamNow]:
    """The teams by organisation and name."""
    active = select(Member).where(Member.joined_at.is_not(None), Member.left_at.is_(None)).order_by(Member.id)
    readers: dict[int, list[Member]] = defaultdict(list)
    for member in db.session.scalars(active):
        if may(member, "work_referrals"):
            readers[member.team_id].append(member)
    wraps = {(team_id, of) for team_id, of in db.session.execute(select(TeamWrap.team_id, TeamWrap.member_id))}
    teams = sorted(db.session.scalars(select(Team)), key=lambda one: (one.organisation.name, one.name, one.id))
    return [
        TeamNow(
            team,
            tuple(readers[team.id]),
            tuple(member for member in readers[team.id] if (team.id, member.id) in wraps),
        )
        for team in teams
    ]
