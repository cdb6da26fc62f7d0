"""Members' own keys: made after the team's, wrapped anew, or made again with the team's keyring at hand."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from server.models import Member, Passkey, RecoveryWrap, TeamWrap
from server.services.events import add_event
from server.services.keys.given import (
    MOST_IDENTITY_BYTES,
    Identity,
    KeysStale,
    SignedRoster,
    Wraps,
    require,
    require_age_file,
)
from server.services.keys.rosters import keep_roster, locked_team
from server.services.transaction import writing


@dataclass(frozen=True, slots=True)
class Place:
    """A member's place among those who open what the team is sent: the keyring sealed to them, and the roster that
    names their key."""

    team_wrap: bytes
    signed: SignedRoster


def save_identity(member: Member, identity: Identity, words_lost: bool, now: datetime) -> None:
    """Keep a member's own key, in place of an earlier one, until a colleague lets them in. Leaves an event.

    `words_lost`: the member can open nothing by their old key any more, so the wrap for it goes. Raises KeysRefused
    when the team has no keys; KeysStale when the member has a wrap (they were let in meanwhile).
    """
    with writing() as session:
        team = locked_team(session, member)
        require(team.age_recipient, "a key of one's own before the team has any")
        wrap = session.get(TeamWrap, (team.id, member.id))
        if wrap is not None:
            if not words_lost:
                raise KeysStale
            session.delete(wrap)
        put_identity(session, member, identity, now)
        add_event(session, member, "identity_made", now, about=("member", member.id))


def replace_identity(member: Member, identity: Identity, place: Place, used_recovery: bool, now: datetime) -> None:
    """Keep another key of a member whose browser has the team's keyring, from the recovery sheet or from the words
    before: the roster's signature shows that. Leaves an event. Raises KeysRefused, KeysStale."""
    wraps = Wraps({member.id: place.team_wrap})
    with writing() as session:
        team = locked_team(session, member)
        put_identity(session, member, identity, now)
        roster = keep_roster(session, team, member, place.signed, now)
        require(roster.members.get(member.id) == identity.recipient, "the member on the roster")
        session.merge(TeamWrap(team_id=team.id, member_id=member.id, file=wraps.files[member.id]))
        sheet = session.get(RecoveryWrap, team.id)
        if used_recovery and sheet is not None:
            sheet.checked_at = now
        kind = "recovery_used" if used_recovery else "identity_made"
        add_event(session, member, kind, now, about=("member", member.id), detail={"version": roster.version})


def wrap_anew(member: Member, wrapped: bytes, drop_passkeys: bool, now: datetime) -> None:
    """Keep the same key in another wrapping: new words, or a new anchor. Leaves an event. Raises KeysRefused when there
    is no key yet."""
    require_age_file(wrapped, MOST_IDENTITY_BYTES, "the member's identity")
    with writing() as session:
        _lock(session, member)
        require(member.identity_recipient, "the words for a key that is not there")
        member.identity_wrapped, member.drilled_at = wrapped, now
        if drop_passkeys:
            _drop_passkey_wraps(session, member)
        detail = {"same_key": True}
        add_event(session, member, "identity_made", now, about=("member", member.id), detail=detail)


def put_identity(session: Session, member: Member, identity: Identity, now: datetime) -> None:
    """The identity and nothing of the one before, in the open transaction. Its maker has just typed the words."""
    _lock(session, member)
    member.identity_recipient, member.identity_wrapped = identity.recipient, identity.wrapped
    member.drilled_at = now
    _drop_passkey_wraps(session, member)


def _lock(session: Session, member: Member) -> None:
    """Who leaves at this moment must not be left with a key afterwards. Raises KeysRefused for who has left."""
    session.refresh(member, with_for_update={"of": Member, "key_share": True})
    require(member.is_active, "the account")


def _drop_passkey_wraps(session: Session, member: Member) -> None:
    session.execute(update(Passkey).where(Passkey.member_id == member.id).values(identity_wrap=None))
