"""The reference is the uuid's first 40 bits in letters that are not misheard."""

import pytest

from server.services.references import as_heard, readings, reference_of


@pytest.mark.parametrize(
    ("referral_id", "reference"),
    [
        ("00000000-0000-4000-8000-000000000000", "HD-0000-0000"),
        ("ffffffff-ffff-4fff-bfff-ffffffffffff", "HD-ZZZZ-ZZZZ"),
        ("00000000-1fff-4000-8000-000000000000", "HD-0000-000Z"),
        ("08421084-2108-4000-8000-000000000000", "HD-1111-1111"),
    ],
)
def test_worked_examples(referral_id: str, reference: str) -> None:
    assert reference_of(referral_id) == reference


@pytest.mark.parametrize("typed", ["HD-1S0K-7VJ0", "hd 1s0k 7vjo", "1SOK7VJ0", "lsok-7vjo", " HD1S0K7VJ0. "])
def test_what_was_heard_is_what_was_said(typed: str) -> None:
    assert as_heard(typed) == "1S0K7VJ0"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7k3m", ["7K3M"]),
        ("HD-7K3M", ["7K3M"]),
        ("hd 7k3m", ["7K3M"]),
        # The half itself may begin so.
        ("HD7K", ["7K", "HD7K"]),
        ("hdo1-7k3m", ["017K3M", "HD017K3M"]),
        ("HD7K3MQ9TX", ["7K3MQ9TX"]),
        ("HD", []),
        (" - ", []),
        ("", []),
    ],
)
def test_what_a_part_may_stand_for(typed: str, meant: list[str]) -> None:
    assert readings(typed) == meant
