"""From a request's body to checked values: the strict reader in front of the schemas, and their faults as a
problem."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from flask_smorest import Blueprint
from webargs.flaskparser import FlaskParser

from server.phone.strict_json import read_json
from server.problems import Problem


class StrictParser(FlaskParser):
    """Reads JSON with `read_json`, and turns what marshmallow finds into one problem that names each
    field."""

    def load_json(self, req: Any, schema: Any) -> Any:
        """The body, read strictly."""
        return read_json(req)

    def handle_error(self, error: Any, req: Any, schema: Any, **_kwargs: Any) -> NoReturn:
        """Refuse with 422 and the faults."""
        raise Problem(
            422,
            "wrong-shape",
            "Some of this is not as it should be",
            "Nothing was stored. Each fault names the field.",
            faults=list(faults_in(error.messages.get("json", error.messages), "#")),
        )


class PhoneBlueprint(Blueprint):  # type: ignore[misc]  # flask-smorest has no types
    """A blueprint whose arguments are read by the strict parser."""

    ARGUMENTS_PARSER = StrictParser()


def faults_in(messages: Any, at: str) -> Iterator[dict[str, Any]]:
    """Flatten marshmallow's messages to {pointer, detail, allowed?}.

    Names that a schema does not know are not repeated: they may be something a person typed.
    """
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            unknown = inner == ["Unknown field."]
            place = at if key == "_schema" or unknown else f"{at}/{key}"
            yield from faults_in(["has a key that is not known here"] if unknown else inner, place)
        return
    for message in messages:
        if isinstance(message, Mapping):
            yield {**message, "pointer": f"{at}{message['pointer']}"}
        else:
            yield {"pointer": at, "detail": str(message)}
