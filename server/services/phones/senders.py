"""Who sends: the phone of a token and the team it sends to, as plain facts in one statement, because everything that a
phone hands over asks for them."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, or_, select

from server.database import for_one_question
from server.extensions import db
from server.models import Device, DeviceTeam, Organisation, Team
from server.services.secrets import hash_secret


class PhoneUnknown(LookupError):
    """No phone has this token: it must join first."""


class PhoneTakenOut(LookupError):
    """The phone of this token may send no more: it was taken out, has left, or has emptied itself."""


class TeamNotOffered(LookupError):
    """The phone may send to its home team and to those that its invitation named, and to no other."""


@dataclass(frozen=True, slots=True)
class Employer:
    """The worker's own organisation, whose duties in law (yes, no, unknown) decide."""

    id: int
    first_responder: str
    duty_to_notify: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """A team that is sent to: its organisation has the event, and its hours and number go into the receipt."""

    id: int
    organisation_id: int
    hours: list[dict[str, Any]]
    urgent_number: str


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone that may send. `team` is its home team. `new`: nobody knows it yet. `held`: what it sends its home team
    is kept out of the list. `wipe_asked`: it is told to empty itself."""

    id: int
    employer: Employer
    team: Receiver = field(repr=False)
    new: bool
    held: bool
    wipe_asked: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """A phone, and the team that it chose to send to."""

    phone: Phone
    team: Receiver

    @property
    def at_home(self) -> bool:
        """Whether that is the phone's own team."""
        return self.team.id == self.phone.team.id

    @property
    def held(self) -> bool:
        """Whether what it sends is kept out of the list: a team holds only what is meant for itself (holding.py)."""
        return self.at_home and self.phone.held


# Held, or told to empty itself: what it still delivers is looked at by a person first.
HELD = or_(Device.held_at.is_not(None), Device.wipe_asked_at.is_not(None))

_RECEIVER = (Team.id, Team.organisation_id, Team.hours, Team.urgent_number)
# Columns, no entities: a phone is asked for with each request, and building the three would cost four times as much.
_PHONE = (
    select(
        Device.id,
        Device.is_new,
        HELD.label("held"),
        Device.wipe_asked_at.is_not(None).label("wipe_asked"),
        or_(Device.revoked_at.is_not(None), Device.wiped_at.is_not(None)).label("gone"),
        Organisation.id,
        Organisation.first_responder,
        Organisation.duty_to_notify,
        *_RECEIVER,
    )
    .join(Team, Team.id == Device.team_id)
    .join(Organisation, Organisation.id == Team.organisation_id)
    .where(Device.token_hash == bindparam("token_hash"))
)
_OFFERED = (
    select(*_RECEIVER)
    .join(DeviceTeam, DeviceTeam.team_id == Team.id)
    .where(DeviceTeam.device_id == bindparam("device_id"), Team.id == bindparam("team_id"))
)


def phone_of(token: str) -> Phone:
    """The phone of this token. Raises PhoneUnknown, PhoneTakenOut."""
    # On a connection of its own, given back at once: nothing is kept while the request waits for its turn to write.
    with for_one_question(db.engine) as connection:
        found = connection.execute(_PHONE, {"token_hash": hash_secret(token)}).one_or_none()
    if found is None:
        raise PhoneUnknown
    key, new, held, wipe_asked, gone, *others = found
    if gone:
        raise PhoneTakenOut
    return Phone(key, Employer(*others[:3]), Receiver(*others[3:]), new=new, held=held, wipe_asked=wipe_asked)


def sender_of(phone: Phone, team_id: int | None = None) -> Sender:
    """The phone as sender to its home team or to the one it chose. Raises TeamNotOffered."""
    if team_id is None or team_id == phone.team.id:
        return Sender(phone, phone.team)
    with for_one_question(db.engine) as connection:
        offered = connection.execute(_OFFERED, {"device_id": phone.id, "team_id": team_id}).one_or_none()
    if offered is None:
        raise TeamNotOffered(team_id)
    return Sender(phone, Receiver(*offered))
