"""The coded part takes what phones may say and nothing else; the inbox has words for what it takes."""

import pytest

from server.inbox import words
from server.phone.coded_shape import REACH, faults_of
from tests.referrals import coded


@pytest.mark.parametrize("reach", REACH)
def test_every_way_to_be_reached_is_taken(reach: str) -> None:
    assert faults_of({**coded(), "reach": reach}) == []


def test_no_other_way_to_be_reached_is() -> None:
    assert [fault["pointer"] for fault in faults_of({**coded(), "reach": "fax"})] == ["/reach"]


@pytest.mark.usefixtures("app")
def test_every_way_to_be_reached_has_words() -> None:
    assert {reach for reach in REACH if words.reach(reach) == reach} == set()
