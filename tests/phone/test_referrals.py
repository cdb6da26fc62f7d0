"""POST referrals over HTTP: receipts, retries, refusals that name the field, and nothing stored when
refused."""

import base64
import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server import clock
from server.extensions import db
from server.models import Member, Referral, SealedNote, Team
from server.screening.canonical import content_hash
from server.services.phones import devices
from tests import inviting
from tests.clients import HostClient, field_client
from tests.conftest import application
from tests.partnership import Partnership, device_of, found
from tests.referrals import AGE_FILE, REFERRALS, bearer, coded, referral, sealed


def test_a_receipt_says_what_arrived(field: HostClient, partnership: Partnership) -> None:
    body = referral(coded(danger="now"), sealed=sealed())
    answer = field.post(REFERRALS, json=body, headers=bearer(partnership.home.device_token))
    assert answer.status_code == 201
    receipt = answer.json
    due = datetime.fromisoformat(receipt.pop("due_at")) - datetime.fromisoformat(receipt.pop("received_at"))
    assert due.total_seconds() == 3600
    assert receipt.pop("reference").startswith("HD-")
    assert receipt == {
        "id": body["id"],
        "coded_sha256": content_hash(body["coded"]),
        "sealed_sha256": hashlib.sha256(AGE_FILE).hexdigest(),
        "state": "stored",
        "team": {
            "hours": [{"days": [1, 2, 3, 4, 5], "opens": "08:00", "closes": "18:00"}],
            "reading_hours": "Monday to Friday, 08:00 to 18:00",
            "urgent_number": "+441414960100",
        },
    }


