"""Phones join a team by invitation and are known by a token from then on, until they leave, are taken out, or have
emptied themselves. Nobody's name is asked, and only hashes of secrets are kept."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from server.extensions import db
from server.models import Device, Invitation, Member, Referral, Team
from server.services.accounts.roles import OutOfReach, team_in_reach
from server.services.events import add_event, add_event_for
from server.services.phones.invitations import state_of
from server.services.phones.senders import Phone
from server.services.references import reference_of
from server.services.secrets import hash_secret, new_secret
from server.services.transaction import writing

# A home-screen app has a storage of its own: who joined in the browser joins once more in the app.
SAME_HOLDER_WITHIN = timedelta(hours=1)
_TRIES_FOR_A_CODE = 20


class InvitationRefused(Exception):
    """No phone can join by this: `code` says why. With secrets of 256 bits that gives nothing away."""

    code = ""


class InvitationUnknown(InvitationRefused):
    """No invitation has this secret: the link was not copied whole."""

    code = "invitation-unknown"


class InvitationUsedUp(InvitationRefused):
    """As many holders joined by it as it was made for: ask for a new one."""

    code = "invitation-used-up"


class InvitationOver(InvitationRefused):
    """Its seven days are over: ask for a new one."""

    code = "invitation-over"


class InvitationEnded(InvitationRefused):
    """The team has ended it: ask for a new one."""

    code = "invitation-ended"


class NoCodeFree(RuntimeError):
    """No short code was free among the team's phones: take out phones that are used no more."""


@dataclass(frozen=True, slots=True)
class Joined:
    """`token` is for the phone and is never shown again."""

    token: str = field(repr=False)
    device: Device


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A phone on the team's page, with how many of its referrals are open (the held ones among them). `first`: the
    code of the same holder's first phone, "" when it is the first."""

    device: Device
    first: str
    open_referrals: int
    held_referrals: int


_REFUSALS = {"ended": InvitationEnded, "over": InvitationOver, "used-up": InvitationUsedUp}


def join(secret: str, now: datetime) -> Joined:
    """Let one phone join by an invitation's secret. Out: its token and the phone.

    Within an hour of a first phone the next one is its holder's second, and uses nothing up; each first one is
    paired once. Raises InvitationUnknown, InvitationUsedUp, InvitationOver, InvitationEnded; NoCodeFree.
    """
    token = new_secret()
    with writing() as session:
        asked = select(Invitation).where(Invitation.secret_hash == hash_secret(secret))
        invitation = session.scalar(asked.with_for_update(of=Invitation))
        if invitation is None:
            raise InvitationUnknown
        first = session.scalar(_first_without_second(invitation, now))
        state = state_of(invitation, now)
        if state == "ended" or (first is None and state != "good"):
            raise _REFUSALS[state]
        if first is None:
            invitation.uses_left -= 1
        device = _with_a_code(session, invitation, hash_secret(token), first, now)
        about, detail = ("device", device.id), {"invitation": invitation.id, "second": first is not None}
        add_event_for(session, invitation.team.organisation_id, "phone_joined", now, about=about, detail=detail)
        key = device.id
    return Joined(token=token, device=db.session.get_one(Device, key))


def whole(phone: Phone) -> Device:
    """All that is known of a phone that has shown its token."""
    return db.session.get_one(Device, phone.id)


def left(phone: Phone, now: datetime) -> None:
    """The phone says that it has let go of everything: its token is dead from now on. It was told to empty itself, or
    its holder wanted out; then it keeps its place for an hour, for it may only have moved into the installed app."""
    with writing() as session:
        gone = _locked(session, phone.id)
        gone.wiped_at = gone.wiped_at or now
        kind = "phone_wiped"
        if gone.wipe_asked_at is None:
            gone.revoked_at = gone.revoked_at or now
            kind = "phone_left"
        add_event_for(session, gone.team.organisation_id, kind, now, about=("device", gone.id))


