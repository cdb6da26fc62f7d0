"""Whatever JSON comes to POST referrals: never a 500, and nothing is stored unless it is acknowledged."""

import copy
import json
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from server.extensions import db
from server.models import Referral
from tests.clients import HostClient
from tests.depth import DEPTH
from tests.partnership import Partnership
from tests.referrals import REFERRALS, bearer, coded, referral, sealed

_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("\ud800")
_JSON = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_SOUND = referral(coded(), sealed=sealed())


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, part in inner for place in _places(part, (*at, key)))]


@st.composite
def _nearly_sound(draw: st.DrawFn) -> Any:
    """A sound body with some JSON put in one place, or with a key more, or with a key less."""
    body = copy.deepcopy(_SOUND)
    *way, last = draw(st.sampled_from(_places(_SOUND)[1:]))
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


@given(body=_JSON | _nearly_sound())
@settings(max_examples=DEPTH.fuzz_cases, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_bodies(app: Flask, field: HostClient, partnership: Partnership, body: Any) -> None:
    before = _stored(app)
    phone = bearer(partnership.home.device_token)
    answer = field.post(REFERRALS, data=json.dumps(body), headers=phone, content_type="application/json")
    assert answer.status_code in (200, 201, 400, 409, 422, 429), answer.text
    assert _stored(app) - before == (answer.status_code == 201)
    if answer.status_code >= 400:
        assert answer.content_type == "application/problem+json"


def _stored(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Referral)) or 0
