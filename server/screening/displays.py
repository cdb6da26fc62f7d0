"""The legal tests shown beside a level of concern, each apart. They must never be merged into one "legal
score"."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.bank import Indicator

PILLARS = ("act", "means", "purpose")


class Displays:
    """The legal tests of content/displays.yaml. Raises ContentError with file and key."""

    def __init__(self, path: Path) -> None:
        self._file = path.name
        whole = reading.read_yaml(path)
        reading.only_keys(whole, ("version", "state", "displays"), (), self._file, "(top)")
        self._tests: dict[str, dict[str, Any]] = {}
        for name, found in reading.mapping(whole["displays"], self._file, "displays").items():
            key = f"displays.{name}"
            test = reading.mapping(found, self._file, key)
            reading.only_keys(test, ("legal_test", "required", "source"), (), self._file, key)
            reading.only_keys(test["required"], ("adult", "child", "unknown"), (), self._file, f"{key}.required")
            for age, pillars in test["required"].items():
                for pillar in reading.texts(pillars, self._file, f"{key}.required.{age}"):
                    reading.one_of(pillar, PILLARS, self._file, f"{key}.required.{age}")
            self._tests[name] = {"legal_test": test["legal_test"], "required": test["required"]}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all legal tests."""
        return tuple(self._tests)

    def compiled(self, name: str, signs: Iterable[Indicator]) -> dict[str, Any]:
        """The element_coverage definition of one legal test over `signs`, in their order.

        Signs that are lawful alone, or never counted, fill no element: they could be true of anybody.
        """
        counted = [sign for sign in signs if not sign.marks & {"lawful_alone", "unscored"}]
        elements = {pillar: [sign.id for sign in counted if pillar in sign.elements] for pillar in PILLARS}
        return {"type": "element_coverage", **self._tests[name], "elements": elements}
