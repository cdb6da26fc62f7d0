"""Areas of every nation: codes that are theirs alone, small ones that roll up, few people said where they are few."""

import re
from pathlib import Path
from typing import Any

import pytest

from server.phone.coded_shape import _CODE
from server.screening.areas import load_areas
from server.screening.definitions import CONTENT, NATIONS
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace

FOLDER = CONTENT / "areas"
AREAS: dict[str, list[dict[str, Any]]] = {
    nation.name: load_areas(FOLDER / f"{nation.name}.json")["areas"] for nation in NATIONS
}


@pytest.mark.parametrize(
    ("name", "number", "codes"),
    [
        ("scotland", 32, r"S120000\d\d"),
        ("england", 9, r"E1200000\d"),
        ("wales", 22, r"W060000\d\d"),
        ("northern-ireland", 11, r"N090000\d\d"),
        ("united-states", 51, r"US-[A-Z]{2}"),
    ],
)
def test_a_nation_has_all_its_areas_under_their_official_codes(name: str, number: int, codes: str) -> None:
    assert len(AREAS[name]) == number
    assert [area["code"] for area in AREAS[name] if not re.fullmatch(codes, area["code"])] == []


def test_no_code_of_two_nations_is_the_same_and_each_fits_into_a_referral() -> None:
    sent = [area.get("roll_up", area)["code"] for areas in AREAS.values() for area in areas]
    codes = [area["code"] for areas in AREAS.values() for area in areas]
    assert len(set(codes)) == len(codes)
    assert all(_CODE.fullmatch(code) for code in (*codes, *sent))


def test_a_small_island_council_rolls_up_to_its_police_division() -> None:
    rolled = {area["name"]: area["roll_up"] for areas in AREAS.values() for area in areas if "roll_up" in area}
    assert set(rolled) == {"Na h-Eileanan Siar", "Orkney Islands", "Shetland Islands"}
    assert all(wider == {"code": "police-N", "name": "Highlands and Islands"} for wider in rolled.values())


def test_few_people_are_said_where_what_is_sent_holds_few() -> None:
    few = {name: {area["name"] for area in areas if area.get("few")} for name, areas in AREAS.items()}
    assert {"Clackmannanshire", "Inverclyde"} < few["scotland"]
    # They go as Highlands and Islands, which is large.
    assert "Orkney Islands" not in few["scotland"]
    assert "Glasgow City" not in few["scotland"]
    assert "Merthyr Tydfil" in few["wales"]
    assert few["england"] == few["northern-ireland"] == few["united-states"] == set()


def test_a_wider_area_that_holds_few_itself_says_so(tmp_path: Path) -> None:
    file = copy_of_content(tmp_path) / "areas" / "scotland.json"
    replace(file, '"few_below": 100000', '"few_below": 400000')
    orkney = next(area for area in load_areas(file)["areas"] if area["name"] == "Orkney Islands")
    assert (orkney["few"], orkney["roll_up"]["code"]) == (1, "police-N")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"wider": "police-A", "population": 227560', '"wider": "police-B", "population": 227560', "areas[0].wider"),
        ('"code": "S12000034"', '"code": "S12000033"', "areas"),
        ('"code": "S12000034"', '"code": "police-A"', "areas"),
        ('"population": 227560', '"population": "many"', "areas[0].population"),
        ('"name": "Aberdeen City"', '"name": ""', "areas[0].name"),
        ('"police-C": "Forth Valley"', '"police-C": "Forth Valley", "police-Z": "Nowhere"', "wider.police-Z"),
        ('"few_below": 100000,', "", "(top).few_below"),
    ],
)
def test_a_fault_names_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    file = copy_of_content(tmp_path) / "areas" / "scotland.json"
    replace(file, old, new)
    with pytest.raises(ContentError) as told:
        load_areas(file)
    assert (told.value.file, told.value.key) == ("scotland.json", key)
