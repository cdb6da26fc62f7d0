"""Passkeys (WebAuthn): adding one, signing in with one. The server has public halves only, and is given nothing of
what a passkey may unlock in the browser."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import literal, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    options_to_json_dict,
    parse_authentication_credential_json,
    parse_client_data_json,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from server.config import Config
from server.extensions import db
from server.models import Member, Passkey
from server.services.accounts import challenges
from server.services.accounts.sessions import SignedIn, open_session
from server.services.events import add_event
from server.services.transaction import writing

# More than anybody carries; each is offered to the browser at every further registration.
MOST = 20
_LONGEST_ID = 1023
_TIMEOUT_MS = int(challenges.LASTS.total_seconds() * 1000)
_SIGN_IN, _REGISTER = "sign in", "register"


class PasskeyRefused(Exception):
    """The passkey's answer was not accepted: `why` is over (too old: try again), known (this passkey is added
    already), many (remove one first) or refused (all else; which, is not told)."""

    def __init__(self, why: str = "refused") -> None:
        super().__init__(why)
        self.why = why


class LastFactor(Exception):
    """This passkey is the only way to sign in: add another, or a password and a code app, first."""


class NoSuchPasskey(LookupError):
    """The member has no passkey of this number."""


@dataclass(frozen=True, slots=True)
class Site:
    """Whom passkeys are for: the inbox host's name, its origin, and the secret that challenges are made with."""

    rp_id: str
    origin: str
    secret: str = field(repr=False)


def site_of(config: Config) -> Site:
    """The site of these settings."""
    return Site(urlsplit(config.inbox_origin).hostname or "", config.inbox_origin, config.secret)


