"""Everybody who can knock at the inbox, each with their cookies, and the forms that stand on its pages: for tests that
try every address without knowing it."""

import html.parser
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

import pyotp
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from server import clock
from server.inbox import link_cookie
from server.inbox.browser_session import COOKIE, FORM_COOKIE
from server.models import Member, MemberSession, Organisation, Team
from server.services import limits
from server.services.accounts.links import make_link
from server.services.accounts.roles import ROLES
from server.services.accounts.sessions import open_session
from server.services.phones import devices
from server.services.secrets import hash_secret
from server.services.transaction import writing
from tests import inviting
from tests.clients import INBOX
from tests.inbox.every_address import Address, addresses, numbers_of
from tests.partnership import RECIPIENT, Side

ALL_ROLES = "all roles"
Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Guest:
    """Who knocks: the cookies they bring, and the proof that their forms carry."""

    cookies: str
    proof: str

    def ask(self, app: Flask, method: str, path: str, **more: object) -> TestResponse:
        """One request on the inbox host. Nobody is slowed down by those before."""
        limits._LIMITER.storage.reset()
        headers = {"Cookie": self.cookies, "Origin": INBOX}
        client = app.test_client(use_cookies=False)
        return client.open(path, method=method, base_url=INBOX, headers=headers, buffered=True, **more)  # type: ignore[arg-type]

    def post(self, app: Flask, path: str, pairs: Pairs) -> TestResponse:
        """A form with the right proof. A lone surrogate stands for a byte that is no UTF-8."""
        body = urlencode([("csrf_token", self.proof), *pairs], errors="surrogateescape")
        return self.ask(app, "POST", path, data=body, content_type="application/x-www-form-urlencoded")


@dataclass(frozen=True)
class Cast:
    """Two organisations that nobody has touched: `guests` of the first by role, by link, and a stranger; the numbers
    of both."""

    guests: dict[str, Guest]
    own: list[Address]
    others: list[Address]

    def fitting(self, need: str) -> list[str]:
        """Who may try what has this need: for a deed, every role, also those that may not."""
        if need == "link":
            return [name for name in self.guests if name.startswith("link")]
        return ["stranger"] if need in ("nobody", "nothing") else [ALL_ROLES, *ROLES]


def new_cast(app: Flask, before: Cast | None = None) -> Cast:
    """A new one, beside all that were before; the other organisation is that of the cast before, if there was one."""
    home = _side(app, is_host=True)
    own = list(addresses(app, numbers_of(app, home)))
    others = before.others if before else list(addresses(app, numbers_of(app, _side(app, is_host=False))))
    guests = {"stranger": Guest(f"{FORM_COOKIE}={_GUARD}", _GUARD)}
    with app.app_context(), writing() as session:
        team = session.get_one(Team, home.team_id)
        guests |= {name: _member(session, team, roles) for name, roles in _ROLES.items()}
        guests |= {f"link {kind}": _link(session, team, kind) for kind in ("organisation", "member", "way_back")}
    return Cast(guests, own, others)


def forms_on(page: TestResponse, path: str) -> dict[str, list[tuple[str, list[str]]]]:
    """The forms of a page: where each is sent to, with the values that every field of it offers."""
    reader = _Forms(path)
    reader.feed(page.text)
    return {action: list(fields.items()) for action, fields in reader.forms.items()}


_ROLES = {ALL_ROLES: ROLES, **{role: (role,) for role in ROLES}}
_GUARD = "guard-of-the-form"


class _Forms(html.parser.HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, list[str]]] = {}
        self._path = path
        self._fields: dict[str, list[str]] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._fields = {}
            if (given.get("method") or "get").lower() == "post":
                self._fields = self.forms.setdefault(given.get("action") or self._path, {})
        elif tag == "option":
            self._fields.setdefault(self._select, []).append(value)
        elif tag in ("input", "button", "select", "textarea") and name and name != "csrf_token":
            self._select = name
            values = self._fields.setdefault(name, [])
            if tag != "select":
                values.append(value)


def _side(app: Flask, is_host: bool) -> Side:
    now, name = clock.now(), secrets.token_hex(8)
    with app.app_context():
        with writing() as session:
            organisation = Organisation(
                name=name, kind="council", nation="GB-SCT", first_responder="yes", duty_to_notify="yes", is_host=is_host
            )
            hours = [{"days": [1, 2, 3, 4, 5], "opens": "08:00", "closes": "18:00"}]
            team = Team(
                organisation=organisation,
                name=name,
                areas=["S12000049"],
                hours=hours,
                urgent_number="+441414960100",
                age_recipient=RECIPIENT,
            )
            session.add(team)
            session.flush()
            member_id, team_id = _add(session, team, ROLES).id, team.id
        token = devices.join(inviting.invite(team_id, 5, now), now).token
        return Side(team_id, member_id, name, "", token)


def _add(session: Session, team: Team, roles: Iterable[str]) -> Member:
    """A member without a password: nobody of them signs in by a form."""
    member = Member(
        team=team,
        sign_in_name=secrets.token_hex(8),
        display_name="Somebody",
        totp_secret=pyotp.random_base32(),
        roles=list(roles),
        handle=secrets.token_bytes(32),
        joined_at=clock.now(),
    )
    session.add(member)
    session.flush()
    return member


def _member(session: Session, team: Team, roles: Iterable[str]) -> Guest:
    """A member in a browser that is signed in."""
    token = open_session(session, _add(session, team, roles), "passkey", clock.now()).token
    return Guest(f"{COOKIE}={token}", session.get_one(MemberSession, hash_secret(token)).csrf)


def _link(session: Session, team: Team, kind: str) -> Guest:
    """The holder of a link that nobody has begun to use."""
    of = {
        "organisation": {"organisation_id": team.organisation_id},
        "member": {"team_id": team.id},
        "way_back": {"member_id": _add(session, team, ROLES).id},
    }[kind]
    secret = make_link(session, kind, clock.now(), **of, display_name="New", roles=("administrator",))  # type: ignore[arg-type]
    return Guest(f"{link_cookie.COOKIE}={secret}; {FORM_COOKIE}={_GUARD}", _GUARD)
