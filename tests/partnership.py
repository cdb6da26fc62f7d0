"""Two teams of two organisations, with a member and a phone each: what most tests of the server begin
with."""

from dataclasses import dataclass

import pyotp

from server import clock
from server.models import Device, Organisation, Team
from server.services.founding import add_member
from server.services.phones import devices
from server.services.phones.senders import phone_of
from server.services.transaction import writing
from tests import inviting

PASSWORD = "throw-away password"
# Enough to try everything with one account; tests of who may not do what make members of their own.
ROLES = ("administrator", "lead")
RECIPIENT = "age1x4m286hd4jt8rh3hafvh7m8t7aus6v3qm0d90suntmlvtvzqq4jq3yknlk"


@dataclass(frozen=True)
class Side:
    """One team: its member's name and secret for codes, its phone's token."""

    team_id: int
    member_id: int
    sign_in_name: str
    totp_secret: str
    device_token: str

    def code(self) -> str:
        """The one-time code of this moment."""
        return pyotp.TOTP(self.totp_secret).now()


@dataclass(frozen=True)
class Partnership:
    """`home` gets what the tests send; `other` must never see it."""

    home: Side
    other: Side


def found() -> Partnership:
    """Make both, in the application context that is open."""
    return Partnership(home=_side("home", RECIPIENT), other=_side("other", None))


def _side(name: str, recipient: str | None) -> Side:
    now = clock.now()
    with writing() as session:
        organisation = Organisation(
            name=f"The {name} council",
            kind="council",
            nation="GB-SCT",
            first_responder="yes",
            duty_to_notify="yes",
            is_host=name == "home",
        )
        team = Team(
            organisation=organisation,
            name=f"The {name} team",
            areas=["S12000049"],
            hours=[{"days": [1, 2, 3, 4, 5], "opens": "08:00", "closes": "18:00"}],
            urgent_number="+441414960100",
            age_recipient=recipient,
        )
        session.add(team)
        member = add_member(session, team, name, f"Coordinator, {name}", PASSWORD, roles=ROLES, now=now)
        session.flush()
        team_id, member_id, secret = team.id, member.id, member.totp_secret
    invitation = inviting.invite(team_id, 5, now)
    token = devices.join(invitation, now).token
    return Side(team_id, member_id, name, secret, token)


def device_of(token: str) -> Device:
    """All that is known of the phone with this token."""
    return devices.whole(phone_of(token))
