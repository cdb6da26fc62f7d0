"""Invitations as a browser makes them, for tests that need a phone to join."""

from collections.abc import Sequence
from datetime import datetime

from server.models import Member, Team
from server.services.phones import invitations
from server.services.secrets import hash_secret, new_secret


def invite(
    team_id: int, uses: int, now: datetime, made_by: Member | None = None, other_teams: Sequence[Team] = ()
) -> str:
    """Make an invitation. Out: what its phones show to join."""
    secret = new_secret()
    invitations.invite(team_id, invitations.NewInvitation(uses, hash_secret(secret), None, other_teams), now, made_by)
    return secret
