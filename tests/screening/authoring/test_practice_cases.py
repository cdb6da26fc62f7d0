"""The practice cases are of the content that they travel with: each can be asked, and comes to what it says."""

import pytest

from server.screening.authoring.practice_cases import PracticeCase, load_cases, outcome
from server.screening.compiling import compiled, nations_of
from server.screening.narrowing import asked_of
from server.screening.own_content import SHIPPED
from server.screening.reading import ContentError
from server.screening.screen import screen
from tests.screening.content_copy import copy_of_content, replace

CASES = load_cases(SHIPPED)
FOUND = compiled(SHIPPED)
PACKS = {nation.code: nation.pack for nation in nations_of(SHIPPED)}


def test_there_are_ten_and_two_of_them_need_nothing_more() -> None:
    assert len({case.id for case in CASES}) == len(CASES) == 10
    assert [case.id for case in CASES if case.expert in ("none", "low")] == ["fruit-farm", "old-fashioned"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_comes_to_what_it_says(case: PracticeCase) -> None:
    checklist, pathway = FOUND["checklist", case.checklist], FOUND["pathway", PACKS[case.nation]]
    assert outcome(case, checklist, pathway) == case.expected
    # A case where its writer and the ladder differ is a finding to be told, never to be smoothed over.
    assert case.expected.concern == case.expert


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_can_be_asked(case: PracticeCase) -> None:
    checklist, pathway = FOUND["checklist", case.checklist], FOUND["pathway", PACKS[case.nation]]
    assert case.setting == "any" or case.setting in checklist["parts"]
    for fact, value in case.facts.items():
        assert set([value] if isinstance(value, str) else value) <= set(pathway["facts"][fact]["values"])
    route = screen(checklist, pathway, {}, case.facts)["route"]
    asked = asked_of(checklist, route, case.setting)["items"]
    assert set(case.answers) <= set(asked)
    assert set(case.leave_unknown) <= set(asked) - set(case.answers)


def test_a_case_that_is_not_of_the_form_does_not_load(tmp_path_factory: pytest.TempPathFactory) -> None:
    for old, new, key in (
        ("expert: strong", "expert: certain", r"cases\[0\]\.expert"),
        ("known: seen", "how: seen", r"cases\[0\]\.yes\[0\]"),
        ("title: ", "name: ", r"cases\[0\]\.title"),
        ("setting: car-wash", "setting: ''", r"cases\[0\]\.setting"),
    ):
        content = copy_of_content(tmp_path_factory.mktemp("content"))
        replace(content / "practice-cases.yaml", old, new)
        with pytest.raises(ContentError, match=key):
            load_cases(content)
