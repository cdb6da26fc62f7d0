"""What is wrong outweighs what is worth a look, and neither hides the other."""

from server.services.checkup.finding import GOOD, LOOK, WRONG, Finding, Place, of_few, of_places

ONE, TWO = Place("One", "The council"), Place("Two", "The council")
NOBODY, SOMEBODY = Place("One", "The council", 0), Place("Two", "The council", 1)


def test_every_place_is_named_also_beside_a_worse_one() -> None:
    assert of_places("keys", (ONE,), (TWO,)) == Finding("keys", WRONG, "wrong", places=(ONE, TWO))
    assert of_places("keys", (), (TWO,)) == Finding("keys", LOOK, "look", places=(TWO,))
    assert of_places("keys", ()) == Finding("keys", GOOD, "good")


def test_nobody_is_wrong_and_too_few_are_worth_a_look() -> None:
    assert of_few("readers", [SOMEBODY, NOBODY]) == Finding("readers", WRONG, "wrong", places=(NOBODY, SOMEBODY))
    assert of_few("readers", [SOMEBODY]) == Finding("readers", LOOK, "look", places=(SOMEBODY,))
    assert of_few("readers", []) == Finding("readers", GOOD, "good")
