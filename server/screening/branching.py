"""Which route a check takes and which ladders decide on it, read from content/branching.yaml.

Predicates look at who the check is about (a person or a place, an age) and how they were met. No other field
of a person is among the facts, and none may be added.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.bank import MARKS
from server.screening.predicates import check_predicate


class Branching:
    """The branching of one file, checked. Raises ContentError with file and key."""

    def __init__(self, path: Path, ladders: Collection[str]) -> None:
        file = path.name
        whole = reading.read_yaml(path)
        wanted = ("version", "state", "facts", "routes", "ladders", "asks", "show_card")
        reading.only_keys(whole, wanted, (), file, "(top)")
        self.facts = {
            name: reading.texts(values, file, f"facts.{name}")
            for name, values in reading.mapping(whole["facts"], file, "facts").items()
        }
        self._scope = {"facts": {name: {"values": values} for name, values in self.facts.items()}, "macros": {}}
        self._file = file
        self.routes = self._named(whole["routes"], "routes")
        self.ladders: dict[str, list[dict[str, Any]]] = {}
        for route, listed in reading.mapping(whole["ladders"], file, "ladders").items():
            reading.one_of(route, self.names, file, "ladders")
            self.ladders[route] = self._named(listed, f"ladders.{route}")
            for entry in self.ladders[route]:
                reading.one_of(entry["name"], ladders, file, f"ladders.{route}")
        for route in self.names:
            reading.one_of(route, self.ladders, file, f"routes.{route} (ladders)")
        self.asks = self._asked(whole["asks"])
        self.show_card = self._predicate(whole["show_card"], "show_card")

    @property
    def names(self) -> list[str]:
        """The routes, in the order in which they are tried."""
        return [entry["name"] for entry in self.routes]

    def when(self, route: str) -> Mapping[str, Any]:
        """The predicate of one route."""
        found: Mapping[str, Any] = next(entry["when"] for entry in self.routes if entry["name"] == route)
        return found

    def _named(self, listed: object, key: str) -> list[dict[str, Any]]:
        entries = []
        for index, entry in enumerate(reading.items(listed, self._file, key)):
            place = f"{key}[{index}]"
            body = reading.mapping(entry, self._file, place)
            reading.only_keys(body, ("name", "when"), (), self._file, place)
            name = reading.text(body["name"], self._file, f"{place}.name")
            entries.append({"name": name, "when": self._predicate(body["when"], f"{place}.when")})
        reading.texts([entry["name"] for entry in entries], self._file, key)
        return entries

    def _asked(self, listed: object) -> list[dict[str, Any]]:
        entries = []
        for index, entry in enumerate(reading.items(listed, self._file, "asks")):
            place = f"asks[{index}]"
            body = reading.mapping(entry, self._file, place)
            reading.only_keys(body, ("fact", "mark", "when"), (), self._file, place)
            reading.one_of(body["mark"], MARKS, self._file, f"{place}.mark")
            when = self._predicate(body["when"], f"{place}.when")
            fact = reading.text(body["fact"], self._file, f"{place}.fact")
            entries.append({"fact": fact, "mark": body["mark"], "when": when})
        return entries

    def _predicate(self, predicate: Any, key: str) -> dict[str, Any]:
        check_predicate(self._scope, predicate, self._file, key)
        checked: dict[str, Any] = predicate
        return checked
