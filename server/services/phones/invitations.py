"""Invitations: made in a browser, kept here without their secret, ended, and held when one leaked. What vouches for a
team's key stands in the link alone, which the server can neither write nor read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import Device, Invitation, Member, Referral, Team
from server.services.accounts.roles import OutOfReach, team_in_reach
from server.services.age_files import is_age_file
from server.services.events import add_event, add_event_for
from server.services.lifetimes import is_over
from server.services.phones import holding
from server.services.transaction import writing

INVITATION_LASTS = timedelta(days=7)
MOST_PHONES = 200
MOST_OTHER_TEAMS = 3
MOST_VOUCHER_BYTES = 4096
_HASH = re.compile(r"[0-9a-f]{64}")


class InvitationNotMade(ValueError):
    """An invitation is for 1 to 200 phones, names at most three other teams, never its own, and has a secret that no
    other has."""


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """What the inviting browser made. The secret of the link stays in that browser: `secret_hash` is the sha256, hex,
    of what phones will show to join. `voucher`: an age file for the teams that are named, None where nobody could make
    one (frontend/src/sealing/voucher.ts). `other_teams` are offered for what the home team must not see."""

    uses: int
    secret_hash: str
    voucher: bytes | None = field(default=None, repr=False)
    other_teams: Sequence[Team] = ()


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation on the team's page. `state` is good, used-up, over or ended; `maker` is a role, "" for `heed`
    itself; `phones` may still send, and `held` of them are held."""

    invitation: Invitation
    state: str
    maker: str
    phones: int
    held: int


def invite(team_id: int, new: NewInvitation, now: datetime, made_by: Member | None = None) -> int:
    """Keep an invitation that a browser made, good for seven days. Out: its number. Raises InvitationNotMade."""
    with writing() as session:
        return add_invitation(session, team_id, new, now, made_by)


def add_invitation(
    session: Session, team_id: int, new: NewInvitation, now: datetime, made_by: Member | None = None
) -> int:
    """As `invite`, in a transaction that is open."""
    others = list(dict.fromkeys(new.other_teams))
    if not 1 <= new.uses <= MOST_PHONES or len(others) > MOST_OTHER_TEAMS or team_id in {team.id for team in others}:
        raise InvitationNotMade
    if not _HASH.fullmatch(new.secret_hash):
        raise InvitationNotMade
    if new.voucher is not None and not is_age_file(new.voucher, MOST_VOUCHER_BYTES):
        raise InvitationNotMade
    if session.scalar(select(Invitation.id).where(Invitation.secret_hash == new.secret_hash)) is not None:
        raise InvitationNotMade
    invitation = Invitation(
        team_id=team_id,
        secret_hash=new.secret_hash,
        voucher=new.voucher,
        uses=new.uses,
        uses_left=new.uses,
        made_by=made_by.id if made_by else None,
        created_at=now,
        ends_at=now + INVITATION_LASTS,
        other_teams=others,
    )
    session.add(invitation)
    session.flush()
    about, detail = ("invitation", invitation.id), {"uses": new.uses, "other_teams": [team.id for team in others]}
    if made_by is None:
        organisation_id = session.get_one(Team, team_id).organisation_id
        add_event_for(session, organisation_id, "invitation_made", now, about=about, detail=detail)
    else:
        add_event(session, made_by, "invitation_made", now, about=about, detail=detail)
    return invitation.id


def voucher_for(member: Member, referral_id: str) -> bytes | None:
    """The voucher of the invitation by which the phone joined that sent this referral: an age file for the member's
    team. None when the link to the phone is gone, its invitation has none, or the referral is not with the team."""
    asked = (
        select(Invitation.voucher)
        .join(Device, Device.invitation_id == Invitation.id)
        .join(Referral, Referral.device_id == Device.id)
        .where(Referral.id == referral_id, Referral.team_id == member.team_id)
    )
    return db.session.scalar(asked)


