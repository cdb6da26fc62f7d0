"""Every operation that openapi.json describes, asked with whatever fits the description and what does not, by phones
and by strangers, on both engines: never a fault of the server, and every answer is as the description says."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server import clock
from server.extensions import db
from server.services import limits
from server.services.phones import devices
from tests import inviting
from tests.clients import FIELD, HostClient, field_client
from tests.conftest import application
from tests.depth import DEPTH
from tests.partnership import Partnership, found
from tests.referrals import bearer, coded, receipt_header, sealed
from tests.services.sending import send

DESCRIPTION = "/api/v1/openapi.json"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
RECEIPT = b"sixteen bytes ok"

# What stands in a header: anything that HTTP lets through.
_LINES = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60).map(
    str.strip
)
_CONTENT_TYPES = st.sampled_from(
    ["application/json", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "text/plain", "x"]
)
# Who asks, and which parts of what they send are real.
_SOUND = st.sets(st.sampled_from(["coded", "sealed", "invitation", "name"]))
_WHO = st.sampled_from(["device", "device", "receipt", "nobody", "strange device"]) | _LINES
_RANDOM = settings(
    max_examples=DEPTH.fuzz_cases,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@pytest.fixture
def open_app(engine_url: str) -> Iterator[Flask]:
    """An application that never says that a phone has sent too much: what lies behind is to be reached."""
    with application(engine_url, device_ceiling=1_000_000) as made:
        yield made


@pytest.fixture
def sides(open_app: Flask) -> Partnership:
    with open_app.app_context():
        partnership = found()
        send(partnership.home, clock.now(), receipt=RECEIPT)
        return partnership


@pytest.fixture
def host(open_app: Flask) -> HostClient:
    return field_client(open_app)


@pytest.fixture
def new_phone(open_app: Flask, sides: Partnership) -> Callable[[], str]:
    """The token of a phone that has just joined."""

    def join() -> str:
        with open_app.app_context():
            now = clock.now()
            return devices.join(inviting.invite(sides.home.team_id, 1, now), now).token

    return join


@pytest.fixture
def new_invitation(open_app: Flask, sides: Partnership) -> Callable[[], str]:
    """The secret of a new invitation."""

    def invite() -> str:
        with open_app.app_context():
            return inviting.invite(sides.home.team_id, 1, clock.now())

    return invite


def test_whatever_is_asked_is_answered_as_described(
    open_app: Flask,
    sides: Partnership,
    host: HostClient,
    new_phone: Callable[[], str],
    new_invitation: Callable[[], str],
    subtests: pytest.Subtests,
) -> None:
    described = schemathesis.openapi.from_wsgi(DESCRIPTION, open_app, base_url=FIELD)
    files = [bundle["url"].removeprefix("content/") for bundle in host.get("/api/v1/content").json["bundles"]]
    operations = [operation.ok() for operation in described.get_all_operations()]
    assert len(operations) >= 10
    for operation in operations:

        @_RANDOM
        @given(
            case=_cases(operation), who=_WHO, sound=st.sets(st.sampled_from(["coded", "sealed", "invitation", "name"]))
        )
        def ask(case: Any, who: str, sound: set[str]) -> None:
            limits._LIMITER.storage.reset()
            _mend(case, sound, files, new_invitation)
            fresh = case.method == "DELETE" and who == "device"
            # Nobody unpacks the answer here, so it must not come packed.
            headers = {**_header(who, new_phone() if fresh else sides.home.device_token), "Accept-Encoding": "identity"}
            answer = case.call(base_url=FIELD, headers=headers)
            case.validate_response(answer, checks=CHECKS)

        with subtests.test(operation.label):
            ask()
    with open_app.app_context():
        db.session.remove()


def test_whatever_bytes_are_posted_are_answered(
    open_app: Flask, sides: Partnership, host: HostClient, subtests: pytest.Subtests
) -> None:
    paths = [rule.rule for rule in open_app.url_map.iter_rules() if "POST" in (rule.methods or ()) and _is_phones(rule)]
    assert len(paths) >= 3
    for path in paths:

        @_RANDOM
        @given(body=st.binary(max_size=80), content_type=_CONTENT_TYPES)
        def post(body: bytes, content_type: str) -> None:
            limits._LIMITER.storage.reset()
            phone = bearer(sides.home.device_token)
            answer = host.post(path, data=body, content_type=content_type, headers=phone)  # noqa: B023  # asked at once
            assert 400 <= answer.status_code < 500
            assert answer.content_type == "application/problem+json"

        with subtests.test(path):
            post()


def test_the_description_is_of_every_route(open_app: Flask, host: HostClient) -> None:
    described = {
        (path, method.upper())
        for path, methods in host.get(DESCRIPTION).json["paths"].items()
        for method in methods.keys() - {"parameters"}
    }
    there = {
        (rule.rule.replace("<", "{").replace(">", "}"), method)
        for rule in open_app.url_map.iter_rules()
        if _is_phones(rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == there


def _cases(operation: Any) -> st.SearchStrategy[Any]:
    fits = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    # Where there is no body, next to nothing does not fit.
    return fits | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE) if operation.body else fits


def _mend(case: Any, sound: set[str], files: list[str], new_invitation: Callable[[], str]) -> None:
    """Put what is really there into a case, so that it comes further than the door."""
    if isinstance(case.body, dict):
        if "coded" in sound and "coded" in case.body:
            case.body["coded"] = coded()
        if "sealed" in sound and "sealed" in case.body:
            case.body["sealed"] = sealed()
        if "sealed" in sound and "file" in case.body:
            case.body["file"] = sealed()["file"]
        if "invitation" in sound and "invitation" in case.body:
            case.body["invitation"] = new_invitation()
    if "name" in sound and case.path_parameters and "name" in case.path_parameters:
        case.path_parameters["name"] = files[len(sound) % len(files)]


def _header(who: str, token: str) -> dict[str, str]:
    return {
        "device": bearer(token),
        "strange device": bearer(secrets.token_urlsafe(32)),
        "receipt": receipt_header(RECEIPT),
        "nobody": {},
    }.get(who, {"Authorization": who})


def _is_phones(rule: Any) -> bool:
    return str(rule.rule).startswith("/api/v1/")
