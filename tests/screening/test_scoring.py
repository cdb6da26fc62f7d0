"""Scores with bounds; what the published rules give stands in tests/vectors/scoring.json."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.screening.scoring import score
from tests.depth import DEPTH
from tests.screening.drawing import ANSWERS

ITEMS = ["a", "b", "c", "d"]
ANY_ANSWERS = st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(ANSWERS))


@settings(max_examples=DEPTH.examples)
@given(ANY_ANSWERS, st.integers(1, 4))
def test_a_count_is_certain_only_when_the_open_answers_cannot_change_it(answers: dict[str, str], k: int) -> None:
    definition = {"type": "count_at_least", "k": k, "items": ITEMS}
    result = score(definition, answers)
    at_least = score(definition, {item: "yes" if answers.get(item) == "yes" else "no" for item in ITEMS})
    at_most = score(definition, {item: "no" if answers.get(item) == "no" else "yes" for item in ITEMS})
    same = at_least["outcome"] == at_most["outcome"]
    assert result["outcome"] == (at_least["outcome"] if same else "indeterminate")
    assert result["as_recorded"] == at_least["outcome"]


def test_an_item_without_an_answer_counts_from_nothing_to_its_most_points() -> None:
    definition = {
        "type": "weighted_bands",
        "items": [{"id": "a", "points": {"clear": 5}}],
        "bands": [{"id": "high", "min": 4}, {"id": "low", "min": 0}],
    }
    result = score(definition, {})
    assert (result["score_min"], result["score_max"]) == (0, 5)
    assert (result["band_min"], result["band_max"], result["outcome"]) == ("low", "high", "indeterminate")


def test_an_unknown_age_needs_what_a_child_needs_unless_it_is_given() -> None:
    definition = {
        "type": "element_coverage",
        "required": {"adult": ["act", "means"], "child": ["act"], "unknown": ["act"]},
        "elements": {"act": ["a"], "means": ["b"]},
    }
    answers = {"a": "yes", "b": "no"}
    assert score(definition, answers)["outcome"] == "positive"
    assert score(definition, answers, {"age_group": "adult"})["missing"] == ["means"]


def test_a_type_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="weighted_dreams"):
        score({"type": "weighted_dreams"}, {})
