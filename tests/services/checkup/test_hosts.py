"""What is said of two names of which one is not as the other; no name is asked. Asked for real: test_visiting.py."""

from dataclasses import replace
from datetime import timedelta

import pytest

from server.security import FIELD_CSP, INBOX_CSP
from server.services.checkup import hosts
from server.services.checkup.finding import GOOD, LOOK, UNSEEN, WRONG
from server.services.checkup.visiting import AWAY, DESK_PAGE, NO_HTTPS, PHONE_CALL, PHONE_PAGE, REFUSED, Answer, Visit
from tests.services.checkup.conftest import NOW

_STAYS = ("Strict-Transport-Security", "max-age=31536000")
_LATER, _SOON = NOW + timedelta(days=60), NOW + timedelta(days=13)


def _answer(status: int, policy: str) -> Answer:
    return Answer(status, (("Content-Security-Policy", policy), _STAYS))


FIELD = Visit(
    "https://heed.example",
    {path: _answer(404 if path == DESK_PAGE else 200, FIELD_CSP) for path in (PHONE_PAGE, PHONE_CALL, DESK_PAGE)},
    ends=_LATER,
)
INBOX = Visit(
    "https://inbox.heed.example",
    {DESK_PAGE: _answer(200, INBOX_CSP), PHONE_CALL: _answer(404, INBOX_CSP)},
    ends=_LATER,
)


def test_both_as_they_should_be() -> None:
    looks = (hosts.https, hosts.certificate, hosts.headers, hosts.apart)
    assert [found.state for look in looks if (found := look((FIELD, INBOX), NOW))] == [GOOD] * 4


@pytest.mark.parametrize("swap", [False, True])
def test_the_certificate_that_ends_first_counts(swap: bool) -> None:
    visits = (replace(FIELD, ends=_SOON), INBOX) if swap else (FIELD, replace(INBOX, ends=_SOON))
    found = hosts.certificate(visits, NOW)
    assert found is not None
    assert (found.state, found.facts) == (LOOK, {"at": _SOON})


def test_a_certificate_that_was_not_seen_is_not_vouched_for() -> None:
    found = hosts.certificate((FIELD, replace(INBOX, ends=None)), NOW)
    assert found is not None
    assert found.state == UNSEEN


@pytest.mark.parametrize(
    ("fault", "state", "said"),
    [(REFUSED, WRONG, REFUSED), (NO_HTTPS, WRONG, NO_HTTPS), (AWAY, LOOK, AWAY)],
)
def test_a_fault_of_one_is_said(fault: str, state: str, said: str) -> None:
    visits = (FIELD, Visit(INBOX.origin, fault=fault))
    assert (hosts.https(visits, NOW).state, hosts.https(visits, NOW).found) == (state, said)
    assert hosts.headers(visits, NOW).state == hosts.apart(visits, NOW).state == UNSEEN


def test_one_without_https_is_this_machine() -> None:
    found = hosts.https((FIELD, replace(INBOX, origin="http://inbox.localhost")), NOW)
    assert (found.state, found.found) == (LOOK, "this_machine")


def test_one_answer_of_many_is_enough_to_be_wrong() -> None:
    page = FIELD.answers[PHONE_PAGE]
    for headers, look, said in (
        ((*page.headers, ("Set-Cookie", "lb=1")), hosts.apart, "cookie"),
        (page.headers[:1], hosts.headers, "hsts"),
        ((("Content-Security-Policy", INBOX_CSP), _STAYS), hosts.headers, "policy"),
        ((page.headers[0], (_STAYS[0], "max-age=15551999")), hosts.headers, "hsts"),
    ):
        wrong = replace(FIELD, answers={**FIELD.answers, PHONE_PAGE: Answer(200, headers)})
        found = look((wrong, INBOX), NOW)
        assert (found.state, found.found, found.facts) == (WRONG, said, {"origin": FIELD.origin})
