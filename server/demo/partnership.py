"""The demonstration's partnership: three organisations that do not exist, and the file with their throw-away
secrets."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server.config import Config
from server.demo import secrets_file
from server.demo.keys import make_keys
from server.demo.standing import links_to_renew
from server.extensions import db
from server.models import Installation, Organisation, Team, TeamWrap
from server.services.devices import add_invitation, invitation_link, invite
from server.services.founding import add_member
from server.services.installations import is_set_up
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
    first_responder: str
    duty_to_notify: str
    team: str
    sign_in_name: str
    number: str
    has_keys: bool


# First responders as the Home Office lists them (April 2026): in Scotland all councils are, health boards and
# most charities are not.
_PARTNERS = (
    _Founded(
        "Clyde Valley Council",
        "council",
        "yes",
        "yes",
        "Clyde Valley social work",
        "council",
        "+441414960101",
        True,
    ),
    _Founded(
        "Clyde Valley health board",
        "health_board",
        "no",
        "yes",
        "Public protection",
        "health",
        "+441414960102",
        True,
    ),
    _Founded("Riverside support charity", "charity", "no", "no", "Support", "charity", "+441414960103", False),
)
_AREAS = ["S12000029", "S12000049", "S12000050"]
_READING_HOURS = "Monday to Friday, 08:00 to 18:00"


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
    members = [_found(session, config, number, partner, now) for number, partner in enumerate(_PARTNERS)]
    return {"invitation": members[0]["invitation"], "inbox": config.inbox_origin, "members": members}


def _found(session: Session, config: Config, number: int, partner: _Founded, now: datetime) -> dict[str, str]:
    organisation = Organisation(
        name=partner.organisation,
        kind=partner.kind,
        nation="GB-SCT",
        first_responder=partner.first_responder,
        duty_to_notify=partner.duty_to_notify,
    )
    team = Team(
        organisation=organisation,
        name=partner.team,
        areas=_AREAS,
        reading_hours=_READING_HOURS,
        urgent_number=partner.number,
    )
    password = secrets.token_urlsafe(9)
    role = f"Coordinator, {partner.organisation}"
    member = add_member(session, team, partner.sign_in_name, role, password)
    session.flush()
    told = {
        "organisation": partner.organisation,
        "sign_in_name": partner.sign_in_name,
        "password": password,
        "totp_secret": member.totp_secret,
    }
    if partner.has_keys:
        made = make_keys(number)
        team.age_recipient, team.vouch_key = made.team_recipient, made.vouch_key
        member.identity_recipient, member.identity_wrapped = made.identity_recipient, made.identity_wrapped
        session.add(TeamWrap(team_id=team.id, member_id=member.id, file=made.team_wrap))
        told["passphrase"] = made.passphrase
    told["invitation"] = invitation_link(config, add_invitation(session, team.id, PHONES, now), team)
    return told


def _renew(config: Config, told: dict[str, Any], now: datetime) -> dict[str, Any]:
    stale = links_to_renew(db.session(), told, now)
    for member, team in stale:
        member["invitation"] = invitation_link(config, invite(team.id, PHONES, now), team)
    if stale:
        told["invitation"] = told["members"][0]["invitation"]
        secrets_file.write(config, told)
    return told
