"""Setting up a partnership, as its first members find it."""

from collections.abc import Iterable
from datetime import datetime
from secrets import token_bytes

import pyotp
from sqlalchemy.orm import Session

from server.models import Member, Team
from server.services.accounts.passwords import hash_password
from server.services.accounts.roles import LEAD


def add_member(
    session: Session,
    team: Team,
    sign_in_name: str,
    display_name: str,
    password: str,
    roles: Iterable[str] = (LEAD,),
    *,
    now: datetime,
) -> Member:
    """Add an active account with a new secret for one-time codes to the open transaction.

    `display_name` is a role, not a person's name.
    """
    member = Member(
        team=team,
        sign_in_name=sign_in_name,
        display_name=display_name,
        password_hash=hash_password(password),
        totp_secret=pyotp.random_base32(),
        roles=list(roles),
        handle=token_bytes(32),
        joined_at=now,
    )
    session.add(member)
    return member