def teams_to_offer(team: Team) -> list[Team]:
    """The teams of every organisation on this server that an invitation of this one may name."""
    asked = select(Team).where(Team.id != team.id).order_by(Team.organisation_id, Team.name, Team.id)
    return list(db.session.scalars(asked))


def invitation_in_reach(member: Member, deed: str, invitation_id: int) -> Invitation:
    """The invitation, if the member may do this deed for its team. Raises OutOfReach."""
    found = db.session.get(Invitation, invitation_id)
    if found is None:
        raise OutOfReach
    team_in_reach(member, deed, found.team_id)
    return found


def invitations_of(team: Team, now: datetime) -> list[InvitationRow]:
    """Those by which a phone may still join, or has joined that may still send; the newest first."""
    living = select(Device.invitation_id, func.count(Device.id), func.count(Device.held_at)).where(
        Device.team_id == team.id, Device.revoked_at.is_(None), Device.wiped_at.is_(None)
    )
    phones = {key: (number, held) for key, number, held in db.session.execute(living.group_by(Device.invitation_id))}
    good = and_(Invitation.ended_at.is_(None), Invitation.ends_at > now, Invitation.uses_left > 0)
    asked = (
        select(Invitation, Member.display_name)
        .outerjoin(Member, Member.id == Invitation.made_by)
        .where(Invitation.team_id == team.id, or_(good, Invitation.id.in_(phones.keys() - {None})))
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    )
    return [
        InvitationRow(invitation, state_of(invitation, now), maker or "", *phones.get(invitation.id, (0, 0)))
        for invitation, maker in db.session.execute(asked)
    ]


def state_of(invitation: Invitation, now: datetime) -> str:
    """Why it would let nobody in: ended, over, used-up; or good."""
    if invitation.ended_at is not None:
        return "ended"
    if is_over(invitation.created_at, invitation.ends_at, now):
        return "over"
    return "good" if invitation.uses_left > 0 else "used-up"


def end(actor: Member, invitation: Invitation, now: datetime) -> None:
    """Let nobody join by it any more; phones that did may go on. Ending it twice changes nothing."""
    with writing() as session:
        _end(session, actor, _locked(session, invitation), now)


def hold_all(actor: Member, invitation: Invitation, now: datetime) -> int:
    """It leaked: end the invitation, and hold every phone that joined by it with all that they sent and that
    nobody has taken on. Nothing is deleted. Out: how many referrals are held by this.

    Undone by `release_all`, or phone by phone with `holding.release`.
    """
    with writing() as session:
        locked = _locked(session, invitation)
        _end(session, actor, locked, now)
        held = holding.hold_phones(session, actor, _phones(session, locked), now)
        detail = {"phones": held.phones, "referrals": held.referrals}
        add_event(session, actor, "invitation_held", now, about=("invitation", locked.id), detail=detail)
        return held.referrals


def release_all(actor: Member, invitation: Invitation, now: datetime) -> int:
    """Put back into the list all that came from the invitation's phones. The invitation stays ended. Out: how many
    referrals are back."""
    with writing() as session:
        locked = _locked(session, invitation)
        released = holding.release_phones(session, actor, _phones(session, locked))
        detail = {"phones": released.phones, "referrals": released.referrals}
        add_event(session, actor, "phone_released", now, about=("invitation", locked.id), detail=detail)
        return released.referrals


def _end(session: Session, actor: Member, invitation: Invitation, now: datetime) -> None:
    if invitation.ended_at is None:
        invitation.ended_at = now
        add_event(session, actor, "invitation_ended", now, about=("invitation", invitation.id))


def _locked(session: Session, invitation: Invitation) -> Invitation:
    """The row, locked: nobody joins by it until this is done."""
    asked = select(Invitation).where(Invitation.id == invitation.id).with_for_update(of=Invitation)
    return session.scalars(asked).one()


def _phones(session: Session, invitation: Invitation) -> list[Device]:
    asked = select(Device).where(Device.invitation_id == invitation.id).order_by(Device.id)
    return list(session.scalars(asked.with_for_update(of=Device)))
