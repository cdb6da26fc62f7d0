"""Whatever JSON comes to POST referrals and POST follow-up/messages: never a 500, and nothing is stored unless it is
acknowledged."""

import copy
import hashlib
import json
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from server.extensions import db
from server.models import Base, Message, Referral
from tests.clients import HostClient
from tests.depth import DEPTH
from tests.partnership import Partnership
from tests.phone.test_messages import MESSAGES
from tests.referrals import REFERRALS, bearer, coded, receipt_header, referral, sealed

_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("\ud800")
_JSON = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_SOUND = referral(coded(), sealed=sealed())
_RECEIPT = b"sixteen bytes ok"
_HASH = hashlib.sha256(_RECEIPT).hexdigest()
_SOUND_MESSAGE = {"seq": 1, **sealed(), "mac": "a" * 64}


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, part in inner for place in _places(part, (*at, key)))]


@st.composite
def _nearly(draw: st.DrawFn, sound: dict[str, Any]) -> Any:
    """A sound body with some JSON put in one place, or with a key more, or with a key less."""
    body = copy.deepcopy(sound)
    *way, last = draw(st.sampled_from(_places(sound)[1:]))
    at = body
    for key in way:
        at = at[key]
    change = draw(st.sampled_from(["put", "add", "drop"]))
    if change == "drop":
        del at[last]
    elif change == "add" and isinstance(at, dict):
        at[draw(st.text(max_size=10))] = draw(_JSON)
    else:
        at[last] = draw(_JSON)
    return body


@given(body=_JSON | _nearly(_SOUND))
@settings(max_examples=DEPTH.fuzz_cases, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_bodies(app: Flask, field: HostClient, partnership: Partnership, body: Any) -> None:
    before = _stored(app, Referral)
    phone = bearer(partnership.home.device_token)
    answer = field.post(REFERRALS, data=json.dumps(body), headers=phone, content_type="application/json")
    assert answer.status_code in (200, 201, 400, 409, 422, 429), answer.text
    assert _stored(app, Referral) - before == (answer.status_code == 201)
    if answer.status_code >= 400:
        assert answer.content_type == "application/problem+json"


@given(body=_JSON | _nearly(_SOUND_MESSAGE), seq=st.integers(1, 4))
@settings(max_examples=DEPTH.fuzz_cases, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_messages(app: Flask, field: HostClient, partnership: Partnership, body: Any, seq: int) -> None:
    field.post(REFERRALS, json={**_SOUND, "receipt_sha256": _HASH}, headers=bearer(partnership.home.device_token))
    if isinstance(body, dict) and body.get("seq") == 1:
        body["seq"] = seq
    before = _stored(app, Message)
    answer = field.post(
        MESSAGES, data=json.dumps(body), headers=receipt_header(_RECEIPT), content_type="application/json"
    )
    assert answer.status_code in (200, 201, 400, 409, 422, 429), answer.text
    assert _stored(app, Message) - before == (answer.status_code == 201)
    if answer.status_code >= 400:
        assert answer.content_type == "application/problem+json"


def _stored(app: Flask, table: type[Base]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0
