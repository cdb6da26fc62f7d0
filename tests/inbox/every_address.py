"""Every address of the inbox, filled in with what one team has: whoever adds a route is tested without being asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from server import clock
from server.extensions import db
from server.models import AccountLink, Device, Invitation, Member, Passkey, Team
from server.services.accounts.links import make_link
from server.services.founding import add_member
from server.services.transaction import writing
from tests.inbox.neighbour import offer_from_neighbour
from tests.partnership import PASSWORD, Side
from tests.services.sending import send


@dataclass(frozen=True)
class Address:
    """One rule for one method, with real numbers in it."""

    endpoint: str
    method: str
    path: str
    need: str
    has_number: bool


def addresses(app: Flask, numbers: dict[str, str]) -> Iterator[Address]:
    """All of the inbox. Raises KeyError for a part of an address that `numbers` does not know: add it there."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("inbox."):
            need = str(getattr(app.view_functions[rule.endpoint], "need", None))
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield Address(rule.endpoint, method, _filled(rule, numbers), need, bool(rule.arguments))


def numbers_of(app: Flask, side: Side) -> dict[str, str]:
    """A number of this side for each kind of thing that stands in an address."""
    now = clock.now()
    with app.app_context():
        with writing() as session:
            team = session.get_one(Team, side.team_id)
            colleague = add_member(
                session, team, f"colleague-{side.team_id}", "A colleague", PASSWORD, roles=("coordinator",), now=now
            )
            session.add(
                Passkey(
                    member_id=side.member_id,
                    credential_id=b"credential-%d" % side.team_id,
                    public_key=b"key",
                    backed_up=False,
                    added_at=now,
                )
            )
            make_link(session, "member", now, team_id=team.id, display_name="New", made_by=colleague.id)
        number = send(side, now).id
        name = colleague.sign_in_name
        asked = {
            "member_id": select(Member.id).where(Member.sign_in_name == name),
            "invitation_id": select(Invitation.id).where(Invitation.team_id == side.team_id),
            "device_id": select(Device.id).where(Device.team_id == side.team_id),
            "passkey_id": select(Passkey.id).where(Passkey.member_id == side.member_id),
            "organisation_id": select(Team.organisation_id).where(Team.id == side.team_id),
            "link_id": select(AccountLink.id).where(AccountLink.team_id == side.team_id),
        }
        found = {argument: str(db.session.scalars(statement).one()) for argument, statement in asked.items()}
        found["transfer_id"] = str(offer_from_neighbour(side, number))
        return {**found, "number": number, "team_id": str(side.team_id), "public_id": "0123456789abcdef"}


def _filled(rule: Rule, numbers: dict[str, str]) -> str:
    path = rule.rule
    for name in rule.arguments:
        start = path.index("<")
        path = path[:start] + numbers[name] + path[path.index(">") + 1 :]
    return path
