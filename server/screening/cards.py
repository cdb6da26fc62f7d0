"""The words for the person compiled into one flat definition: what may be shown, to whom, and in what order.

A message to the person holds no figure and no name of an office: those stand on a line of their own, as they are in
every language, so that a translation can never change a number.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.predicates import check_predicate
from server.screening.reading import ContentError

FORMAT = 1
#: What the phone puts on the line under a message.
FROM = ("organisation", "emergency")

_MESSAGE = ("id", "text", "comment")
_MESSAGE_ALSO = ("checked_only", "line", "from", "answers", "when", "note")
_FIGURE = re.compile(r"\d")


def compile_cards(path: Path) -> dict[str, Any]:
    """The definition (kind cards, format 1) of the YAML file `path`.

    Raises ContentError, with file and key, for an unknown key, fact, value or answer, an id that stands twice, a
    figure inside a message, a group without messages, or wording that must be checked beside some that need not be.
    """
    file = path.name
    source = reading.read_yaml(path)
    reading.only_keys(source, ("id", "version", "state", "facts", "groups"), (), file, "(top)")
    scope = {"facts": _facts(source["facts"], file), "macros": {}}
    groups: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for at, entry in enumerate(reading.items(source["groups"], file, "groups")):
        key = f"groups[{at}]"
        group = reading.mapping(entry, file, key)
        reading.only_keys(group, ("id", "about", "when", "messages"), (), file, key)
        name = reading.text(group["id"], file, f"{key}.id")
        if name in groups:
            raise ContentError(file, f"{key}.id", f"{name!r} stands twice")
        found = _messages(group["messages"], messages, scope, file, f"{key}.messages")
        if len({one["checked_only"] for one in found.values()}) != 1:
            raise ContentError(file, key, "must hold messages, all of them checked_only or none")
        messages |= found
        groups[name] = {
            "about": reading.text(group["about"], file, f"{key}.about"),
            "when": _predicate(scope, group["when"], file, f"{key}.when"),
            "messages": list(found),
        }
    for name, message in messages.items():
        for answer in message.get("answers", []):
            reading.one_of(answer, messages, file, f"{name}.answers")
    return {
        "kind": "cards",
        "format": FORMAT,
        "id": reading.text(source["id"], file, "id"),
        "version": reading.integer(source["version"], file, "version"),
        "state": reading.text(source["state"], file, "state"),
        "order": list(messages),
        "groups": groups,
        "messages": messages,
    }


def comments_of(path: Path) -> dict[str, str]:
    """What translators are told of each message, by its id. Call it for a file that compiles."""
    groups = reading.read_yaml(path)["groups"]
    return {message["id"]: message["comment"] for group in groups for message in group["messages"]}


def _facts(source: object, file: str) -> dict[str, Any]:
    """The facts that predicates may look at, as predicates.py reads them: a list of values, or a set."""
    found: dict[str, Any] = {}
    for name, body in reading.mapping(source, file, "facts").items():
        key = f"facts.{name}"
        if isinstance(body, dict):
            reading.only_keys(body, ("set", "values"), (), file, key)
            reading.one_of(body["set"], ("true",), file, f"{key}.set")
            found[name] = {"set": "true", "values": reading.texts(body["values"], file, f"{key}.values")}
        else:
            found[name] = {"values": reading.texts(body, file, key)}
    return found


def _messages(
    source: object, before: Mapping[str, Any], scope: Mapping[str, Any], file: str, key: str
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for at, entry in enumerate(reading.items(source, file, key)):
        place = f"{key}[{at}]"
        body = reading.mapping(entry, file, place)
        reading.only_keys(body, _MESSAGE, _MESSAGE_ALSO, file, place)
        name = reading.text(body["id"], file, f"{place}.id")
        if name in before or name in found:
            raise ContentError(file, f"{place}.id", f"{name!r} stands twice")
        found[name] = _message(body, scope, file, name)
    return found


def _message(body: Mapping[str, Any], scope: Mapping[str, Any], file: str, key: str) -> dict[str, Any]:
    said = reading.text(body["text"], file, f"{key}.text")
    if _FIGURE.search(said):
        raise ContentError(file, f"{key}.text", "holds a figure; put it into `line`, or let it come `from` the pack")
    reading.text(body["comment"], file, f"{key}.comment")
    checked_only = reading.one_of(body.get("checked_only", "false"), ("true", "false"), file, f"{key}.checked_only")
    message: dict[str, Any] = {"text": said, "checked_only": int(checked_only == "true")}
    if "line" in body and "from" in body:
        raise ContentError(file, f"{key}.from", "has a line already; keep one of them")
    for name in ("line", "note"):
        if name in body:
            message[name] = reading.text(body[name], file, f"{key}.{name}")
    if "from" in body:
        message["from"] = reading.one_of(body["from"], FROM, file, f"{key}.from")
    if "answers" in body:
        message["answers"] = reading.texts(body["answers"], file, f"{key}.answers")
    if "when" in body:
        message["when"] = _predicate(scope, body["when"], file, f"{key}.when")
    return message


def _predicate(scope: Mapping[str, Any], predicate: Any, file: str, key: str) -> dict[str, Any]:
    check_predicate(scope, predicate, file, key)
    checked: dict[str, Any] = predicate
    return checked
