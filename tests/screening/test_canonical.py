"""The canonical form: the same bytes whatever the order, and nothing that languages spell differently."""

import pytest

from server.screening.canonical import canonical_json, content_hash


def test_keys_are_sorted_by_code_point_and_text_is_not_escaped() -> None:
    assert canonical_json({"b": [1, "é"], "B": {"z": 0, "a": "س"}}) == '{"B":{"a":"س","z":0},"b":[1,"é"]}'.encode()


def test_the_hash_is_that_of_the_bytes_and_does_not_see_the_order() -> None:
    assert content_hash({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert content_hash({"a": 1, "b": 2}) == content_hash({"b": 2, "a": 1})


@pytest.mark.parametrize("value", [1.0, True, None, {"a": [False]}, {1: "a"}, ("a",)])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize(
    ("value", "place"),
    [(None, "/"), ({"a": [{"b": "c"}, {"d": True}]}, "/a/1/d"), ({"a": {1: "b"}}, "/a")],
)
def test_the_place_of_what_is_refused_is_named(value: object, place: str) -> None:
    with pytest.raises(TypeError, match=f"^{place}: "):
        canonical_json(value)
