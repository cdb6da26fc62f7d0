"""What a browser leaves here so that it can open the team's keys again, and the proof that somebody still can."""

from datetime import datetime

from sqlalchemy import select, update

from server.models import Member, MemberSession, Passkey, TeamWrap
from server.services.events import add_event
from server.services.keys.given import HALF_BYTES, MOST_IDENTITY_BYTES, KeysRefused, require, require_age_file
from server.services.transaction import writing


def keep_half(member_session: MemberSession, half: bytes) -> None:
    """Keep one half of what opens the team's key in this browser, as long as the session lives; the other half lies
    there, and each alone is noise. Raises KeysRefused."""
    require(len(half) == HALF_BYTES, "the half of a browser's key")
    token_hash = member_session.token_hash
    with writing() as session:
        session.execute(update(MemberSession).where(MemberSession.token_hash == token_hash).values(unlock_half=half))


def keep_passkey_wrap(member: Member, passkey_id: int, wrap: bytes, now: datetime) -> None:
    """Let one of the member's passkeys open their identity in the browser. Leaves an event. Raises KeysRefused."""
    require_age_file(wrap, MOST_IDENTITY_BYTES, "the identity sealed to a passkey")
    with writing() as session:
        own = select(Passkey).where(Passkey.id == passkey_id, Passkey.member_id == member.id).with_for_update()
        passkey = session.scalar(own)
        if passkey is None or member.identity_recipient is None:
            raise KeysRefused("the passkey, or the key that it is for,")
        passkey.identity_wrap = wrap
        about, detail = ("member", member.id), {"passkey": passkey_id}
        add_event(session, member, "passkey_unlocks", now, about=about, detail=detail)


def words_drilled(member: Member, now: datetime) -> None:
    """The member showed that their seven words still open what the team is sent. Leaves an event. Raises KeysRefused
    when there is nothing that they could open."""
    with writing() as session:
        require(session.get(TeamWrap, (member.team_id, member.id)), "the words for a key that is not there")
        member.drilled_at = now
        add_event(session, member, "drill_done", now, about=("member", member.id))