def sign_in_options(site: Site, binding: str, now: datetime) -> dict[str, Any]:
    """What the browser is asked for a sign-in (PublicKeyCredentialRequestOptions as JSON): any passkey of this site
    whose holder has been verified. `binding`: what this browser is known by."""
    options = generate_authentication_options(
        rp_id=site.rp_id,
        challenge=challenges.make(site.secret, _SIGN_IN, binding, now),
        timeout=_TIMEOUT_MS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def sign_in(site: Site, binding: str, answer: dict[str, Any], now: datetime, replaces: str = "") -> SignedIn:
    """Open a session for the holder of a passkey. In: the browser's answer as JSON. Raises PasskeyRefused.

    Failed password tries do not slow this down: a guesser must not be able to lock a colleague out.
    """
    try:
        given = parse_authentication_credential_json(answer)
        challenge = parse_client_data_json(given.response.client_data_json).challenge
        made_ms = challenges.check(challenge, site.secret, _SIGN_IN, binding, now)
        passkey, member = _holder(given.raw_id, given.response.user_handle)
        verified = verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            # Compared below, together with the write: two answers at the same time must not both pass.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except SQLAlchemyError:
        raise
    except challenges.ChallengeOver:
        raise PasskeyRefused("over") from None
    except Exception:  # bytes from outside go through several parsers: whatever one of them raises, it is a no
        raise PasskeyRefused from None
    passkey_id, member_id, count = passkey.id, member.id, verified.new_sign_count
    used = {"last_challenge_ms": made_ms, "used_at": now, "backed_up": verified.credential_backed_up}
    with writing() as session:
        # A count that does not grow is a copied key; one that stays 0 is not kept by this kind of passkey.
        grows = or_(Passkey.sign_count == 0, Passkey.sign_count < count, literal(count == 0))
        unused = update(Passkey).where(Passkey.id == passkey_id, Passkey.last_challenge_ms < made_ms, grows)
        if session.execute(unused.values(sign_count=count, **used).returning(Passkey.id)).first() is None:
            raise PasskeyRefused
        member = session.get_one(Member, member_id, with_for_update={"of": Member, "key_share": True})
        if not member.is_active:
            raise PasskeyRefused
        return open_session(session, member, "passkey", now, replaces)


def registration_options(site: Site, binding: str, member: Member, now: datetime, anew: bool = False) -> dict[str, Any]:
    """What the browser is asked for a new passkey (PublicKeyCredentialCreationOptions as JSON).

    `anew`: the member's passkeys are about to be removed, so one that is known may be made again.
    """
    known = [] if anew else [PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in passkeys_of(member)]
    options = generate_registration_options(
        rp_id=site.rp_id,
        rp_name="Heed",
        user_id=member.handle,
        user_name=member.sign_in_name or "",
        user_display_name=member.display_name,
        challenge=challenges.make(site.secret, _REGISTER, _bound_to(binding, member), now),
        timeout=_TIMEOUT_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=known,
    )
    return options_to_json_dict(options)


def register(
    session: Session, site: Site, binding: str, member: Member, answer: dict[str, Any], now: datetime
) -> Passkey:
    """Add a passkey to the member, in the open transaction. Leaves an event. Raises PasskeyRefused."""
    try:
        sent = base64url_to_bytes(answer["response"]["clientDataJSON"])
        challenge = parse_client_data_json(sent).challenge
        challenges.check(challenge, site.secret, _REGISTER, _bound_to(binding, member), now)
        verified = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except challenges.ChallengeOver:
        raise PasskeyRefused("over") from None
    except Exception:  # as in sign_in
        raise PasskeyRefused from None
    if len(verified.credential_id) > _LONGEST_ID:
        raise PasskeyRefused
    # One at a time for each member, so that the same answer twice is told, and not an error of the database.
    session.get_one(Member, member.id, with_for_update={"of": Member, "key_share": True})
    if session.scalar(select(Passkey.id).where(Passkey.credential_id == verified.credential_id)) is not None:
        raise PasskeyRefused("known")
    if len(session.scalars(select(Passkey.id).where(Passkey.member_id == member.id)).all()) >= MOST:
        raise PasskeyRefused("many")
    passkey = Passkey(
        member_id=member.id,
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        backed_up=verified.credential_backed_up,
        added_at=now,
    )
    session.add(passkey)
    session.flush()
    add_event(session, member, "passkey_added", now, about=("member", member.id), detail={"passkey": passkey.id})
    return passkey


def add(site: Site, binding: str, member: Member, answer: dict[str, Any], now: datetime) -> None:
    """As `register`, in a transaction of its own. Raises PasskeyRefused."""
    with writing() as session:
        register(session, site, binding, member, answer, now)


def passkeys_of(member: Member) -> list[Passkey]:
    """The member's passkeys, the oldest first."""
    return list(db.session.scalars(select(Passkey).where(Passkey.member_id == member.id).order_by(Passkey.id)))


def remove(member: Member, passkey_id: int, now: datetime) -> None:
    """Take a passkey out. Leaves an event. Raises NoSuchPasskey, LastFactor."""
    with writing() as session:
        # One at a time for each member: two removals at once must not leave them without any.
        session.get_one(Member, member.id, with_for_update={"of": Member, "key_share": True})
        theirs = {passkey.id: passkey for passkey in passkeys_of(member)}
        if passkey_id not in theirs:
            raise NoSuchPasskey(passkey_id)
        if len(theirs) == 1 and not (member.password_hash and member.totp_secret):
            raise LastFactor
        session.delete(theirs[passkey_id])
        add_event(session, member, "passkey_removed", now, about=("member", member.id), detail={"passkey": passkey_id})


def _holder(credential_id: bytes, user_handle: bytes | None) -> tuple[Passkey, Member]:
    """The passkey of this id and its owner, who must be the one the passkey says. Raises PasskeyRefused."""
    passkey = db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))
    member = db.session.get(Member, passkey.member_id) if passkey else None
    if passkey is None or member is None or not member.is_active or user_handle != member.handle:
        raise PasskeyRefused
    return passkey, member


def _bound_to(binding: str, member: Member) -> str:
    return f"{binding} {member.handle.hex()}"
