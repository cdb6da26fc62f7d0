"""What a browser is told of its team's keys. It believes nothing of it that is not signed or was not compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from server.extensions import db
from server.models import Member, RecoveryWrap, Team, TeamKey, TeamRoster, TeamWrap
from server.services.accounts.roles import may
from server.services.keys.given import PublicKey, SignedRoster
from server.services.keys.roster_shape import parsed
from server.services.keys.rosters import history_of

# Words that nobody has typed for a month may be lost, and nobody would know before they are needed.
DRILL_EVERY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class WrappedKeys:
    """What a browser needs to unlock. Each is None until it was made; `recipient` is the team's."""

    identity_wrapped: bytes | None
    team_wrap: bytes | None
    recipient: str | None


@dataclass(frozen=True, slots=True)
class Reader:
    """A member who works with referrals. `key`: what the database says is theirs, which is believed by nobody."""

    id: int
    name: str
    key: str | None
    has_wrap: bool


@dataclass(frozen=True, slots=True)
class PartnerKeys:
    """Another team of this server with its keys, the oldest first."""

    team: int
    name: str
    organisation: str
    history: list[PublicKey]


def wrapped_keys(member: Member) -> WrappedKeys:
    """The member's own identity and the team's keyring, both sealed, and the team's public recipient."""
    wrap = db.session.get(TeamWrap, (member.team_id, member.id))
    return WrappedKeys(
        identity_wrapped=member.identity_wrapped,
        team_wrap=wrap.file if wrap else None,
        recipient=member.team.age_recipient,
    )


def history(team: Team) -> list[PublicKey]:
    """The team's keys, the oldest first."""
    return history_of(db.session(), team.id)


def latest_roster(team: Team) -> SignedRoster | None:
    """The newest roster that the team has signed."""
    newest = select(TeamRoster).where(TeamRoster.team_id == team.id).order_by(TeamRoster.version.desc()).limit(1)
    found = db.session.scalar(newest)
    return SignedRoster(found.body, found.signature) if found else None


def recovery_of(team: Team) -> RecoveryWrap | None:
    """The keyring as a file for the recovery key."""
    return db.session.get(RecoveryWrap, team.id)


def readers_of(team: Team) -> list[Reader]:
    """The active members who work with the team's referrals, by the name of their role."""
    active = (Member.team_id == team.id, Member.joined_at.is_not(None), Member.left_at.is_(None))
    asked = (
        select(Member, TeamWrap.member_id)
        .outerjoin(TeamWrap, (TeamWrap.member_id == Member.id) & (TeamWrap.team_id == team.id))
        .where(*active)
        .order_by(Member.display_name, Member.id)
    )
    found = db.session.execute(asked)
    return [
        Reader(member.id, member.display_name, member.identity_recipient, wrapped is not None)
        for member, wrapped in found
        if may(member, "work_referrals")
    ]


def partners_of(team: Team) -> list[PartnerKeys]:
    """All other teams of this server that have keys, by organisation and name."""
    asked = select(Team).where(Team.id != team.id, Team.age_recipient.is_not(None))
    teams = sorted(db.session.scalars(asked), key=lambda one: (one.organisation.name, one.name, one.id))
    histories = _histories(one.id for one in teams)
    return [
        PartnerKeys(one.id, one.name, one.organisation.name, histories[one.id]) for one in teams if one.id in histories
    ]


def drill_due(member: Member, now: datetime) -> bool:
    """Whether it is time for the member to show that their words still open something."""
    has_wrap = db.session.get(TeamWrap, (member.team_id, member.id)) is not None
    return has_wrap and (member.drilled_at is None or member.drilled_at + DRILL_EVERY <= now)


def gone_since_renewal(team: Team) -> list[Member]:
    """Who stood on a roster of the team's current key and works with its referrals no more: what comes now is still
    sealed to a key that they have had."""
    numbers: set[int] = set()
    newest_first = select(TeamRoster.body).where(TeamRoster.team_id == team.id).order_by(TeamRoster.version.desc())
    for body in db.session.scalars(newest_first):
        roster = parsed(body)
        if roster.keys[-1].vouch_key != team.vouch_key:
            break
        numbers.update(roster.members)
    asked = select(Member).where(Member.id.in_(numbers)).order_by(Member.display_name, Member.id)
    return [one for one in db.session.scalars(asked) if not (one.is_active and may(one, "work_referrals"))]


def _histories(numbers: Iterable[int]) -> dict[int, list[PublicKey]]:
    asked = select(TeamKey).where(TeamKey.team_id.in_(numbers)).order_by(TeamKey.team_id, TeamKey.n)
    found: dict[int, list[PublicKey]] = {}
    for key in db.session.scalars(asked):
        found.setdefault(key.team_id, []).append(PublicKey(key.n, key.age_recipient, key.vouch_key, key.signature))
    return found
