"""Storing what a coordinator's browser made: public halves, and private halves that are already sealed.

No private key, passphrase or anything that opens a note may pass through here.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from server.extensions import db
from server.models import Member, Team, TeamWrap
from server.services.events import add_event
from server.services.transaction import writing

AGE_HEADER = b"age-encryption.org/v1\n"
MOST_BYTES = 16 * 1024
_RECIPIENT = re.compile(r"age1[023456789acdefghjklmnpqrstuvwxyz]{58}")
_ED25519 = re.compile(r"[A-Za-z0-9_-]{43}")


class KeysAlreadyMade(Exception):
    """The team has keys. First keys are made once; changing them is a rotation."""


class KeysRefused(ValueError):
    """What came is not a recipient, a public key or an age file; the message says which."""


@dataclass(frozen=True, slots=True)
class WrappedKeys:
    """What a browser needs to unlock. Each is None until it was made; `recipient` is the team's."""

    identity_wrapped: bytes | None
    team_wrap: bytes | None
    recipient: str | None


def wrapped_keys(member: Member) -> WrappedKeys:
    """The member's own identity and the team's, both sealed, and the team's public recipient."""
    wrap = db.session.get(TeamWrap, (member.team_id, member.id))
    return WrappedKeys(
        identity_wrapped=member.identity_wrapped,
        team_wrap=wrap.file if wrap else None,
        recipient=member.team.age_recipient,
    )


def save_first_keys(
    member: Member,
    identity_recipient: str,
    identity_wrapped: bytes,
    team_recipient: str,
    vouch_key: str,
    team_wrap: bytes,
    now: datetime,
) -> None:
    """Store the first keys of a team, and the identity of the member who made them. Leaves an event.

    In: two age recipients (age1…), an Ed25519 public key (base64url, 43 characters), two age files.
    Raises KeysRefused when one of them is something else, KeysAlreadyMade when the team has keys.
    """
    _check(_RECIPIENT.fullmatch(identity_recipient), "the member's recipient")
    _check(_RECIPIENT.fullmatch(team_recipient), "the team's recipient")
    _check(_ED25519.fullmatch(vouch_key), "the team's vouching key")
    for file, what in ((identity_wrapped, "the member's identity"), (team_wrap, "the team's identity")):
        _check(file.startswith(AGE_HEADER) and len(file) <= MOST_BYTES, what)
    with writing() as session:
        team = session.get_one(Team, member.team_id, with_for_update={"of": Team})
        if team.age_recipient is not None:
            raise KeysAlreadyMade
        team.age_recipient = team_recipient
        team.vouch_key = vouch_key
        member.identity_recipient = identity_recipient
        member.identity_wrapped = identity_wrapped
        session.add(TeamWrap(team_id=team.id, member_id=member.id, file=team_wrap))
        add_event(session, member, "keys_made", now)


def _check(holds: object, what: str) -> None:
    if not holds:
        raise KeysRefused(f"{what} is not in the form it should have; make the keys again on this page")
