"""What only the operator can do, with the `heed` command: let the first administrator in, and a member back in."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models import AccountLink, Member, Organisation, Team
from server.services.accounts import links
from server.services.accounts.administrators import active_administrators
from server.services.accounts.members import make_way_back
from server.services.accounts.roles import FOUNDING
from server.services.accounts.sign_in import as_name
from server.services.events import add_event_for
from server.services.installations import is_demo
from server.services.transaction import writing


class IsADemo(Exception):
    """The database is a demonstration's: no real account is ever put beside its throw-away ones."""


class AlreadySetUp(Exception):
    """There is an administrator, who can invite others."""


class NobodyOfThisName(LookupError):
    """No active member signs in by this name."""


def first_link(now: datetime) -> str:
    """Make the link for the first administrator; one that was made before and not used ends. Out: its secret.

    What an earlier holder of such a link has founded already stays, and is gone on with. Raises IsADemo,
    AlreadySetUp.
    """
    with writing() as session:
        _refuse_demo(session)
        if active_administrators(session):
            raise AlreadySetUp
        earlier = select(AccountLink).where(AccountLink.kind == "setup", AccountLink.used_at.is_(None))
        for link in session.scalars(earlier.where(AccountLink.ended_at.is_(None)).with_for_update(of=AccountLink)):
            links.end(session, link, now)
        host = session.scalar(select(Organisation).where(Organisation.is_host).order_by(Organisation.id).limit(1))
        team_id = _first_team(session, host)
        secret = links.make_link(
            session,
            "setup",
            now,
            organisation_id=host.id if host else None,
            team_id=team_id,
            roles=FOUNDING,
        )
        if host is not None:
            add_event_for(session, host.id, "link_made", now, detail={"roles": list(FOUNDING)})
        return secret


def way_back(name: str, now: datetime) -> str:
    """Make a link by which the member of this sign-in name sets new ways to sign in. Out: its secret. Leaves an
    event. Raises IsADemo, NobodyOfThisName."""
    with writing() as session:
        _refuse_demo(session)
        asked = select(Member).where(Member.sign_in_name == as_name(name))
        member = session.scalar(asked.with_for_update(of=Member, key_share=True))
        if member is None or not member.is_active:
            raise NobodyOfThisName
        secret = make_way_back(session, member, now)
        add_event_for(session, member.team.organisation_id, "way_back_made", now, about=("member", member.id))
        return secret


def _first_team(session: Session, host: Organisation | None) -> int | None:
    if host is None:
        return None
    return session.scalar(select(Team.id).where(Team.organisation_id == host.id).order_by(Team.id).limit(1))


def _refuse_demo(session: Session) -> None:
    if is_demo(session):
        raise IsADemo
