"""The small words that the JSON Schemas of content are made of."""

from collections.abc import Collection, Mapping
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "pattern": "\\S"}
TEXTS: Schema = {"type": "array", "items": TEXT, "uniqueItems": True}
# Content is read with every scalar as the text that stands there; other readers make numbers of digits.
NUMBER: Schema = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]+$"}]}


def one_of(values: Collection[str]) -> Schema:
    """One of these words."""
    return {"enum": sorted(values)}


def list_of(schema: Schema) -> Schema:
    """A list in which nothing stands twice."""
    return {"type": "array", "items": schema, "uniqueItems": True}


def closed(required: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> Schema:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }
