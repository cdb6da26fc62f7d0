"""The team's keys as a script reads them: plain values, files in base64."""

import base64
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from server.models import MemberSession, Team
from server.services.accounts.passkeys import passkeys_of
from server.services.keys import state


def state_of(session: MemberSession, now: datetime) -> dict[str, Any]:
    """All that the browser of this session needs (frontend/src/inbox/state.ts)."""
    me, team = session.member, session.member.team
    own, sheet = state.wrapped_keys(me), state.recovery_of(team)
    return {
        "csrf": session.csrf,
        "session": session.public_id,
        "team": {
            "id": team.id,
            "name": team.name,
            "age_recipient": team.age_recipient,
            "vouch_key": team.vouch_key,
        },
        "member": {"id": me.id, "key": me.identity_recipient, "drilled_at": _moment(me.drilled_at)},
        "identity_wrapped": _base64(own.identity_wrapped),
        "passkeys": [
            {
                "id": passkey.id,
                "credential_id": base64.urlsafe_b64encode(passkey.credential_id).decode().rstrip("="),
                "identity_wrap": _base64(passkey.identity_wrap),
            }
            for passkey in passkeys_of(me)
        ],
        "team_wrap": _base64(own.team_wrap),
        "half": _base64(session.unlock_half),
        "recovery": {
            "recipient": sheet.recipient,
            "file": _base64(sheet.file),
            "checked_at": _moment(sheet.checked_at),
        }
        if sheet
        else None,
        "members": [asdict(one) for one in state.readers_of(team)],
        "gone": [{"id": one.id, "name": one.display_name} for one in state.gone_since_renewal(team)],
        "drill_due": state.drill_due(me, now),
        **public_keys_of(team),
    }


def public_keys_of(team: Team) -> dict[str, Any]:
    """What the team has signed, and the keys of all other teams that have any."""
    roster = state.latest_roster(team)
    return {
        "history": [asdict(key) for key in state.history(team)],
        "roster": asdict(roster) if roster else None,
        "partners": [asdict(partner) for partner in state.partners_of(team)],
    }


def _base64(file: bytes | None) -> str | None:
    return base64.b64encode(file).decode() if file is not None else None


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
