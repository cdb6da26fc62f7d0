"""Telephone numbers as people write them, kept so that they can be rung from anywhere."""

import pytest

from server.services.partnership.numbers import NumberRefused, as_e164, spoken


@pytest.mark.parametrize(
    ("typed", "nation", "kept"),
    [
        ("0141 496 0101", "GB-SCT", "+441414960101"),
        ("  (0141) 496-0101 ", "GB-SCT", "+441414960101"),
        ("+44 141 496 0101", "GB-NIR", "+441414960101"),
        ("+44 (0)141 496 0101", "GB-SCT", "+441414960101"),
        ("0800 0121 700", "GB-ENG", "+448000121700"),
        ("(202) 555-0143", "US", "+12025550143"),
        ("+353 1 674 0202", "GB-SCT", "+35316740202"),
    ],
)
def test_a_number_is_read_as_its_nation_writes_it(typed: str, nation: str, kept: str) -> None:
    assert as_e164(typed, nation) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "101", "999", "call us", "0141 496", "0141 496 0101 ext 12", "0000 000 000", "+999 1234567", "1" * 300],
)
def test_what_cannot_be_rung_from_anywhere_is_refused(typed: str) -> None:
    with pytest.raises(NumberRefused):
        as_e164(typed, "GB-SCT")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+441412767724", "0141 276 7724"),
        ("+442079460123", "020 7946 0123"),
        ("+18883737888", "+1 888-373-7888"),
        ("999", "999"),
        ("", ""),
        ("+", "+"),
    ],
)
def test_a_number_is_shown_as_people_say_it(number: str, said: str) -> None:
    assert spoken(number) == said
