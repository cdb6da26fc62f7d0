"""Whatever was written, in whatever order: the chain holds, and any one change of one row is found where it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.services.audit.chain import BY_PHONES, START, link
from server.services.audit.walk import Fault, Marks, Place, Walk

Row = dict[str, Any]

_DAY = datetime(2026, 11, 22, tzinfo=UTC)
_KINDS = st.sampled_from([*sorted(BY_PHONES), "claimed", "closed", "signed_in", "phone_joined"])
_MOMENTS = st.integers(0, 3 * 24 * 3600).map(lambda seconds: _DAY + timedelta(seconds=seconds))
_CODES = st.text(st.characters(codec="utf-8"), max_size=8)
_DETAILS = st.dictionaries(_CODES, st.integers() | _CODES | st.lists(_CODES, max_size=2), max_size=3)
_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "organisation_id": st.integers(1, 9),
    "kind": _KINDS,
    "member_id": st.none() | st.integers(1, 9),
    "referral_id": st.none() | st.uuids().map(str),
    "about_kind": st.none() | st.sampled_from(["team", "member"]),
    "about_id": st.none() | st.integers(1, 9).map(str),
    "detail": _DETAILS,
    "at": _MOMENTS,
}
_EVENTS = st.lists(st.fixed_dictionaries(_FIELDS), min_size=1, max_size=12)


def _chained(events: list[Row]) -> list[Row]:
    before, rows = START, []
    for seq, event in enumerate(events, start=1):
        row = {**event, "organisation_id": 1, "seq": seq}
        before = link(before, row)
        rows.append({**row, "hash": before})
    return rows


def _fault(rows: list[Row], head: Place | None, kept: tuple[Place, ...] = ()) -> Fault | None:
    walk = Walk({}, [Marks("elsewhere", kept)])
    for row in rows:
        walk.take(row)
    return walk.ended(head)


def _covered(row: Row) -> Row:
    """What counts of a row: of what a phone did, the day."""
    return {**row, "at": row["at"].date() if row["kind"] in BY_PHONES else row["at"]}


@given(events=_EVENTS)
def test_what_was_written_holds(events: list[Row]) -> None:
    rows = _chained(events)
    places = tuple(Place(row["seq"], row["hash"]) for row in rows)
    assert _fault(rows, places[-1], places) is None


@given(events=_EVENTS, data=st.data())
def test_any_change_of_one_field_is_found_where_it_is(events: list[Row], data: st.DataObject) -> None:
    rows = _chained(events)
    head = Place(rows[-1]["seq"], rows[-1]["hash"])
    at = data.draw(st.integers(0, len(rows) - 1))
    field = data.draw(st.sampled_from(sorted(_FIELDS)))
    changed = {**rows[at], field: data.draw(_FIELDS[field])}
    rows[at], was = changed, rows[at]
    expected = None if _covered(changed) == _covered(was) else Fault("changed", at + 1)
    assert _fault(rows, head) == expected


@given(events=_EVENTS, data=st.data())
def test_any_row_taken_out_is_found_where_it_was(events: list[Row], data: st.DataObject) -> None:
    rows = _chained(events)
    head = Place(rows[-1]["seq"], rows[-1]["hash"])
    at = data.draw(st.integers(0, len(rows) - 1))
    del rows[at]
    fault = _fault(rows, head)
    assert fault is not None
    # A chain without its first says where it begins, any other what is missing.
    assert fault.seq == (2 if at == 0 and rows else at + 1)


@given(events=_EVENTS, data=st.data())
def test_any_two_rows_that_changed_places_are_found_at_the_first(events: list[Row], data: st.DataObject) -> None:
    rows = _chained(events)
    head = Place(rows[-1]["seq"], rows[-1]["hash"])
    one, two = (data.draw(st.integers(0, len(rows) - 1)) for _ in range(2))
    rows[one], rows[two] = ({**rows[there], "seq": rows[here]["seq"]} for here, there in ((one, two), (two, one)))
    assert _fault(rows, head) == (None if one == two else Fault("changed", min(one, two) + 1))
