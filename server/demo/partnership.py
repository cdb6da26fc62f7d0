"""The demonstration's partnership: three organisations that do not exist, and the file with their throw-away
secrets."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server.config import Config
from server.demo import secrets_file
from server.demo.inviting import make_invitation
from server.demo.keys import first_roster, make_keys
from server.demo.standing import first_teams, links_to_renew
from server.extensions import db
from server.models import Installation, Member, Team
from server.services.accounts.roles import FOUNDING
from server.services.founding import add_member
from server.services.installations import is_set_up
from server.services.keys.first_keys import add_first_keys
from server.services.partnership.organisations import NewOrganisation, found_organisation
from server.services.partnership.teams import NewTeam, found_team
from server.services.phones.invitations import add_invitation, invite
from server.services.transaction import writing

PHONES = 200


class NotADemo(Exception):
    """The database holds a real partnership; no demonstration is ever put beside it."""


class SecretsGone(Exception):
    """The demonstration is there and the file with its secrets is not: nobody can sign in to it any more."""


@dataclass(frozen=True, slots=True)
class _Founded:
    """What one organisation of the demonstration is made of. The numbers are Ofcom's, kept free for
    fiction."""

    organisation: str
    kind: str
    team: str
    sign_in_name: str
    number: str
    has_keys: bool


_PARTNERS = (
    _Founded("Clyde Valley Council", "council", "Clyde Valley social work", "council", "+441414960101", True),
    _Founded("Clyde Valley health board", "health_board", "Public protection", "health", "+441414960102", True),
    _Founded("Riverside support charity", "charity", "Support", "charity", "+441414960103", False),
)
_AREAS = ("S12000029", "S12000049", "S12000050")
_HOURS = [{"days": [1, 2, 3, 4, 5], "opens": "08:00", "closes": "18:00"}]


def make(config: Config, now: datetime) -> dict[str, Any]:
    """Make the partnership once; on a database that has it, only renew invitations that are over.

    Out: what stands in the secrets file. Raises NotADemo on a database that is set up otherwise, SecretsGone.
    """
    with writing() as session:
        if session.get(Installation, 1) is None:
            if is_set_up(session):
                raise NotADemo
            session.add(Installation(id=1, is_demo=True, made_at=now))
            found = _found_all(session, config, now)
            # Before the commit: secrets without a database harm nobody, a database without its secrets is
            # lost.
            secrets_file.write(config, found)
            return found
    told = secrets_file.read(config)
    if told is None:
        raise SecretsGone(str(secrets_file.path(config)))
    return _renew(config, told, now)


def _found_all(session: Session, config: Config, now: datetime) -> dict[str, Any]:
    founded = [_found(session, number, partner, now) for number, partner in enumerate(_PARTNERS)]
    teams = [member.team for member, _told in founded]
    # A council's social work must not be the one to read about the council's own staff.
    teams[0].conflicts.append(teams[0].organisation)
    _give_keys(session, founded, now)
    for team, told in ((member.team, told) for member, told in founded):
        new, told["invitation"] = make_invitation(config, team, _but(team, teams), PHONES)
        add_invitation(session, team.id, new, now)
    members = [told for _member, told in founded]
    return {"invitation": members[0]["invitation"], "inbox": config.inbox_origin, "members": members}


def _found(session: Session, number: int, partner: _Founded, now: datetime) -> tuple[Member, dict[str, str]]:
    new = NewOrganisation(partner.organisation, partner.kind, "GB-SCT")
    organisation = found_organisation(session, new, is_host=number == 0)
    team = found_team(session, organisation, NewTeam(partner.team, partner.number, _AREAS))
    team.hours = _HOURS
    password = secrets.token_urlsafe(9)
    role = f"Coordinator, {partner.organisation}"
    member = add_member(session, team, partner.sign_in_name, role, password, roles=FOUNDING, now=now)
    session.flush()
    told = {
        "organisation": partner.organisation,
        "sign_in_name": partner.sign_in_name,
        "password": password,
        "totp_secret": member.totp_secret or "",
    }
    return member, told


def _give_keys(session: Session, founded: list[tuple[Member, dict[str, str]]], now: datetime) -> None:
    made = {number: make_keys(number) for number, partner in enumerate(_PARTNERS) if partner.has_keys}
    by_team = {founded[number][0].team_id: keys for number, keys in made.items()}
    for number, keys in made.items():
        member, told = founded[number]
        partners = {team_id: other for team_id, other in by_team.items() if team_id != member.team_id}
        roster = first_roster(keys, member.team_id, member.id, partners)
        add_first_keys(session, member, keys.identity, keys.key, keys.team_wrap, keys.sheet, roster, now)
        told |= {"passphrase": keys.passphrase, "recovery": keys.recovery}


def _but(team: Team, teams: list[Team]) -> list[Team]:
    return [other for other in teams if other.id != team.id]


def _renew(config: Config, told: dict[str, Any], now: datetime) -> dict[str, Any]:
    teams = first_teams(db.session(), told)
    stale = links_to_renew(db.session(), told, now)
    for member, team in stale:
        new, member["invitation"] = make_invitation(config, team, _but(team, teams), PHONES)
        invite(team.id, new, now)
    if stale:
        told["invitation"] = told["members"][0]["invitation"]
        secrets_file.write(config, told)
    return told
