"""One chain of events going by, held against its hashes and the places that were written down. It knows no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.services.audit.chain import START, link


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a chain that was written down: the hash of the event with this number."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain first does not hold (`seq`), and how (`code`):

    begins-late (events before it are gone, and no cut was written down), missing (a number is left out), changed
    (it is not as it was written, or the one before it was), head-gone, head-differs (the newest events are gone, or
    more were put there), checkpoint-differs, checkpoint-ahead (a place that was written down lies after the last
    event), elsewhere-differs and elsewhere-ahead (the same for places kept elsewhere), elsewhere-too-old (all places
    kept elsewhere lie before the cut, so they prove nothing), gone (the whole organisation).
    """

    code: str
    seq: int


class Marks:
    """Places that a chain must pass through, held against it while it goes by."""

    def __init__(self, name: str, places: Sequence[Place]) -> None:
        self._name = name
        self._hashes: dict[int, set[str]] = {}
        for place in places:
            self._hashes.setdefault(place.seq, set()).add(place.hash)

    def at(self, place: Place) -> Fault | None:
        """The fault when this place was written down with another hash."""
        hashes = self._hashes.get(place.seq)
        return Fault(f"{self._name}-differs", place.seq) if hashes and hashes != {place.hash} else None

    def after(self, end: Place, begin: int) -> Fault | None:
        """The fault when a place lies after the last event, or when none that came from elsewhere could be held
        against this chain, which begins after `begin`."""
        if any(seq > end.seq for seq in self._hashes):
            return Fault(f"{self._name}-ahead", end.seq + 1)
        if self._name == "elsewhere" and self._hashes and max(self._hashes) < begin:
            return Fault("elsewhere-too-old", begin)
        return None


class Walk:
    """One chain going by, event after event; `fault` is the first thing that did not hold."""

    def __init__(self, cuts: Mapping[int, Place], marks: Sequence[Marks]) -> None:
        self.events = 0
        self.last: Place | None = None
        self.fault: Fault | None = None
        self._begin = 0
        self._cuts = cuts
        self._marks = marks

    def take(self, row: Mapping[Any, Any]) -> None:
        """Look at the next event."""
        self.events += 1
        place = Place(row["seq"], row["hash"])
        if self.fault is None:
            before = self.last or self._start(place.seq)
            self.fault = self.fault or _fault_between(before, row) or self._marked(place)
        self.last = place

    def ended(self, head: Place | None) -> Fault | None:
        """Look at the end. Out: the first fault of all."""
        if self.fault is not None:
            return self.fault
        if self.last is None and self._cuts:
            # Everything was cut away on time, and nothing came since.
            self.last = self._start(max(self._cuts) + 1)
        end = self.last or Place(0, START)
        ahead = (mark.after(end, self._begin) for mark in self._marks)
        return self.fault or _fault_at_end(end, head) or next(filter(None, ahead), None)

    def _start(self, first: int) -> Place:
        """The place that the first event should hang on."""
        self._begin = first - 1
        place = Place(0, START) if first == 1 else self._cuts.get(first - 1)
        if place is None:
            self.fault = Fault("begins-late", first)
            return Place(first - 1, "")
        self.fault = self._marked(place)
        return place

    def _marked(self, place: Place) -> Fault | None:
        return next(filter(None, (mark.at(place) for mark in self._marks)), None)


def _fault_between(before: Place, row: Mapping[Any, Any]) -> Fault | None:
    if row["seq"] != before.seq + 1:
        return Fault("missing", before.seq + 1)
    sound = not row.get("unreadable") and link(before.hash, row) == row["hash"]
    return None if sound else Fault("changed", row["seq"])


def _fault_at_end(end: Place, head: Place | None) -> Fault | None:
    if head is None:
        return Fault("head-gone", end.seq) if end.seq else None
    if head.seq == end.seq and head.hash == end.hash:
        return None
    # A head that is further on than the events: what is missing begins after the last of them.
    return Fault("head-differs", min(end.seq, head.seq) + 1 if head.seq != end.seq else end.seq)
