"""Holding what a phone sent: kept, out of the list, found by its reference, undone in one action. It never deletes.

A team holds what was sent to itself only: nobody may hide from another team what that team was told, least of all
those whom it is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import Device, DeviceTeam, Member, Referral
from server.services.accounts.roles import OutOfReach, team_in_reach
from server.services.events import add_event
from server.services.transaction import writing


@dataclass(frozen=True, slots=True)
class Count:
    """How many phones and referrals a deed has changed."""

    phones: int
    referrals: int


def hold(actor: Member, device: Device, now: datetime) -> int:
    """Keep out of the list what this phone sent and nobody has taken on, and what it will send. Out: how many
    referrals are held by this."""
    with writing() as session:
        held = hold_phones(session, actor, _locked(session, device), now)
        about, detail = ("device", device.id), {"referrals": held.referrals}
        add_event(session, actor, "phone_held", now, about=about, detail=detail)
        return held.referrals


def release(actor: Member, device: Device, now: datetime) -> int:
    """Put back what was held of this phone. Out: how many referrals are back in the list."""
    with writing() as session:
        released = release_phones(session, actor, _locked(session, device))
        about, detail = ("device", device.id), {"referrals": released.referrals}
        add_event(session, actor, "phone_released", now, about=about, detail=detail)
        return released.referrals


def hold_phones(session: Session, actor: Member, phones: Sequence[Device], now: datetime) -> Count:
    """Hold these phones, which the caller has locked, in the transaction that is open."""
    teams = _reached(actor, phones)
    own = [phone for phone in phones if phone.team_id in teams]
    for phone in own:
        phone.held_at = phone.held_at or now
    # What somebody works on stays where they find it.
    unclaimed = Referral.state.in_(("stored", "read"))
    return Count(len(own), _changed(session, _of(phones, teams).where(unclaimed, ~Referral.held).values(held=True)))


def release_phones(session: Session, actor: Member, phones: Sequence[Device]) -> Count:
    """The opposite of `hold_phones`."""
    teams = _reached(actor, phones)
    own = [phone for phone in phones if phone.team_id in teams]
    for phone in own:
        phone.held_at = None
    return Count(len(own), _changed(session, _of(phones, teams).where(Referral.held).values(held=False)))


def phone_to_hold(member: Member, device_id: int) -> Device:
    """The phone, if the member may hold what it sends to its home team or to one of the others. Raises OutOfReach."""
    found = db.session.get(Device, device_id)
    if found is None or not _reached(member, [found]):
        raise OutOfReach
    return found


def may_hold(member: Member, device: Device) -> bool:
    """Whether `phone_to_hold` would give it."""
    return bool(_reached(member, [device]))


def _reached(member: Member, phones: Sequence[Device]) -> set[int]:
    """Of all the teams that these phones may send to, those for which the member may hold."""
    others = select(DeviceTeam.team_id).where(DeviceTeam.device_id.in_([phone.id for phone in phones])).distinct()
    asked = {phone.team_id for phone in phones} | set(db.session.scalars(others))
    return {team_id for team_id in asked if _in_reach(member, team_id)}


def _in_reach(member: Member, team_id: int) -> bool:
    try:
        team_in_reach(member, "hold_phones", team_id)
    except OutOfReach:
        return False
    return True


def _of(phones: Sequence[Device], teams: set[int]) -> Update:
    return update(Referral).where(Referral.device_id.in_([phone.id for phone in phones]), Referral.team_id.in_(teams))


def _changed(session: Session, change: Update) -> int:
    session.flush()
    return len(session.execute(change.returning(Referral.id)).all())


def _locked(session: Session, device: Device) -> list[Device]:
    asked = select(Device).where(Device.id == device.id).with_for_update(of=Device)
    return list(session.scalars(asked))