def revoke(actor: Member, device: Device, now: datetime) -> None:
    """Take a phone out: it may send no more, and says so. What it sent stays. Twice changes nothing."""
    with writing() as session:
        taken = _locked(session, device.id)
        if taken.revoked_at is None and taken.wiped_at is None:
            taken.revoked_at = now
            add_event(session, actor, "phone_revoked", now, about=("device", taken.id))


def ask_wipe(actor: Member, device: Device, now: datetime) -> None:
    """Have the phone empty itself when it next reaches the server. Until then it may deliver what it still has, which
    is kept out of the list. Nobody can promise that it ever comes. Twice changes nothing."""
    with writing() as session:
        told = _locked(session, device.id)
        if told.wipe_asked_at is None and told.revoked_at is None and told.wiped_at is None:
            told.wipe_asked_at = now
            add_event(session, actor, "wipe_asked", now, about=("device", told.id))


def phone_in_reach(member: Member, deed: str, device_id: int) -> Device:
    """The phone, if the member may do this deed for its home team. Raises OutOfReach."""
    found = db.session.get(Device, device_id)
    if found is None:
        raise OutOfReach
    team_in_reach(member, deed, found.team_id)
    return found


def devices_of(team: Team) -> list[PhoneRow]:
    """The team's phones: those that may send first, the last joined on top."""
    gone = or_(Device.revoked_at.is_not(None), Device.wiped_at.is_not(None))
    still_open = and_(Referral.device_id == Device.id, Referral.state != "closed", Referral.team_id == team.id)
    asked = (
        select(Device.id, func.count(Referral.id), func.count(Referral.id).filter(Referral.held))
        .outerjoin(Referral, still_open)
        .where(Device.team_id == team.id)
        .group_by(Device.id)
    )
    numbers = {key: (number, held) for key, number, held in db.session.execute(asked)}
    listed = select(Device).where(Device.team_id == team.id).order_by(gone, Device.joined_at.desc(), Device.id.desc())
    phones = list(db.session.scalars(listed))
    codes = {phone.id: phone.code for phone in phones}
    return [PhoneRow(phone, codes.get(phone.second_of or 0, ""), *numbers[phone.id]) for phone in phones]


def _first_without_second(invitation: Invitation, now: datetime) -> Select[int]:
    """The oldest first phone of the last hour whose holder may still come a second time.

    Not one that a member has stopped: held, to be emptied, or taken out (one that left by itself has `wiped_at`).
    """
    second = aliased(Device)
    left_by_itself = and_(Device.wiped_at.is_not(None), Device.wipe_asked_at.is_(None))
    return (
        select(Device.id)
        .where(
            Device.invitation_id == invitation.id,
            Device.second_of.is_(None),
            Device.joined_at > now - SAME_HOLDER_WITHIN,
            Device.held_at.is_(None),
            Device.wipe_asked_at.is_(None),
            or_(Device.revoked_at.is_(None), left_by_itself),
            ~exists().where(second.second_of == Device.id),
        )
        .order_by(Device.joined_at, Device.id)
        .limit(1)
    )


def _with_a_code(session: Session, invitation: Invitation, token_hash: str, first: int | None, now: datetime) -> Device:
    """A new phone with a code that no other phone of its team has: two who join at once may draw the same."""
    for _try in range(_TRIES_FOR_A_CODE):
        device = Device(
            team_id=invitation.team_id,
            invitation_id=invitation.id,
            second_of=first,
            code=_drawn_code(),
            token_hash=token_hash,
            joined_at=now,
            accepted=0,
        )
        try:
            with session.begin_nested():
                session.add(device)
                session.flush()
        except IntegrityError:
            continue
        device.other_teams = list(invitation.other_teams)
        return device
    raise NoCodeFree


def _drawn_code() -> str:
    """Four characters that are read out and heard as those of a reference are."""
    return reference_of(str(uuid4()))[3:7]


def _locked(session: Session, device_id: int) -> Device:
    asked = select(Device).where(Device.id == device_id).with_for_update(of=Device)
    return session.scalars(asked).one()
