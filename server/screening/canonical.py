"""One way to write a definition or a record as bytes, so that both engines give it the same hash.

Must never meet a float, a boolean or a null: their spelling differs between languages.
"""

import hashlib
import json
from typing import Any


def canonical_json(value: object) -> bytes:
    """The canonical JSON of objects, arrays, strings and integers: keys in code point order, no spaces,
    UTF-8.

    Raises TypeError, with the place, for anything else (a float, a boolean, None, a key that is no string).
    """
    _refuse_other_types(value, ())
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def content_hash(value: object) -> str:
    """The SHA-256 of the canonical JSON as 64 lower-case hex characters. Raises as `canonical_json`."""
    return hash_of(canonical_json(value))


def hash_of(canonical: bytes) -> str:
    """`content_hash`, where the canonical JSON is at hand."""
    return hashlib.sha256(canonical).hexdigest()


def _refuse_other_types(value: object, place: tuple[Any, ...]) -> None:
    # `place` is (the place around it, key): it is put into words only when there is something to say.
    if isinstance(value, dict):
        for key, part in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{_said(place)}: the key {key!r} is not a string")
            _refuse_other_types(part, (place, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            _refuse_other_types(part, (place, index))
    elif isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TypeError(f"{_said(place)}: {type(value).__name__} has no canonical form; use a string or an integer")


def _said(place: tuple[Any, ...]) -> str:
    keys = []
    while place:
        place, key = place
        keys.append(str(key))
    return "/" + "/".join(reversed(keys))
