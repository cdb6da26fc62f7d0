"""The page of phones and invitations: made and shown once, held and put back, taken out; and for whom."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Device, Invitation, Referral, Team
from server.services import intake
from server.services.intake import Stored
from server.services.phones import devices
from tests import inviting
from tests.inbox.conftest import Browser
from tests.partnership import Partnership, Side, device_of
from tests.services.sending import CEILING, incoming

Send = Callable[..., Stored]


@pytest.fixture
def page(partnership: Partnership) -> str:
    return f"/teams/{partnership.home.team_id}/phones"


def _phone(app: Flask, side: Side) -> Device:
    with app.app_context():
        return device_of(side.device_token)


def _text(answer: Any) -> str:
    """What is read on a page, without its tags."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.text)).split())


def test_the_page_shows_phones_by_their_codes(
    app: Flask, coordinator: Browser, partnership: Partnership, page: str, send: Send
) -> None:
    send()
    shown = _text(coordinator.get(page))
    assert _phone(app, partnership.home).code in shown
    assert _phone(app, partnership.other).code not in shown
    assert "1 open referral" in shown
    assert "New phone" in shown
    assert "4 of 5 left" in shown
    assert "under Language and settings" in shown


def test_a_leaked_invitation_is_held_and_put_back(
    app: Flask, coordinator: Browser, partnership: Partnership, page: str
) -> None:
    with app.app_context():
        secret = inviting.invite(partnership.home.team_id, 1, clock.now())
        tokens = [devices.join(secret, clock.now()).token for _ in range(2)]
        items = [incoming(partnership.home, token=tokens[at % 2]) for at in range(22)]
        stored = intake.store(items, clock.now(), CEILING)
        number = db.session.scalar(select(Invitation.id).order_by(Invitation.id.desc()))
    listing = coordinator.get("/")
    assert "New phones of one invitation sent 22 referrals in the last hour." in listing.text
    assert f'href="{page}#invitation-{number}"' in listing.text
    assert f'id="invitation-{number}"' in coordinator.get(page).text
    answer = coordinator.submit(f"/invitations/{number}/hold", page)
    assert answer.location == f"{page}?done=invitation-held"
    told = _text(coordinator.get(answer.location))
    assert "nothing is deleted" in told
    assert "2 phones held" in told
    assert "Ended" in told
    assert "in the last hour" not in coordinator.get("/").text
    assert stored[0].id not in coordinator.get("/").text
    held = coordinator.get("/?show=held").text
    assert held.count('<li><a class="row') == 22
    answer = coordinator.submit(f"/invitations/{number}/release", page)
    assert answer.location == f"{page}?done=invitation-released"
    assert coordinator.get("/").text.count('<li><a class="row') == 22


def test_a_phone_is_held_from_a_referral_and_released_there(
    app: Flask, coordinator: Browser, partnership: Partnership, send: Send
) -> None:
    number, phone = send().id, _phone(app, partnership.home)
    address = f"/referrals/{number}"
    assert f'action="/phones/{phone.id}/hold"' in coordinator.get(address).text
    held = coordinator.submit(f"/phones/{phone.id}/hold", address, back=number)
    assert held.location == f"{address}?done=held"
    told = _text(coordinator.get(held.location))
    assert "This is held." in told
    assert number not in coordinator.get("/").text
    assert number in coordinator.get("/?q=" + told.split("HD-")[1][:9]).text
    back = coordinator.submit(f"/phones/{phone.id}/release", address, back=number)
    assert back.location == f"{address}?done=released"
    assert number in coordinator.get("/").text
    # Without the link to the phone, nothing says which one it was.
    coordinator.submit(f"{address}/close", address, version="1", outcome="duplicate")
    assert "/phones/" not in re.sub(r"/teams/\d+/phones", "", coordinator.get(address).text)


def test_claiming_brings_a_held_one_back(
    coordinator: Browser, app: Flask, partnership: Partnership, send: Send
) -> None:
    number, phone = send().id, _phone(app, partnership.home)
    coordinator.submit(f"/phones/{phone.id}/hold", "/")
    coordinator.submit(f"/referrals/{number}/claim", f"/referrals/{number}", version="1")
    assert number in coordinator.get("/?show=mine").text


@pytest.mark.parametrize(
    ("deed", "done", "tag"), [("revoke", "revoked", "Taken out"), ("wipe", "wipe-asked", "To be emptied")]
)
def test_a_phone_is_taken_out_or_emptied(
    app: Flask, coordinator: Browser, partnership: Partnership, page: str, deed: str, done: str, tag: str
) -> None:
    number = _phone(app, partnership.home).id
    answer = coordinator.submit(f"/phones/{number}/{deed}", page)
    assert answer.location == f"{page}?done={done}"
    assert tag in _text(coordinator.get(answer.location))