def test_times_are_utc_seconds(field: HostClient, partnership: Partnership) -> None:
    answer = field.post(REFERRALS, json=referral(), headers=bearer(partnership.home.device_token))
    received = datetime.strptime(answer.json["received_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - received).total_seconds()) < 60


def test_the_same_again_is_200_and_the_same_receipt(field: HostClient, partnership: Partnership) -> None:
    body, phone = referral(), bearer(partnership.home.device_token)
    first = field.post(REFERRALS, json=body, headers=phone)
    again = field.post(REFERRALS, json=body, headers=phone)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert "sealed_sha256" not in first.json
    later = field.post(REFERRALS, json={**body, "sealed": sealed()}, headers=phone)
    assert (later.status_code, "sealed_sha256" in later.json) == (200, True)


def test_an_id_with_other_content_is_409(field: HostClient, partnership: Partnership) -> None:
    body, phone = referral(), bearer(partnership.home.device_token)
    field.post(REFERRALS, json=body, headers=phone)
    body["coded"]["area"] = "S12000050"
    refused(field.post(REFERRALS, json=body, headers=phone), 409, "other-content")


def test_a_note_is_replaced_once(field: HostClient, partnership: Partnership) -> None:
    body, phone = referral(sealed=sealed()), bearer(partnership.home.device_token)
    answers = [
        field.post(REFERRALS, json={**body, "sealed": sealed(AGE_FILE + more)}, headers=phone)
        for more in (b"", b"1", b"2")
    ]
    assert [answer.status_code for answer in answers] == [201, 200, 409]
    refused(answers[2], 409, "note-replaced-before")


def test_too_many_from_one_phone_is_429(database_url: str) -> None:
    with application(database_url, device_ceiling=1) as app:
        with app.app_context():
            phone = bearer(found().home.device_token)
        field = field_client(app)
        assert field.post(REFERRALS, json=referral(), headers=phone).status_code == 201
        answer = field.post(REFERRALS, json=referral(), headers=phone)
        refused(answer, 429, "too-many")
        assert answer.headers["Retry-After"] == "600"


def test_the_team_that_was_chosen_gets_it_and_no_other_can_be(
    app: Flask, field: HostClient, partnership: Partnership
) -> None:
    home, other = partnership.home, partnership.other
    with app.app_context():
        offered = [db.session.get_one(Team, other.team_id)]
        secret = inviting.invite(home.team_id, 1, clock.now(), other_teams=offered)
        phone = bearer(devices.join(secret, clock.now()).token)
    bodies = [referral(team=other.team_id), referral(team=home.team_id), referral()]
    assert [field.post(REFERRALS, json=body, headers=phone).status_code for body in bodies] == [201] * 3
    with app.app_context():
        kept = [db.session.get_one(Referral, body["id"]).team_id for body in bodies]
    assert kept == [other.team_id, home.team_id, home.team_id]
    # The same again is the same; for another team it is another referral.
    assert field.post(REFERRALS, json=bodies[0], headers=phone).status_code == 200
    refused(field.post(REFERRALS, json={**bodies[0], "team": home.team_id}, headers=phone), 409, "other-content")
    for number in (other.team_id, 10_000):
        answer = field.post(REFERRALS, json=referral(team=number), headers=bearer(home.device_token))
        refused(answer, 403, "team-not-offered")


def test_who_was_taken_out_is_told_so(app: Flask, field: HostClient, partnership: Partnership) -> None:
    phone = bearer(partnership.home.device_token)
    with app.app_context():
        member = db.session.get_one(Member, partnership.home.member_id)
        devices.revoke(member, device_of(partnership.home.device_token), clock.now())
    answer = field.post(REFERRALS, json=referral(), headers=phone)
    refused(answer, 401, "device-revoked")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp5", "Receipt AAAA"])
def test_who_has_not_joined_is_401(field: HostClient, partnership: Partnership, header: str) -> None:
    answer = field.post(REFERRALS, json=referral(), headers={"Authorization": header})
    refused(answer, 401, "device-unknown")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def _with(path: str, value: Any) -> dict[str, Any]:
    """A sound body with one thing changed; `...` takes the key away."""
    body = referral(sealed=sealed())
    *way, last = path.split("/")
    at = body
    for key in way:
        at = at[key]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return body


_SIGN = "coded/answers/" + next(iter(coded()["answers"]))
FAULTS: list[tuple[str, Any, str]] = [
    ("id", "not a uuid", "#/id"),
    ("id", "00000000-0000-1000-8000-000000000000", "#/id"),
    ("id", ..., "#/id"),
    ("receipt_sha256", "AB" * 32, "#/receipt_sha256"),
    ("name of the person", "somebody", "#"),
    ("team", "1", "#/team"),
    ("team", True, "#/team"),
    ("team", None, "#/team"),
    ("team", 0, "#/team"),
    ("team", 2**63, "#/team"),
    ("coded", ..., "#/coded"),
    ("coded", [], "#/coded"),
    ("coded/v", 2, "#/coded/v"),
    ("coded/v", True, "#/coded/v"),
    ("coded/note", "free text", "#/coded"),
    ("coded/checklist/hash", "0" * 63, "#/coded/checklist/hash"),
    ("coded/pathway/version", "2", "#/coded/pathway/version"),
    ("coded/answers", [], "#/coded/answers"),
    ("coded/answers/a sign with words", {"answer": "yes"}, "#/coded/answers"),
    (_SIGN, "yes", f"#/{_SIGN}"),
    (f"{_SIGN}/answer", "maybe", f"#/{_SIGN}/answer"),
    (f"{_SIGN}/answer", False, f"#/{_SIGN}/answer"),
    (f"{_SIGN}/answer", "no", f"#/{_SIGN}/known"),
    (f"{_SIGN}/known", ["seen", "seen"], f"#/{_SIGN}/known"),
    (f"{_SIGN}/known", ["dreamt"], f"#/{_SIGN}/known/0"),
    ("coded/facts/danger", None, "#/coded/facts/danger"),
    ("coded/facts/danger", "now, at the house by the river", "#/coded/facts/danger"),
    ("coded/facts/exploitation", [["labour"]], "#/coded/facts/exploitation/0"),
    ("coded/result/concern", "certain", "#/coded/result/concern"),
    ("coded/result/flags", ["a", "a"], "#/coded/result/flags"),
    ("coded/actions", [["only-one"]], "#/coded/actions/0"),
    ("coded/area", "S12000049\n", "#/coded/area"),
    ("coded/area", "\ud800", "#/coded/area"),
    ("coded/area", "Glasgow\u0000", "#/coded/area"),
    ("coded/day", "2026-02-30", "#/coded/day"),
    ("coded/day", "20261122", "#/coded/day"),
    ("coded/part_of_day", "noon", "#/coded/part_of_day"),
    ("coded/reach", 1, "#/coded/reach"),
    ("coded/language", "English", "#/coded/language"),
    ("coded/raised", {"to": "low", "why": "worry"}, "#/coded/raised/to"),
    ("sealed", "age", "#/sealed"),
    ("sealed/file", "not base64!", "#/sealed/file"),
    ("sealed/file", base64.b64encode(b"plain words").decode(), "#/sealed/file"),
    ("sealed/file", base64.b64encode(AGE_FILE + bytes(24 * 1024)).decode(), "#/sealed/file"),
    ("sealed/recipient", "age1", "#/sealed/recipient"),
]


@pytest.mark.parametrize(("path", "value", "pointer"), FAULTS)
def test_a_fault_is_named_and_nothing_is_stored(
    app: Flask, field: HostClient, partnership: Partnership, path: str, value: Any, pointer: str
) -> None:
    answer = field.post(REFERRALS, json=_with(path, value), headers=bearer(partnership.home.device_token))
    refused(answer, 422, "wrong-shape")
    assert pointer in [fault["pointer"] for fault in answer.json["errors"]]
    assert_nothing_is_stored(app)


def test_what_was_sent_is_never_repeated(field: HostClient, partnership: Partnership) -> None:
    body = referral()
    body["coded"]["area"] = "marker one"
    body["coded"]["marker two"] = "x"
    body["coded"]["answers"]["marker three"] = {}
    body["marker four"] = {"marker five": "marker six"}
    answer = field.post(REFERRALS, json=body, headers=bearer(partnership.home.device_token))
    assert answer.status_code == 422
    assert "marker" not in answer.text


RAW = [
    (b"", 400, "not-json"),
    (b"{", 400, "not-json"),
    (b"null", 422, "wrong-shape"),
    (b"[]", 422, "wrong-shape"),
    (b'{"id": "\xff"}', 400, "not-utf8"),
    ('{"id": "x"}'.encode("utf-16"), 400, "not-utf8"),
    (b'{"id": 1.5}', 400, "not-an-integer"),
    (b'{"id": 1e3}', 400, "not-an-integer"),
    (b'{"id": NaN}', 400, "not-an-integer"),
    (b'{"id": -Infinity}', 400, "not-an-integer"),
    (b'{"id": "a", "id": "b"}', 400, "repeated-key"),
    (b'{"coded": {"v": 1, "v": 1}}', 400, "repeated-key"),
    (b'{"id": ' + b"9" * 5000 + b"}", 400, "not-json"),
    (b"[" * 60_000, 400, "too-deep"),
    (b'{"a":' * 10_000, 400, "too-deep"),
    (b" " * (64 * 1024 + 1), 413, "too-large"),
]


@pytest.mark.parametrize(("raw", "status", "code"), RAW, ids=[f"{code}-{at}" for at, (_, _, code) in enumerate(RAW)])
def test_what_is_not_json_as_it_should_be_is_refused(
    app: Flask, field: HostClient, partnership: Partnership, raw: bytes, status: int, code: str
) -> None:
    phone = bearer(partnership.home.device_token)
    answer = field.post(REFERRALS, data=raw, headers=phone, content_type="application/json")
    refused(answer, status, code)
    assert_nothing_is_stored(app)


def test_another_content_type_is_415(field: HostClient, partnership: Partnership) -> None:
    phone = bearer(partnership.home.device_token)
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        refused(field.post(REFERRALS, data=b"{}", headers=phone, content_type=kind), 415, "not-json-type")


def refused(answer: Any, status: int, code: str) -> None:
    """It is a problem document with these two."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == code
    assert answer.json["status"] == status
    assert answer.json["title"]
    assert answer.json["detail"]


def assert_nothing_is_stored(app: Flask) -> None:
    """No referral and no note is in the database."""
    with app.app_context():
        for table in (Referral, SealedNote):
            assert db.session.scalar(select(func.count()).select_from(table)) == 0
