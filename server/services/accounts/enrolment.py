"""From a link to an account, step by step: the organisation, the name, a way to sign in. Each step is kept in the
link's row, so that a closed browser loses nothing; only the last one uses the link up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_bytes
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import AccountLink, Member, Organisation, Passkey
from server.services.accounts import links, passkeys, recovery_codes
from server.services.accounts.one_time_codes import ClockIsOff, CodeDoesNotFit, check_new_code, derived_secret
from server.services.accounts.passkeys import PasskeyRefused, Site
from server.services.accounts.passwords import TooEasyToGuess, check_password, hash_password, words_about
from server.services.accounts.sessions import SignedIn, end_all, open_session
from server.services.accounts.sign_in import as_name, forget_failures
from server.services.events import add_event, add_event_for
from server.services.partnership.organisations import NewOrganisation, found_organisation
from server.services.partnership.teams import NewTeam, found_team
from server.services.transaction import writing

__all__ = [
    "ClockIsOff",
    "CodeDoesNotFit",
    "Enrolled",
    "NameTaken",
    "NotThisStep",
    "PasskeyRefused",
    "TooEasyToGuess",
    "finish_with_passkey",
    "finish_with_password",
    "holder",
    "keep_name",
    "keep_organisation",
    "passkey_options",
    "step_of",
    "totp_secret",
]

LONGEST_NAME, LONGEST_ROLE = 80, 200


class NameTaken(ValueError):
    """Somebody signs in by this name already, or it cannot be one: choose another, up to 80 letters."""


class NotThisStep(Exception):
    """The holder of this link has not come that far: show the step that `step_of` names."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The new session, and the recovery codes to show once."""

    signed_in: SignedIn
    recovery_codes: list[str] = field(repr=False)


def step_of(link: AccountLink) -> str:
    """What its holder has to do next: organisation, name or factor."""
    if link.team_id is None and link.kind in ("setup", "organisation"):
        return "organisation"
    return "name" if link.member_id is None else "factor"


def holder(link: AccountLink) -> Member:
    """The account that a link leads into. Raises NotThisStep while it has no name."""
    member = db.session.get(Member, link.member_id) if link.member_id is not None else None
    if member is None:
        raise NotThisStep("name")
    return member


def keep_organisation(secret: str, organisation: NewOrganisation | None, team: NewTeam, now: datetime) -> None:
    """Found what the link's holder stands for. Done a second time, nothing changes.

    In: the organisation, None when the link is of one that is there; its first team. Raises LinkRefused, and what
    `found_organisation` and `found_team` raise.
    """
    with writing() as session:
        link = links.find_locked(session, secret, now)
        if step_of(link) != "organisation":
            return
        of = session.get(Organisation, link.organisation_id) if link.organisation_id is not None else None
        if of is None:
            if organisation is None:
                raise NotThisStep("organisation")
            of = found_organisation(session, organisation, is_host=link.kind == "setup")
            add_event_for(session, of.id, "organisation_added", now, about=("organisation", of.id))
        made = found_team(session, of, team)
        link.organisation_id, link.team_id = of.id, made.id
        add_event_for(session, of.id, "team_added", now, about=("team", made.id))


def keep_name(secret: str, sign_in_name: str, display_name: str, now: datetime) -> None:
    """Keep by what name they will sign in, and their role in words; may be changed until the link is used up.

    Raises LinkRefused, NameTaken, NotThisStep.
    """
    name, role = as_name(sign_in_name), " ".join(display_name.split())
    if not 0 < len(name) <= LONGEST_NAME or len(role) > LONGEST_ROLE or not role.isprintable():
        raise NameTaken
    try:
        with writing() as session:
            link = links.find_locked(session, secret, now)
            if link.kind == "way_back" or step_of(link) == "organisation":
                raise NotThisStep(step_of(link))
            _free(session, name, link, now)
            if link.member_id is None:
                _begin(session, link, name, role or link.display_name)
            else:
                member = holder(link)
                member.sign_in_name, member.display_name = name, role or link.display_name
    except IntegrityError:
        raise NameTaken from None


