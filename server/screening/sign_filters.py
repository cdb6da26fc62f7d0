"""Which signs of the bank belong to a set of a ladder. Filters look at what a sign shows, never at who a
person is."""

from collections.abc import Callable, Mapping
from typing import Any

from server.screening import reading
from server.screening.bank import MARKS, Bank, Indicator
from server.screening.reading import ContentError

Filter = Mapping[str, Any]

_FIELDS = ("element", "applies_to", "decisive", "place_group", "ilo_dimension")


class SignFilters:
    """The named sets of one ladder, as filters over the bank (content/ladders.yaml says how they read)."""

    def __init__(self, sets: Mapping[str, Filter], bank: Bank, file: str) -> None:
        self._sets = sets
        self._bank = bank
        self._file = file
        self._conditions: dict[str, Callable[[Indicator, Any, str], bool]] = {
            "ids": self._is_one_of,
            "weight_min": self._weighs,
            "mark": self._is_marked,
            "unmarked": self._is_unmarked,
        }
        signs = bank.indicators.values()
        # Sets name each other, and every checklist asks for the same.
        self._found: dict[tuple[str, str], bool] = {}
        self._values = {name: set().union(*(_field(sign, name) for sign in signs)) - {""} for name in _FIELDS}

    def in_set(self, sign: Indicator, name: str, trail: tuple[str, ...] = ()) -> bool:
        """Whether `sign` belongs to the set `name`; `trail` holds the sets that led here.

        Raises ContentError for an unknown set, condition or value, and for sets that go in a circle.
        """
        if name not in self._sets:
            raise ContentError(self._file, f"sets.{name}", "there is no such set")
        if name in trail:
            raise ContentError(self._file, f"sets.{name}", f"goes in a circle: {' > '.join((*trail, name))}")
        if (sign.id, name) not in self._found:
            self._found[sign.id, name] = self._passes(sign, self._sets[name], (*trail, name))
        return self._found[sign.id, name]

    def _passes(self, sign: Indicator, conditions: Filter, trail: tuple[str, ...]) -> bool:
        # Every condition is looked at, also after one failed: a misspelt one must not hide behind the first.
        results = [self._holds(sign, name, wanted, trail) for name, wanted in conditions.items()]
        return all(results)

    def _holds(self, sign: Indicator, name: str, wanted: Any, trail: tuple[str, ...]) -> bool:
        key = f"sets.{trail[-1]}.{name}"
        if name == "set":
            return self.in_set(sign, wanted, trail)
        if name == "any":
            results = [self._passes(sign, one, trail) for one in reading.items(wanted, self._file, key)]
            return any(results)
        if name == "not":
            return not self._passes(sign, wanted, trail)
        if name in self._conditions:
            return self._conditions[name](sign, wanted, key)
        if name in _FIELDS:
            values = [wanted] if isinstance(wanted, str) else reading.texts(wanted, self._file, key)
            for value in values:
                reading.one_of(value, self._values[name], self._file, key)
            return not _field(sign, name).isdisjoint(values)
        raise ContentError(self._file, key, "is not a condition that is known here")

    def _is_one_of(self, sign: Indicator, wanted: Any, key: str) -> bool:
        for one in reading.texts(wanted, self._file, key):
            reading.one_of(one, self._bank.indicators, self._file, key)
        return sign.id in wanted

    def _weighs(self, sign: Indicator, wanted: Any, key: str) -> bool:
        return sign.weight >= reading.integer(wanted, self._file, key)

    def _is_marked(self, sign: Indicator, wanted: Any, key: str) -> bool:
        return reading.one_of(wanted, MARKS, self._file, key) in sign.marks

    def _is_unmarked(self, sign: Indicator, wanted: Any, key: str) -> bool:
        marks = {reading.one_of(one, MARKS, self._file, key) for one in reading.texts(wanted, self._file, key)}
        return marks.isdisjoint(sign.marks)


def _field(sign: Indicator, name: str) -> set[str]:
    if name == "element":
        return set(sign.elements)
    value: str = getattr(sign, name)
    return {value}
