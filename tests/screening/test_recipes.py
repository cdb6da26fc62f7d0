"""The ways to a rung: what cannot be met is not searched, and no set longer than what is lacking is tried."""

from typing import Any

from server.screening.recipes import Recipe, Search, recipes_of
from tests.screening.drawing import LADDERS

LADDER: dict[str, Any] = {
    "fold": {"a": "k", "b": "k"},
    "sets": {"p": ["a", "b", "c"], "q": ["c", "d"], "none": []},
}


def recipe(**counts: int) -> Recipe:
    return Recipe(counts, frozenset())


def test_a_recipe_that_all_ids_together_do_not_meet_is_no_way() -> None:
    search = Search(LADDER, ["a", "b", "c", "d"])
    assert search.way(recipe(p=3)) is None, "a and b are one thing"
    assert search.way(recipe(p=1, none=1)) is None
    assert search.way(recipe(p=2, q=2)) is not None
    assert Search(LADDER, ["a", "b"], ["c"]).way(recipe(p=2, q=2)) is None


def test_a_way_asks_for_no_more_ids_than_it_lacks_keys() -> None:
    way = Search(LADDER, ["a", "b", "c", "d"], ["b"]).way(recipe(p=2, q=1))
    assert way is not None
    assert way.longest == 2
    assert [way.first_of_size(size) for size in range(4)] == [None, ["c"], None, None]


def test_a_recipe_that_is_met_already_needs_nothing() -> None:
    way = Search(LADDER, [], ["c"]).way(recipe(p=1, q=1))
    assert way is not None
    assert (way.longest, way.first_of_size(0), way.first_of_size(1)) == (0, [], None)


def test_a_rung_that_rests_on_a_score_leaves_its_signs_alone_unsearched() -> None:
    """Trying them in every size would take longer, on 67 signs, than a person waits."""
    ladder = dict(LADDERS)["ilo-adult-labour/adult/any/adult"]
    sets = ladder["sets"]
    control = [sign for sign in sets["control"] if sign not in (*sets["decisive_strong"], *sets["purpose"])]
    ways = [Search(ladder, control).way(one) for one in recipes_of(ladder["rungs"][0]["when"])]
    assert [way is None for way in ways] == [True, True, True, True, False]
