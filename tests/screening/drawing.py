"""What the property tests of screening draw from: answers to the signs of a list, facts of a pathway, small
ladders."""

from typing import Any

from hypothesis import strategies as st

from server.screening.definitions import shipped
from server.screening.narrowing import asked_of, narrowed_ladder

ANSWERS = ("yes", "no", "dont_know", "declined", "not_asked")
CHILD_AGES = ("under16", "16-17", "unsure")

CHECKLISTS: dict[str, dict[str, Any]] = {one["id"]: one for one in shipped().values() if one["kind"] == "checklist"}
PATHWAYS: dict[str, dict[str, Any]] = {one["id"]: one for one in shipped().values() if one["kind"] == "pathway"}


def settings_of(checklist: dict[str, Any], route: str) -> list[str]:
    """No part ("any"), and every part that adds something to this route."""
    return ["any", *(name for name in checklist["part_order"] if route in checklist["parts"][name]["routes"])]


def signs_of(checklist: dict[str, Any], route: str, setting: str = "any") -> dict[str, Any]:
    """The compiled signs that are asked, in their order."""
    return {sign: checklist["indicators"][sign] for sign in asked_of(checklist, route, setting)["items"]}


# Every ladder over the signs that can really be asked together: those of a route, alone and joined with each part.
LADDERS = [
    (f"{checklist}/{route}/{setting}/{entry['name']}", narrowed_ladder(entry["ladder"], signs))
    for checklist, definition in CHECKLISTS.items()
    for route, body in definition["routes"].items()
    for setting in settings_of(definition, route)
    for signs in [signs_of(definition, route, setting)]
    for entry in body["ladders"]
]


def answers_to(items: list[str]) -> st.SearchStrategy[dict[str, str]]:
    """Answers to some of the signs; about half of those given are yes, so that high levels come up."""
    some = st.sampled_from(("yes", "yes", "yes", *ANSWERS))
    return st.lists(st.sampled_from(items), unique=True).flatmap(
        lambda ids: st.fixed_dictionaries(dict.fromkeys(ids, some))
    )


def facts_of(pathway: dict[str, Any], **fixed: str) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the facts of a pathway, each at any of its values; those in `fixed` as they are given."""
    free = {
        name: st.lists(st.sampled_from(fact["values"]), unique=True, min_size=1)
        if "set" in fact
        else st.sampled_from(fact["values"])
        for name, fact in pathway["facts"].items()
        if name not in fixed
    }
    return st.fixed_dictionaries({name: st.just(value) for name, value in fixed.items()}, optional=free)


@st.composite
def small_ladders(draw: st.DrawFn) -> dict[str, Any]:
    """Ladders of any form over up to seven signs, small enough to try every set of answers."""
    items = list("abcdefg")[: draw(st.integers(2, 7))]
    names = ("p", "q", "r")
    sets = {name: [item for item in items if draw(st.booleans())] for name in names}
    fold = {item: draw(st.sampled_from(("k1", "k2"))) for item in items if draw(st.booleans())}
    leaf = st.one_of(
        st.builds(
            lambda name, number: {"count": {"set": name, "at_least": number}},
            st.sampled_from(names),
            st.integers(1, 2),
        ),
        st.builds(lambda name: {"score": name}, st.sampled_from(("s1", "s2"))),
    )
    expression = st.recursive(
        leaf,
        lambda parts: st.builds(
            lambda operator, inside: {operator: inside},
            st.sampled_from(("all", "any")),
            st.lists(parts, min_size=1, max_size=3),
        ),
        max_leaves=4,
    )
    levels = ("strong", "some", "low")
    rungs = [{"level": level, "when": draw(expression)} for level in levels]
    return {
        "type": "ladder",
        "items": items,
        "sets": sets,
        "fold": fold,
        "rungs": rungs,
        "floor": "none",
        "flags": {},
    }
