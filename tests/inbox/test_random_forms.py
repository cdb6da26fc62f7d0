"""Every form and every address of the inbox, found by itself, with whatever a person or a program may send: refused or
done, never a fault of the server; and what another team has is not there for anybody."""

import itertools
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from server.extensions import db
from server.services.accounts.roles import DEEDS
from tests.depth import DEPTH
from tests.inbox.cast import ALL_ROLES, Cast, forms_on, new_cast
from tests.inbox.every_address import Address

Fields = list[tuple[str, list[str]]]

# What has broken programs before: bytes that are no text, ends of number ranges and calendars, digits of elsewhere.
_HARD = st.sampled_from(
    (
        *("", " ", "\x00", "\udcff", "%", "/", "//x", "\u202e", "é" * 90, "a" * 3000, "=1+1", "{}", "[]", "{", "null"),
        *("-1", "0", "2147483648", "9" * 30, "9" * 5000, "1e9", "٣", "²", "NaN", "true"),
        *("0001-01-01", "9999-12-31", "24:00", "99:99"),
    )
)
_TEXT = _HARD | st.text(max_size=12) | st.integers(-3, 400).map(str)
_RANDOM = settings(
    max_examples=DEPTH.form_cases,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
# Names of fields that stand in no page's form: scripts send them, or addresses carry them.
_NAMES = (
    "show",
    "q",
    "after",
    "before",
    "done",
    "refused",
    "language",
    "to",
    "back",
    "again",
    "ask",
    "kept",
    "passkey",
)
_NAMES += ("group", "who", "about", "since", "until", "id", "answer", "identity_wrapped", "team_wrap", "vouch_key")
_NAMES += ("direction", "seq", "file", "mac")


# What becomes of each field of a form: how, which of its values, and what else may stand in it.
Plan = list[tuple[str, int, str]]
_HOWS = st.sampled_from(["sound", "sound", "sound", "random", "drop", "twice"])
_PLANS = st.lists(st.tuples(_HOWS, st.integers(0, 30), _TEXT), min_size=1, max_size=9)
_MORE = st.lists(st.tuples(st.sampled_from(_NAMES) | st.text(max_size=5), _TEXT), max_size=4)


class _Stage:
    """A cast that is replaced once somebody has changed something."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.cast = new_cast(app)

    def address(self, endpoint: str) -> Address:
        return next(one for one in self.cast.own if one.endpoint == endpoint)

    def sent(self, answer: TestResponse) -> None:
        """Look at an answer to a form: never a fault, and what was done needs another cast."""
        assert answer.status_code < 500, (answer.request.path, answer.status_code)
        if answer.status_code < 400:
            self.cast = new_cast(self._app, self.cast)


@pytest.fixture
def stage(engine_app: Flask) -> _Stage:
    return _Stage(engine_app)


@pytest.fixture
def stage_on_one(app: Flask) -> _Stage:
    """For what no database ever sees."""
    return _Stage(app)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """On which page the form of each endpoint stands. Whoever needs it first looks: it is the same on every engine."""
    return {}


def test_whatever_a_form_holds_is_refused_or_done(
    engine_app: Flask, stage: _Stage, pages: dict[str, str], subtests: pytest.Subtests
) -> None:
    posts = [one for one in stage.cast.own if one.method == "POST"]
    assert len(posts) > 35
    _look_for_forms(engine_app, stage.cast, pages)
    for endpoint in sorted({one.endpoint for one in posts}):

        @_RANDOM
        @given(place=st.integers(0, 11), plan=_PLANS, more=_MORE)
        def send(place: int, plan: Plan, more: list[tuple[str, str]]) -> None:
            address = stage.address(endpoint)  # noqa: B023  # run at once
            fitting = stage.cast.fitting(address.need)
            who = stage.cast.guests[fitting[place % len(fitting)]]
            fields: Fields = []
            if endpoint in pages:  # noqa: B023
                page = stage.address(pages[endpoint])  # noqa: B023
                shown = who.ask(engine_app, "GET", page.path)
                assert shown.status_code < 500, page
                fields = forms_on(shown, page.path).get(address.path, [])
            stage.sent(who.post(engine_app, address.path, [*_filled(fields, plan), *more]))

        with subtests.test(endpoint):
            send()
    _let_go(engine_app)


def test_files_and_bytes_in_place_of_a_form_are_refused_or_done(
    app: Flask, stage_on_one: _Stage, pages: dict[str, str], subtests: pytest.Subtests
) -> None:
    stage = stage_on_one
    _look_for_forms(app, stage.cast, pages)
    for endpoint in sorted({one.endpoint for one in stage.cast.own if one.method == "POST"}):
        with subtests.test(endpoint):
            address = stage.address(endpoint)
            who = stage.cast.guests[stage.cast.fitting(address.need)[0]]
            names = _NAMES
            if endpoint in pages:
                page = stage.address(pages[endpoint]).path
                names += tuple(name for name, _ in forms_on(who.ask(app, "GET", page), page).get(address.path, []))
            stage.sent(who.post(app, address.path, [(name, value) for name in names for value in ("x", "y")]))
            address, who = stage.address(endpoint), stage.cast.guests[stage.cast.fitting(address.need)[0]]
            files = {name: (BytesIO(b"\x00\xff\xfe"), "name.txt") for name in names}
            stage.sent(who.ask(app, "POST", address.path, data={**files, "csrf_token": who.proof}))
            for body in ({"csrf_token": who.proof, **{name: {"a": [1]} for name in names}}, [1], None, "x"):
                stage.sent(who.ask(app, "POST", address.path, json=body))
            for content_type in ("application/json", "text/plain", "multipart/form-data; boundary=x", "x"):
                who = stage.cast.guests[stage.cast.fitting(address.need)[0]]
                path = stage.address(endpoint).path
                stage.sent(who.ask(app, "POST", path, data=b'{"\xff": [', content_type=content_type))
    _let_go(app)


def test_whatever_stands_behind_an_address_is_answered(
    engine_app: Flask, stage: _Stage, subtests: pytest.Subtests
) -> None:
    for one in [one for one in stage.cast.own if one.method == "GET"]:

        @_RANDOM
        @given(query=_MORE, place=st.integers(0, 11))
        def ask(query: list[tuple[str, str]], place: int) -> None:
            fitting = stage.cast.fitting(one.need)  # noqa: B023
            who = stage.cast.guests[fitting[place % len(fitting)]]
            sound = [(name, value.replace("\udcff", "\ufffd")) for name, value in query]
            answer = who.ask(engine_app, "GET", one.path, query_string=sound)  # noqa: B023
            assert answer.status_code < 500, (one, query)  # noqa: B023

        with subtests.test(one.endpoint):
            ask()
    _let_go(engine_app)


_NUMBERS = st.one_of(
    st.integers(10**6, 10**40).map(str),
    st.sampled_from(
        ["0", "-1", "2147483647", "2147483648", str(2**63), "٣٣٣٣٣", "00000009999999", "x", "1.5", "%00", "%ff"]
    ),
    st.uuids().map(str),
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12),
)


def test_a_number_that_is_nobodys_is_not_there(engine_app: Flask, stage: _Stage, subtests: pytest.Subtests) -> None:
    who = stage.cast.guests[ALL_ROLES]
    for rule in [
        rule for rule in engine_app.url_map.iter_rules() if rule.endpoint.startswith("inbox.") and rule.arguments
    ]:
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):

            @_RANDOM
            @given(number=_NUMBERS)
            def ask(number: str) -> None:
                path = f"{rule.rule.partition('<')[0]}{number}{rule.rule.rpartition('>')[2]}"  # noqa: B023
                answer = who.ask(engine_app, method, path, data={"csrf_token": who.proof})  # noqa: B023
                # A form may be refused for what it holds before anybody looks for the number.
                assert answer.status_code in (404, 405, 400, _BACK.get(rule.endpoint)), (path, answer.status_code)  # noqa: B023

            with subtests.test(f"{method} {rule.rule}"):
                ask()
    _let_go(engine_app)


# A sign-in that is not there and one that has ended look the same; a partner's link leads to the list of all.
_BACK = {"inbox.end_session": 303, "inbox.partner_link": 303}


def test_what_another_organisation_has_is_there_for_nobody(
    app: Flask, stage_on_one: _Stage, pages: dict[str, str], subtests: pytest.Subtests
) -> None:
    stage = stage_on_one
    _look_for_forms(app, stage.cast, pages)
    tried = 0
    for theirs, own in zip(stage.cast.others, stage.cast.own, strict=True):
        if not theirs.has_number or theirs.need == "manage_partners" or theirs.endpoint in _BACK:
            continue
        for name in stage.cast.fitting(theirs.need):
            who = stage.cast.guests[name]
            pairs = []
            if own.method == "POST" and own.endpoint in pages:
                page = stage.address(pages[own.endpoint]).path
                fields = forms_on(who.ask(app, "GET", page), page).get(own.path, [])
                pairs = [(field, values[0]) for field, values in fields if values]
            with subtests.test(f"{name}: {theirs.method} {theirs.endpoint}"):
                if theirs.method == "POST":
                    answer = who.post(app, theirs.path, pairs)
                else:
                    answer = who.ask(app, "GET", theirs.path)
                may = name == ALL_ROLES or name in DEEDS[theirs.need].reach
                assert answer.status_code == (404 if may else 403)
                tried += 1
    assert tried > 100
    _let_go(app)


def _filled(fields: Fields, plan: Plan) -> list[tuple[str, str]]:
    """The form as it stands on the page, each field as the plan says, which is made without knowing the form."""
    pairs = []
    for (name, offered), (how, index, text) in zip(fields, itertools.cycle(plan), strict=False):
        sound = offered[index % len(offered)] if offered else ""
        values = {"random": [text], "twice": [sound, text], "drop": []}.get(how, [sound])
        pairs += [(name, value) for value in values]
    return pairs


def _look_for_forms(app: Flask, cast: Cast, pages: dict[str, str]) -> None:
    """Fills `pages`, {endpoint of the form: endpoint of the page}, unless they are known."""
    endpoints = {one.path: one.endpoint for one in cast.own if one.method == "POST"}
    for page in () if pages else cast.own:
        if page.method != "GET":
            continue
        for name in cast.fitting(page.need):
            answer = cast.guests[name].ask(app, "GET", page.path)
            if answer.status_code == 200 and answer.content_type.startswith("text/html"):
                for action in forms_on(answer, page.path):
                    if action in endpoints:
                        pages.setdefault(endpoints[action], page.endpoint)


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
