"""The people of a team: invited, given other roles or a way back, and gone, each in one action with one event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import AccountLink, Member, Passkey, RecoveryCode, Referral, RotaTurn, Team, TeamWrap
from server.services.accounts import links
from server.services.accounts.administrators import LastAdministrator, keep_one
from server.services.accounts.roles import (
    ADMINISTRATOR,
    ROLES,
    OutOfReach,
    may,
    may_give,
    member_in_reach,
    team_in_reach,
)
from server.services.accounts.sessions import end_all
from server.services.events import add_event
from server.services.partnership.hours import today
from server.services.secrets import hash_secret
from server.services.transaction import writing

__all__ = [
    "LastAdministrator",
    "Left",
    "MayNotGive",
    "MayNotTakeOver",
    "change_roles",
    "invite",
    "leave",
    "members_of",
    "way_back",
]

DEED = "manage_people"


class MayNotGive(Exception):
    """These roles are not theirs to give or take: a lead gives coordinator, lead and analyst; an administrator all.
    At least one role is needed."""


class MayNotTakeOver(ValueError):
    """Referrals are handed to an active member of the same team who works with referrals: choose another."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was given back by somebody who left: open referrals that were theirs, turns of the rota from today on."""

    referrals: int
    turns: int


def members_of(team: Team) -> list[Member]:
    """The team's active members by the name of their role. Who was invited and has not come yet is in
    `links.open_links`."""
    active = (Member.team_id == team.id, Member.joined_at.is_not(None), Member.left_at.is_(None))
    return list(db.session.scalars(select(Member).where(*active).order_by(Member.display_name, Member.id)))


def invite(actor: Member, team: Team, display_name: str, roles: Iterable[str], now: datetime) -> str:
    """Make a link by which one person becomes a member. Out: its secret. Raises OutOfReach, MayNotGive."""
    given = _in_order(roles)
    with writing() as session:
        team = team_in_reach(actor, DEED, team.id)
        _check_given(actor, given)
        secret = links.make_link(
            session,
            "member",
            now,
            organisation_id=team.organisation_id,
            team_id=team.id,
            display_name=display_name,
            roles=given,
            made_by=actor,
        )
        add_event(session, actor, "link_made", now, about=("link", _link_id(session, secret)), detail={"roles": given})
        return secret


def way_back(actor: Member, member: Member, now: datetime) -> str:
    """Make a link by which a member who lost their ways to sign in sets new ones; earlier such links end. Out: its
    secret.

    Whoever holds it becomes that member, so nobody makes one for somebody with roles they could not give, nor for
    themselves. Raises OutOfReach, MayNotGive.
    """
    with writing() as session:
        member = _active(actor, member.id)
        _check_given(actor, member.roles)
        if member.id == actor.id:
            raise MayNotGive
        secret = make_way_back(session, member, now, made_by=actor)
        add_event(session, actor, "way_back_made", now, about=("member", member.id))
        return secret


def make_way_back(session: Session, member: Member, now: datetime, made_by: Member | None = None) -> str:
    """The link itself, in the open transaction; the caller has asked whether it may be made, and leaves the event."""
    links.end_links_of(session, member, now)
    return links.make_link(
        session,
        "way_back",
        now,
        organisation_id=member.team.organisation_id,
        team_id=member.team_id,
        member_id=member.id,
        display_name=member.display_name,
        roles=member.roles,
        made_by=made_by,
    )


def change_roles(actor: Member, member: Member, roles: Iterable[str], now: datetime) -> None:
    """Give a member these roles in place of theirs, and end their sessions. The same roles: nothing happens.

    Raises OutOfReach, MayNotGive, LastAdministrator.
    """
    wanted = _in_order(roles)
    with writing() as session:
        member = _active(actor, member.id)
        changed = set(wanted) ^ set(member.roles)
        if not wanted or not changed <= may_give(actor):
            raise MayNotGive
        if not changed:
            return
        if ADMINISTRATOR in changed and ADMINISTRATOR not in wanted:
            keep_one(session, member)
        member.roles = wanted
        end_all(session, member.id)
        add_event(session, actor, "roles_changed", now, about=("member", member.id), detail={"roles": wanted})


def leave(actor: Member, member: Member, hand_to: Member | None, now: datetime) -> Left:
    """End an account for good: no way to sign in, no session, no key, no name; open work handed over.

    In: who takes the open referrals on, None to leave them to the team. Raises OutOfReach, MayNotGive,
    LastAdministrator, MayNotTakeOver.
    """
    with writing() as session:
        member = _active(actor, member.id)
        _check_given(actor, member.roles)
        taker = _taker(session, member, hand_to)
        keep_one(session, member)
        referrals = _hand_over(session, actor, member, taker, now)
        turns = delete(RotaTurn).where(RotaTurn.member_id == member.id, RotaTurn.day >= today(now))
        left = Left(referrals, len(session.execute(turns.returning(RotaTurn.day)).all()))
        links.end_links_of(session, member, now)
        end_all(session, member.id)
        for table in (Passkey, RecoveryCode, TeamWrap):
            session.execute(delete(table).where(table.member_id == member.id))
        member.password_hash = member.totp_secret = None
        # Their passkeys went above, and what those opened with them.
        member.identity_recipient = member.identity_wrapped = member.drilled_at = None
        member.sign_in_name = None
        member.left_at = now
        detail = {"referrals": left.referrals, "turns": left.turns}
        add_event(session, actor, "left", now, about=("member", member.id), detail=detail)
        return left


def _hand_over(session: Session, actor: Member, member: Member, taker: Member | None, now: datetime) -> int:
    """Hand over what the member works on. The version grows, so that a page that shows the old state is told.

    What nobody takes is read and no more, so that it is late again when its time is over. `acted_at` stays: it is why
    claiming it once more does not count twice for the phone.
    """
    theirs = update(Referral).where(Referral.claimed_by == member.id, Referral.state != "closed")
    new = {"claimed_by": taker.id} if taker else {"claimed_by": None, "state": "read"}
    change = theirs.values(**new, version=Referral.version + 1)
    referrals = session.execute(change.returning(Referral.id)).scalars().all()
    detail = {"to": taker.id} if taker else {}
    for referral_id in sorted(referrals):
        add_event(session, actor, "handed_over", now, referral_id, about=("member", member.id), detail=detail)
    return len(referrals)


def _taker(session: Session, member: Member, hand_to: Member | None) -> Member | None:
    if hand_to is None:
        return None
    taker = session.get(Member, hand_to.id, with_for_update={"of": Member, "key_share": True})
    if taker is None or not taker.is_active or taker.id == member.id or taker.team_id != member.team_id:
        raise MayNotTakeOver
    if not may(taker, "work_referrals"):
        raise MayNotTakeOver
    return taker


def _active(actor: Member, member_id: int) -> Member:
    """The member, locked for this change, if the actor reaches them and they may sign in. Raises OutOfReach."""
    member = member_in_reach(actor, DEED, member_id)
    db.session.refresh(member, with_for_update={"of": Member, "key_share": True})
    if not member.is_active:
        raise OutOfReach(member_id)
    return member


def _in_order(roles: Iterable[str]) -> list[str]:
    """The roles in the order of the table, each once; the unknown ones last, to be refused."""
    given = set(roles)
    return [role for role in ROLES if role in given] + sorted(given - set(ROLES))


def _check_given(actor: Member, roles: list[str]) -> None:
    if not roles or not set(roles) <= may_give(actor):
        raise MayNotGive


def _link_id(session: Session, secret: str) -> int:
    return session.scalars(select(AccountLink.id).where(AccountLink.secret_hash == hash_secret(secret))).one()
