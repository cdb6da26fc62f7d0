"""Links by which one person makes an account or finds back into one: good once, for a few days. The secret is in the
link's fragment and nowhere else."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from server.config import Config
from server.extensions import db
from server.models import AccountLink, Member, Team
from server.services.accounts.roles import OutOfReach, may, member_in_reach, team_in_reach
from server.services.events import add_event
from server.services.lifetimes import is_over
from server.services.secrets import hash_secret, new_secret
from server.services.transaction import writing

LASTS = timedelta(days=7)
# These open what is there already, so they are handed over at once or not at all.
LASTS_BRIEFLY = timedelta(hours=24)
_BRIEF = ("setup", "way_back")


class LinkRefused(Exception):
    """The link opens nothing. Whoever made it can make a new one."""


class LinkUnknown(LinkRefused):
    """No such link was ever made here: perhaps a part of it was lost on the way."""


class LinkUsed(LinkRefused):
    """The account is made: sign in. If it was somebody else who used the link, say so to whoever sent it."""


class LinkOver(LinkRefused):
    """The link's time is over."""


class LinkEnded(LinkRefused):
    """Somebody ended the link."""


def make_link(
    session: Session,
    kind: str,
    now: datetime,
    *,
    organisation_id: int | None = None,
    team_id: int | None = None,
    member_id: int | None = None,
    display_name: str = "",
    roles: Iterable[str] = (),
    made_by: Member | None = None,
) -> str:
    """Add a link to the open transaction; the caller leaves the event. Out: its secret, 43 characters.

    In: setup, organisation, member or way_back, and how far its holder has come already.
    """
    secret = new_secret()
    link = AccountLink(
        kind=kind,
        secret_hash=hash_secret(secret),
        organisation_id=organisation_id,
        team_id=team_id,
        member_id=member_id,
        display_name=display_name,
        roles=list(roles),
        made_by=made_by.id if made_by else None,
        created_at=now,
        ends_at=now + (LASTS_BRIEFLY if kind in _BRIEF else LASTS),
    )
    session.add(link)
    session.flush()
    return secret


def link_url(config: Config, secret: str) -> str:
    """The link as it is handed over."""
    return f"{config.inbox_origin}/welcome#{secret}"


def find(secret: str, now: datetime) -> AccountLink:
    """The living link of this secret. Raises LinkUnknown, LinkUsed, LinkOver, LinkEnded (all LinkRefused)."""
    return living(db.session.scalar(_by_secret(secret)), now)


def find_locked(session: Session, secret: str, now: datetime) -> AccountLink:
    """As `find`, for a change in the open transaction: of two at once the second sees what the first did."""
    locked = _by_secret(secret).with_for_update(of=AccountLink).execution_options(populate_existing=True)
    return living(session.scalar(locked), now)


def living(link: AccountLink | None, now: datetime) -> AccountLink:
    """The link, if it opens something still. Raises as `find`."""
    if link is None:
        raise LinkUnknown
    if link.used_at is not None:
        raise LinkUsed
    if link.ended_at is not None:
        raise LinkEnded
    if is_over(link.created_at, link.ends_at, now):
        raise LinkOver
    return link


def open_links(team: Team) -> list[AccountLink]:
    """The links into this team that were neither used nor ended, the newest first; those whose time is over too
    (`ends_at`), so that the page can say why nobody came."""
    asked = select(AccountLink).where(
        AccountLink.team_id == team.id, AccountLink.used_at.is_(None), AccountLink.ended_at.is_(None)
    )
    return list(db.session.scalars(asked.order_by(AccountLink.id.desc())))


def end_link(actor: Member, link_id: int, now: datetime) -> int | None:
    """End a link. One that is used or ended already stays as it is. Leaves an event.

    Out: the team it leads into, None when it founds one. Raises roles.OutOfReach.
    """
    with writing() as session:
        asked = select(AccountLink).where(AccountLink.id == link_id).with_for_update(of=AccountLink)
        link = session.scalar(asked)
        if link is None or link.kind == "setup":
            raise OutOfReach(link_id)
        _check_reach(actor, link)
        if link.used_at is None and link.ended_at is None:
            end(session, link, now)
            add_event(session, actor, "link_ended", now, about=("link", link_id))
        return link.team_id


def end(session: Session, link: AccountLink, now: datetime) -> None:
    """End one link in the open transaction. An account that it began and nobody finished goes."""
    link.ended_at = now
    if link.member_id is not None:
        remove_unfinished(session, link.member_id)


def remove_unfinished(session: Session, member_id: int) -> None:
    """Remove an account that somebody named and never finished, so that its name is free again; any other stays."""
    member = session.get(Member, member_id, with_for_update={"of": Member})
    if member is None or member.joined_at is not None or member.left_at is not None:
        return
    session.flush()
    session.execute(update(AccountLink).where(AccountLink.member_id == member_id).values(member_id=None))
    session.execute(delete(Member).where(Member.id == member_id))


def end_links_of(session: Session, member: Member, now: datetime) -> None:
    """End the links that lead into an account that is there, in the open transaction."""
    asked = select(AccountLink).where(
        AccountLink.member_id == member.id, AccountLink.used_at.is_(None), AccountLink.ended_at.is_(None)
    )
    for link in session.scalars(asked.with_for_update(of=AccountLink)):
        link.ended_at = now


def _check_reach(actor: Member, link: AccountLink) -> None:
    if link.kind == "way_back" and link.member_id is not None:
        member_in_reach(actor, "manage_people", link.member_id)
    elif link.kind == "organisation":
        if not may(actor, "manage_partners"):
            raise OutOfReach(link.id)
    elif link.team_id is not None:
        team_in_reach(actor, "manage_people", link.team_id)
    else:
        raise OutOfReach(link.id)


def _by_secret(secret: str) -> Select[AccountLink]:
    # A secret comes from anybody: what is no ASCII is none of ours.
    return select(AccountLink).where(AccountLink.secret_hash == (hash_secret(secret) if secret.isascii() else "none"))
