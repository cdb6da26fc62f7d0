"""The scores of content/scores.yaml compiled for the signs of one route: the ILO/EC combination.

It runs only where a checklist asks for its display. A dimension of which nothing is asked stays open.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.bank import STRENGTH_LISTS, STRENGTHS, Bank, Indicator
from server.screening.reading import ContentError


class ScoreList:
    """The scores of one file. Raises ContentError with file and key."""

    def __init__(self, path: Path, bank: Bank) -> None:
        self._file = path.name
        self._bank = bank
        self._dimensions = {name.partition(".")[0] for name in bank.ilo_strengths}
        whole = reading.read_yaml(path)
        reading.only_keys(whole, ("version", "state", "scores"), (), self._file, "(top)")
        self._scores = reading.mapping(whole["scores"], self._file, "scores")
        for name, body in self._scores.items():
            self._check(name, reading.mapping(body, self._file, f"scores.{name}"))

    def displayed_as(self, display: str) -> str | None:
        """The score that a display shows, or None when it shows a legal test."""
        return next((name for name, body in self._scores.items() if body["display"] == display), None)

    def compiled(self, route: str, displays: Iterable[str], signs: list[Indicator]) -> dict[str, dict[str, Any]]:
        """Definitions by name: each score whose display is asked for, and the dimensions it combines."""
        found: dict[str, dict[str, Any]] = {}
        for name, body in self._scores.items():
            if body["display"] not in displays or body["route"] != route:
                continue
            accept = [
                {
                    strength: reading.integer(number, self._file, f"scores.{name}.accept")
                    for strength, number in way.items()
                }
                for way in body["accept"]
            ]
            for dimension in sorted(set(_dimensions_in(body["expression"]))):
                items = self._weighed(dimension, body["strengths"], signs)
                if items:
                    found[dimension] = {"type": "strength_combination", "items": items, "accept": accept}
            found[name] = {"type": "dimension_combination", "expression": body["expression"]}
        return found

    def _weighed(self, dimension: str, strengths: str, signs: list[Indicator]) -> list[dict[str, str]]:
        """The signs of a dimension with their published strength; one whose strength is not known is left out."""
        return [
            {"id": sign.id, "ilo_item": sign.ilo_item, "strength": known}
            for sign in signs
            if sign.ilo_dimension == dimension
            and "unscored" not in sign.marks
            and (known := self._bank.ilo_strengths[sign.ilo_item].get(strengths))
        ]

    def _check(self, name: str, body: Mapping[str, Any]) -> None:
        key = f"scores.{name}"
        reading.only_keys(body, ("display", "route", "strengths", "accept", "expression"), (), self._file, key)
        reading.one_of(body["strengths"], STRENGTH_LISTS, self._file, f"{key}.strengths")
        for index, way in enumerate(reading.items(body["accept"], self._file, f"{key}.accept")):
            counts = reading.mapping(way, self._file, f"{key}.accept[{index}]")
            reading.only_keys(counts, (), {*STRENGTHS, "medium_or_weak"}, self._file, f"{key}.accept[{index}]")
        for dimension in _dimensions_in(body["expression"]):
            if dimension not in self._dimensions:
                raise ContentError(
                    self._file, f"{key}.expression", f"{dimension!r} is not a dimension of ilo-items.yaml"
                )


def _dimensions_in(expression: str | Mapping[str, Any]) -> list[str]:
    if isinstance(expression, str):
        return [expression]
    parts = expression.get("all") or expression.get("any") or []
    return [name for part in parts for name in _dimensions_in(part)]
