"""The ILO combination: worked out for work only, for adults only, from published strengths only."""

from pathlib import Path
from typing import Any

import pytest

from server.screening.bank import load_bank
from server.screening.checklist import compile_checklist, load_sources
from server.screening.definitions import CONTENT
from server.screening.narrowing import asked_of
from server.screening.reading import ContentError
from server.screening.scores import ScoreList
from server.screening.screen import screen
from tests.screening.content_copy import copy_of_content, replace
from tests.screening.drawing import CHECKLISTS, PATHWAYS
from tests.screening.test_vectors import VECTORS

BANK = load_bank(CONTENT)
NAME = "ilo-adult-conservative"
ILO = CHECKLISTS["ilo-adult-labour"]["routes"]["adult"]
DIMENSIONS = {"deceptive-recruitment", "coercive-recruitment", "exploitation", "coercion-at-destination"}


def screened(yes: list[str], others: str) -> dict[str, Any]:
    answers = {**dict.fromkeys(ILO["items"], others), **dict.fromkeys(yes, "yes")}
    return screen(CHECKLISTS["ilo-adult-labour"], PATHWAYS["scotland"], answers, {"age": "adult"})


def of_strength(dimension: str, strength: str, number: int) -> list[str]:
    """Signs of `number` different items of one published strength."""
    items = {one["ilo_item"]: one["id"] for one in ILO["scores"][dimension]["items"] if one["strength"] == strength}
    return list(items.values())[:number]


def test_only_lists_about_work_and_only_their_adult_route_have_it() -> None:
    having = {
        (name, route)
        for name, checklist in CHECKLISTS.items()
        for route, body in checklist["routes"].items()
        if body["scores"] or "ilo" in body["displays"]
    }
    assert having == {("workplace", "adult"), ("ilo-adult-labour", "adult")}


def test_each_dimension_accepts_what_the_worked_vectors_accept() -> None:
    worked = [v["definition"]["accept"] for _, v in VECTORS["scoring"] if "accept" in v["definition"]]
    for checklist in ("workplace", "ilo-adult-labour"):
        scores = CHECKLISTS[checklist]["routes"]["adult"]["scores"]
        assert set(scores) == {*DIMENSIONS, NAME}
        for dimension in DIMENSIONS:
            assert scores[dimension]["accept"] == worked[0]
    assert all(accept == worked[0] for accept in worked)


def test_the_combination_is_that_of_the_worked_vectors() -> None:
    worked = next(
        v["definition"] for name, v in VECTORS["scoring"] if name.endswith("ilo-combine-deceive-exploit-coerce")
    )
    assert ILO["scores"][NAME]["expression"] == worked["expression"]


def test_each_sign_has_the_published_strength_of_its_item() -> None:
    for dimension in DIMENSIONS:
        for item in ILO["scores"][dimension]["items"]:
            sign = BANK.indicators[item["id"]]
            assert sign.ilo_dimension == dimension
            assert BANK.ilo_strengths[item["ilo_item"]]["adult_labour"] == item["strength"]


@pytest.mark.parametrize(
    ("recruited", "outcome"),
    [("deceptive-recruitment", "positive"), ("coercive-recruitment", "positive"), ("", "negative")],
)
def test_recruitment_with_exploitation_and_coercion_is_positive_and_decides(recruited: str, outcome: str) -> None:
    needed = [recruited] if recruited else []
    yes = [
        sign
        for dimension in [*needed, "exploitation", "coercion-at-destination"]
        for strength, number in (("strong", 1), ("medium", 3))
        for sign in of_strength(dimension, strength, number)
    ]
    result = screened(yes, "no")
    assert result["displays"]["ilo"] == outcome
    assert (NAME in result.get("scores", ())) == (outcome == "positive")


def test_open_answers_leave_it_open_and_no_to_all_is_negative() -> None:
    assert screened([], "dont_know")["displays"]["ilo"] == "indeterminate"
    assert screened([], "no")["displays"]["ilo"] == "negative"


def test_a_recruitment_dimension_that_nobody_asks_leaves_the_combination_open() -> None:
    """On the plain workplace list nothing is asked of coercion at recruitment: a no to all must not rule it out."""
    workplace = CHECKLISTS["workplace"]
    scores = workplace["routes"]["adult"]["scores"]
    items = workplace["routes"]["adult"]["items"]
    lived = [
        item["id"] for dimension in ("exploitation", "coercion-at-destination") for item in scores[dimension]["items"]
    ]
    answers = {item: "yes" if item in lived else "no" for item in items}
    for setting, outcome in (("any", "indeterminate"), ("farm", "negative")):
        facts = {"age": "adult", "setting": setting}
        given = {**dict.fromkeys(asked_of(workplace, "adult", setting)["items"], "no"), **answers}
        assert screen(workplace, PATHWAYS["scotland"], given, facts)["displays"]["ilo"] == outcome


@pytest.mark.parametrize(
    ("file", "old", "new", "name", "said"),
    [
        ("checklists/sexual.yaml", "displays: [", "displays: [ilo, ", "sexual.yaml", "displays"),
        ("scores.yaml", "strengths: adult_labour", "strengths: adult_work", "scores.yaml", f"scores.{NAME}.strengths"),
        ("scores.yaml", "{strong: 2}", "{stronger: 2}", "scores.yaml", f"scores.{NAME}.accept[0].stronger"),
        ("scores.yaml", "{strong: 2}", "{strong: two}", "scores.yaml", f"scores.{NAME}.accept"),
        ("scores.yaml", "exploitation, coercion", "exploit, coercion", "scores.yaml", f"scores.{NAME}.expression"),
        ("scores.yaml", "    route: adult\n", "", "scores.yaml", f"scores.{NAME}.route"),
    ],
)
def test_a_mistake_names_its_file_and_key(tmp_path: Path, file: str, old: str, new: str, name: str, said: str) -> None:
    content = copy_of_content(tmp_path)
    replace(content / file, old, new)
    checklist = "sexual.yaml" if "sexual" in file else "workplace.yaml"
    with pytest.raises(ContentError) as caught:
        compile_checklist(content / "checklists" / checklist, load_sources(content))
    assert (caught.value.file, caught.value.key) == (name, said)


def test_nothing_is_scored_of_signs_that_carry_no_published_strength() -> None:
    scores = ScoreList(CONTENT / "scores.yaml", BANK)
    unknown = [sign for sign in BANK.indicators.values() if not sign.ilo_item]
    assert set(scores.compiled("adult", ["ilo"], unknown)) == {NAME}
    assert scores.compiled("child_or_unsure", ["ilo"], list(BANK.indicators.values())) == {}
