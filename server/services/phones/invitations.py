"""Invitations: made, shown once as a link, ended, and held when one leaked. Only the hash of the secret is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from server.config import Config
from server.extensions import db
from server.models import Device, Invitation, Member, Team
from server.services.accounts.roles import OutOfReach, team_in_reach
from server.services.events import add_event, add_event_for
from server.services.phones import holding
from server.services.secrets import hash_secret, new_secret
from server.services.transaction import writing

INVITATION_LASTS = timedelta(days=7)
MOST_PHONES = 200
MOST_OTHER_TEAMS = 3


class InvitationNotMade(ValueError):
    """An invitation is for 1 to 200 phones, and names at most three other teams, never its own."""


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation on the team's page. `state` is good, used-up, over or ended; `maker` is a role, "" for `heed`
    itself; `phones` may still send, and `held` of them are held."""

    invitation: Invitation
    state: str
    maker: str
    phones: int
    held: int


def invite(
    team_id: int, uses: int, now: datetime, made_by: Member | None = None, other_teams: Sequence[Team] = ()
) -> str:
    """Make an invitation for so many holders, good for seven days. Out: its secret, to be put into the link.

    `other_teams` are offered to the phone for what its home team must not see. Raises InvitationNotMade.
    """
    with writing() as session:
        return add_invitation(session, team_id, uses, now, made_by, other_teams)


def add_invitation(
    session: Session,
    team_id: int,
    uses: int,
    now: datetime,
    made_by: Member | None = None,
    other_teams: Sequence[Team] = (),
) -> str:
    """As `invite`, in a transaction that is open."""
    others = list(dict.fromkeys(other_teams))
    if not 1 <= uses <= MOST_PHONES or len(others) > MOST_OTHER_TEAMS or team_id in {team.id for team in others}:
        raise InvitationNotMade
    secret = new_secret()
    invitation = Invitation(
        team_id=team_id,
        secret_hash=hash_secret(secret),
        uses=uses,
        uses_left=uses,
        made_by=made_by.id if made_by else None,
        created_at=now,
        ends_at=now + INVITATION_LASTS,
        other_teams=others,
    )
    session.add(invitation)
    session.flush()
    about, detail = ("invitation", invitation.id), {"uses": uses, "other_teams": [team.id for team in others]}
    if made_by is None:
        organisation_id = session.get_one(Team, team_id).organisation_id
        add_event_for(session, organisation_id, "invitation_made", now, about=about, detail=detail)
    else:
        add_event(session, made_by, "invitation_made", now, about=about, detail=detail)
    return secret


def invitation_link(config: Config, secret: str, team: Team, other_teams: Sequence[Team] = ()) -> str:
    """The link (or QR) for phones. What is secret stands in the fragment, which no server and no log sees; the
    public halves of the teams' keys stand there too, so that nobody on the way can put others in their place."""
    parts = ["v1", secret, *_keys(team)]
    for other in other_teams:
        parts += [str(other.id), *_keys(other)]
    return f"{config.field_origin}/join#{'.'.join(parts)}"


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
    if invitation.ends_at <= now:
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


def _keys(team: Team) -> tuple[str, str]:
    return team.age_recipient or "-", team.vouch_key or "-"
