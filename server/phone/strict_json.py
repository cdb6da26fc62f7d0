"""Reading a request's JSON strictly: what two programs could read differently is refused, with the reason.

Refused: text that is not UTF-8, repeated keys, numbers with a point or an exponent, NaN and Infinity, deep
nesting.
"""

import json
from typing import Any, NoReturn

from flask import Request

from server.problems import Problem

_CANNOT_READ = "This is not JSON as Heed reads it"


def read_json(request: Request) -> Any:
    """The body of a request as Python values.

    Raises Problem 415 (other content type), 400 with codes not-utf8, not-json, repeated-key, not-an-integer,
    too-deep; werkzeug's RequestEntityTooLarge passes through.
    """
    if request.mimetype != "application/json":
        raise Problem(415, "not-json-type", "Only JSON is taken in", "Send it with Content-Type: application/json.")
    body = request.get_data(cache=False)
    try:
        return json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_without_repeats,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except UnicodeDecodeError:
        raise Problem(400, "not-utf8", _CANNOT_READ, "Send it in UTF-8.") from None
    except RecursionError:
        raise Problem(400, "too-deep", _CANNOT_READ, "Nest objects and lists less deeply.") from None
    except ValueError:
        raise Problem(400, "not-json", _CANNOT_READ, "Send one JSON object.") from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem(400, "repeated-key", _CANNOT_READ, "Name each key of an object once.")
    return found


def _no_float(_text: str) -> NoReturn:
    raise Problem(400, "not-an-integer", _CANNOT_READ, "Send whole numbers without a point or an exponent.")