def totp_secret(config_secret: str, link_secret: str) -> str:
    """The secret for the code app that this link's holder is shown: the same each time, and stored nowhere yet."""
    return derived_secret(config_secret, "link", link_secret)


def passkey_options(secret: str, site: Site, binding: str, now: datetime) -> dict[str, Any]:
    """What the browser is asked for the passkey of `finish_with_passkey`. Raises LinkRefused, NotThisStep."""
    return passkeys.registration_options(site, binding, holder(links.find(secret, now)), now, anew=True)


def finish_with_passkey(secret: str, site: Site, binding: str, answer: dict[str, Any], now: datetime) -> Enrolled:
    """Make the account with a passkey, and sign in. Raises LinkRefused, NotThisStep, PasskeyRefused."""

    def set_factor(session: Session, member: Member) -> None:
        passkeys.register(session, site, binding, member, answer, now)

    return _finish(secret, "passkey", set_factor, now)


def finish_with_password(secret: str, password: str, code: str, totp_secret: str, now: datetime) -> Enrolled:
    """Make the account with a password and a code app, and sign in.

    Raises LinkRefused, NotThisStep, TooEasyToGuess, CodeDoesNotFit, ClockIsOff.
    """
    check_password(password, words_about(holder(links.find(secret, now))))
    step = check_new_code(totp_secret, code, now)
    password_hash = hash_password(password)

    def set_factor(_session: Session, member: Member) -> None:
        member.password_hash, member.totp_secret, member.totp_last_step = password_hash, totp_secret, step

    return _finish(secret, "password", set_factor, now)


def _finish(secret: str, how: str, set_factor: Callable[[Session, Member], None], now: datetime) -> Enrolled:
    """Use the link up. A way back takes all former ways to sign in, and every session, with it."""
    with writing() as session:
        link = links.find_locked(session, secret, now)
        if step_of(link) != "factor":
            raise NotThisStep(step_of(link))
        member = session.get_one(Member, link.member_id, with_for_update={"of": Member, "key_share": True})
        is_new = member.joined_at is None
        about, detail = ("member", member.id), {"how": how}
        if is_new:
            member.joined_at = now
            add_event(session, member, "account_made", now, about=about, detail={**detail, "roles": member.roles})
        else:
            end_all(session, member.id)
            _remove_factors(session, member)
            add_event(session, member, "link_used", now, about=("link", link.id), detail={**detail, "kind": link.kind})
        set_factor(session, member)
        link.used_at = now
        forget_failures(member)
        codes = recovery_codes.make(session, member, now)
        add_event(session, member, "recovery_codes_made", now, about=about, detail={"codes": len(codes)})
        return Enrolled(open_session(session, member, "link", now), codes)


def _begin(session: Session, link: AccountLink, name: str, role: str) -> None:
    member = Member(
        team_id=link.team_id, sign_in_name=name, display_name=role, roles=list(link.roles), handle=token_bytes(32)
    )
    session.add(member)
    session.flush()
    link.member_id = member.id


def _free(session: Session, name: str, link: AccountLink, now: datetime) -> None:
    """Refuse a name that somebody has. Who named an account and let the link run out has it no longer."""
    taken = session.scalar(select(Member).where(Member.sign_in_name == name))
    if taken is None or taken.id == link.member_id:
        return
    if taken.joined_at is not None:
        raise NameTaken
    theirs = select(AccountLink).where(AccountLink.member_id == taken.id, AccountLink.ends_at > now)
    if session.scalar(theirs.where(AccountLink.used_at.is_(None), AccountLink.ended_at.is_(None))) is not None:
        raise NameTaken
    links.remove_unfinished(session, taken.id)


def _remove_factors(session: Session, member: Member) -> None:
    session.execute(delete(Passkey).where(Passkey.member_id == member.id))
    member.password_hash = member.totp_secret = None
