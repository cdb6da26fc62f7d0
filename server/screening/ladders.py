"""Compiles the ladders of content/ladders.yaml, which filter the bank by its fields, into flat sets of one
checklist's signs. No field of a person is among the filters, and none may be added."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.bank import Bank
from server.screening.ladder_rules import check_ladder
from server.screening.reading import ContentError
from server.screening.sign_filters import SignFilters


class Ladders:
    """The ladders of one file, to be compiled for the signs of one route. Raises ContentError with file and
    key."""

    def __init__(self, path: Path, bank: Bank) -> None:
        self._file = path.name
        self._bank = bank
        whole = reading.read_yaml(path)
        reading.only_keys(whole, ("version", "state", "levels", "floor", "sets", "ladders"), (), self._file, "(top)")
        self._levels = reading.texts(whole["levels"], self._file, "levels")
        self._floor = reading.text(whole["floor"], self._file, "floor")
        self._shared = reading.mapping(whole["sets"], self._file, "sets")
        self._ladders = reading.mapping(whole["ladders"], self._file, "ladders")
        self._filters: dict[str, SignFilters] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all ladders in the file."""
        return tuple(self._ladders)

    def compiled(self, name: str, items: list[str], scores: frozenset[str]) -> dict[str, Any]:
        """The flat ladder `name` over `items` (checklist order); rungs that rest on a score not in `scores`
        lose it.

        Raises ContentError when the ladder, one of its filters or the result is not as the form asks.
        """
        body = self._body(name)
        filters = self._filters.get(name)
        if filters is None:
            filters = self._filters[name] = SignFilters({**self._shared, **body["sets"]}, self._bank, self._file)
        rungs: list[dict[str, Any]] = [
            {"level": level, "when": when}
            for level in self._levels
            if (when := self._expression(body["rungs"].get(level), scores, name)) is not None
        ]
        flags = {
            flag: part
            for flag, when in body["flags"].items()
            if (part := self._expression(when, scores, name)) is not None
        }
        expressions = [*(rung["when"] for rung in rungs), *flags.values()]
        named = sorted({found for part in expressions for found in _sets_in(part)})
        members = [self._bank.indicators[item] for item in items]
        ladder = {
            "type": "ladder",
            "items": items,
            "rungs": rungs,
            "floor": self._floor,
            "flags": flags,
            "sets": {found: [sign.id for sign in members if filters.in_set(sign, found)] for found in named},
            "fold": {sign.id: sign.ilo_item for sign in members if sign.ilo_item and "unscored" not in sign.marks},
        }
        check_ladder(ladder, self._file, name)
        return ladder

    def _body(self, name: str) -> dict[str, dict[str, Any]]:
        if name not in self._ladders:
            raise ContentError(self._file, f"ladders.{name}", "there is no such ladder")
        body = reading.mapping(self._ladders[name], self._file, f"ladders.{name}")
        if "like" in body:
            reading.only_keys(body, ("like", "sets"), (), self._file, f"ladders.{name}")
            model = self._body(reading.text(body["like"], self._file, f"ladders.{name}.like"))
            return {**model, "sets": {**model["sets"], **body["sets"]}}
        reading.only_keys(body, ("rungs", "flags"), ("sets",), self._file, f"ladders.{name}")
        for level in body["rungs"]:
            reading.one_of(level, self._levels, self._file, f"ladders.{name}.rungs")
        return {"sets": body.get("sets", {}), "rungs": body["rungs"], "flags": body["flags"]}

    def _expression(self, part: Any, scores: frozenset[str], key: str) -> dict[str, Any] | None:
        """The expression with numbers as numbers; None where nothing is left of it without the missing
        scores."""
        if part is None:
            return None
        body = reading.mapping(part, self._file, key)
        operator, inside = next(iter(body.items()))
        if operator in ("all", "any"):
            parts = [
                self._expression(one, scores, f"{key}.{operator}")
                for one in reading.items(inside, self._file, f"{key}.{operator}")
            ]
            left = [one for one in parts if one is not None]
            # Without one of its parts an `all` could only be met too easily, so it goes as a whole.
            gone = len(left) < len(parts) if operator == "all" else bool(parts) and not left
            return None if gone else {operator: left}
        if operator == "score":
            return {"score": inside} if inside in scores else None
        if operator == "count":
            reading.only_keys(inside, ("set", "at_least"), (), self._file, f"{key}.count")
            return {
                "count": {
                    "set": inside["set"],
                    "at_least": reading.integer(inside["at_least"], self._file, f"{key}.count.at_least"),
                }
            }
        raise ContentError(self._file, key, f"{operator!r} is not known; use all, any, count or score")


def _sets_in(expression: Mapping[str, Any]) -> Iterator[str]:
    for operator, inside in expression.items():
        if operator == "count":
            yield inside["set"]
        elif operator != "score":
            for part in inside:
                yield from _sets_in(part)
