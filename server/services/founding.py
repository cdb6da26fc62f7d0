"""Setting up a partnership, as its first members find it."""

import pyotp
from sqlalchemy.orm import Session

from server.models import Member, Team
from server.services.passwords import hash_password


def add_member(session: Session, team: Team, sign_in_name: str, display_name: str, password: str) -> Member:
    """Add an account with a new secret for one-time codes. `display_name` is a role, not a person's name."""
    member = Member(
        team=team,
        sign_in_name=sign_in_name,
        display_name=display_name,
        password_hash=hash_password(password),
        totp_secret=pyotp.random_base32(),
    )
    session.add(member)
    return member
