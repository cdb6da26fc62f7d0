"""Sections of a checklist and of a chosen part: joined by kind, no sign twice, no more than can be answered."""

from typing import Any

import pytest

from server.screening.bank import load_bank
from server.screening.definitions import CONTENT
from server.screening.reading import ContentError
from server.screening.sections import LONGEST, LONGEST_FOR_SPECIALISTS, joined, read_sections

BANK = load_bank(CONTENT)
SIGNS = list(BANK.indicators)


def section(kind: str, *signs: str, routes: tuple[str, ...] = ("adult",), name: str = "") -> dict[str, Any]:
    return {"id": name or kind, "title": kind, "kind": kind, "routes": list(routes), "indicators": list(signs)}


def test_a_part_joins_by_kind_after_the_checklists_own_and_repeats_are_dropped() -> None:
    own = [section("seen", "a", "b"), section("told", "c"), section("offered", "d")]
    part = [section("offered", "e", "a", name="more"), section("seen", "f", "e", name="first")]
    found = joined("adult", own, part, LONGEST, "x.yaml", "also.p")
    assert [(one["id"], one["indicators"]) for one in found["sections"]] == [
        ("seen", ["a", "b"]),
        ("first", ["f"]),
        ("told", ["c"]),
        ("offered", ["d"]),
        ("more", ["e"]),
    ]
    assert found["items"] == ["a", "b", "f", "c", "d", "e"]
    assert all(set(one) == {"id", "title", "kind", "indicators"} for one in found["sections"])


def test_a_section_whose_signs_are_all_asked_already_is_not_shown_empty() -> None:
    found = joined("adult", [section("seen", "a")], [section("told", "a")], LONGEST, "x.yaml", "also.p")
    assert [one["id"] for one in found["sections"]] == ["seen"]


def test_only_sections_of_the_route_are_joined() -> None:
    own = [section("seen", "a", routes=("adult", "child_or_unsure")), section("told", "b")]
    part = [section("seen", "c", routes=("child_or_unsure",))]
    assert joined("child_or_unsure", own, part, LONGEST, "x.yaml", "also.p")["items"] == ["a", "c"]
    assert joined("adult", own, part, LONGEST, "x.yaml", "also.p")["items"] == ["a", "b"]


@pytest.mark.parametrize("most", [LONGEST, LONGEST_FOR_SPECIALISTS])
def test_the_limit_holds_with_the_part_too(most: int) -> None:
    own, part = [section("seen", *SIGNS[: most - 1])], [section("offered", *SIGNS[: most + 1])]
    assert len(joined("adult", own, [section("told", SIGNS[most])], most, "x.yaml", "also.p")["items"]) == most
    with pytest.raises(ContentError, match=f"{most + 1} signs; nobody answers more than {most}") as caught:
        joined("adult", own, part, most, "x.yaml", "also.p")
    assert (caught.value.file, caught.value.key) == ("x.yaml", "also.p (adult)")


def test_the_limits_are_forty_and_for_specialists_the_longest_published_list() -> None:
    assert (LONGEST, LONGEST_FOR_SPECIALISTS) == (40, 67)


def test_a_sign_that_the_checklist_itself_asks_twice_is_refused() -> None:
    with pytest.raises(ContentError, match="'a' is asked twice"):
        joined("adult", [section("seen", "a"), section("told", "a")], [], LONGEST, "x.yaml", "sections")


@pytest.mark.parametrize(
    ("subject", "changed", "key"),
    [
        ("person", {"kind": "asked"}, "[0].kind"),
        ("person", {"routes": ["place"]}, "[0].routes"),
        ("place", {"routes": ["adult"]}, "[0].routes"),
        ("person", {"kind": "told", "routes": ["adult", "child_or_unsure"]}, "[0].kind"),
        ("person", {"indicators": ["no-such-sign"]}, "[0].indicators"),
        ("person", {"indicators": ["child-working"]}, "[0].indicators"),
        ("person", {"indicators": ["place-beds-at-work"]}, "[0].indicators"),
        ("person", {"asks": "more"}, "[0].asks"),
    ],
)
def test_a_section_that_cannot_be_is_refused(subject: str, changed: dict[str, Any], key: str) -> None:
    sound = section("seen", "lives-at-work")
    read_sections([sound], "person", BANK, "x.yaml", "sections")
    with pytest.raises(ContentError) as caught:
        read_sections([{**sound, **changed}], subject, BANK, "x.yaml", "sections")
    assert caught.value.file == "x.yaml"
    assert caught.value.key == f"sections{key}"