def test_an_invitation_is_ended(app: Flask, coordinator: Browser, partnership: Partnership, page: str) -> None:
    with app.app_context():
        secret = inviting.invite(partnership.home.team_id, 5, clock.now())
        number = db.session.scalar(select(Invitation.id).order_by(Invitation.id.desc()))
    assert coordinator.submit(f"/invitations/{number}/end", page).location == f"{page}?done=ended"
    with app.app_context(), pytest.raises(devices.InvitationEnded):
        devices.join(secret, clock.now())


DEEDS = [
    ("/phones/{phone}/hold", "hold_phones"),
    ("/phones/{phone}/release", "hold_phones"),
    ("/phones/{phone}/revoke", "end_phones"),
    ("/phones/{phone}/wipe", "end_phones"),
    ("/invitations/{invitation}/hold", "hold_phones"),
    ("/invitations/{invitation}/release", "hold_phones"),
    ("/invitations/{invitation}/end", "end_phones"),
    ("/teams/{team}/invitations", "invite_phones"),
]


def _addresses(app: Flask, side: Side) -> dict[str, int]:
    with app.app_context():
        invitation = db.session.scalar(select(Invitation.id).where(Invitation.team_id == side.team_id))
    return {"team": side.team_id, "phone": _phone(app, side).id, "invitation": invitation or 0}


@pytest.mark.parametrize(("address", "deed"), DEEDS)
def test_another_teams_phones_are_not_there(
    app: Flask, outsider: Browser, partnership: Partnership, address: str, deed: str
) -> None:
    path = address.format(**_addresses(app, partnership.home))
    assert outsider.submit(path, "/", uses="5").status_code == 404
    nowhere = address.format(team=10_000, phone=10_000, invitation=10_000)
    assert outsider.submit(nowhere, "/", uses="5").status_code == 404
    assert outsider.get(f"/teams/{partnership.home.team_id}/phones").status_code == 404


@pytest.mark.parametrize(("address", "deed"), DEEDS)
def test_a_coordinator_holds_and_invites_and_ends_nothing(
    app: Flask, signed_in_as: Callable[..., Browser], partnership: Partnership, page: str, address: str, deed: str
) -> None:
    browser = signed_in_as("coordinator")
    path = address.format(**_addresses(app, partnership.home))
    status = browser.submit(path, page, uses="5", secret_hash="a" * 64).status_code
    assert status in ((403,) if deed == "end_phones" else (200, 303))
    shown = browser.get(page).text
    assert ("/revoke" in shown, "/wipe" in shown, "/end" in shown) == (False, False, False)
    assert "/hold" in shown or "/release" in shown


def test_an_analyst_sees_no_phones(signed_in_as: Callable[..., Browser], page: str) -> None:
    assert signed_in_as("analyst").get(page).status_code == 403


def test_a_form_from_elsewhere_changes_nothing(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    numbers = _addresses(app, partnership.home)
    for address, _deed in DEEDS:
        for data in ({}, {"csrf_token": "x"}):
            assert coordinator.host.post(address.format(**numbers), data={**data, "uses": "5"}).status_code == 400
    with app.app_context():
        assert db.session.get_one(Device, numbers["phone"]).held_at is None
        assert db.session.get_one(Invitation, numbers["invitation"]).ended_at is None


def test_a_way_back_that_is_no_referral_is_refused(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    number = _phone(app, partnership.home).id
    for back in ("//elsewhere.example", "x", "/"):
        assert coordinator.submit(f"/phones/{number}/hold", "/", back=back).status_code == 400


def test_a_team_that_was_chosen_may_hold_what_it_got(app: Flask, outsider: Browser, partnership: Partnership) -> None:
    with app.app_context():
        other = db.session.get_one(Team, partnership.other.team_id)
        secret = inviting.invite(partnership.home.team_id, 1, clock.now(), other_teams=[other])
        token = devices.join(secret, clock.now()).token
        phone = device_of(token).id
        [stored] = intake.store(
            [incoming(partnership.home, token=token, to=partnership.other.team_id)], clock.now(), CEILING
        )
    address = f"/referrals/{stored.id}"
    assert f'action="/phones/{phone}/hold"' in outsider.get(address).text
    assert outsider.submit(f"/phones/{phone}/hold", address, back=stored.id).status_code == 303
    with app.app_context():
        assert db.session.get_one(Referral, stored.id).held
        assert db.session.get_one(Device, phone).held_at is None
    assert outsider.submit(f"/phones/{phone}/revoke", address).status_code == 404
