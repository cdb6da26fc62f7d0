"""Screening on the longest checklists: in Python, and in Chromium on a processor slowed down four times; and what the
definitions weigh. For typical answers and for the slowest that a search over random ones finds."""

import json
import random
from collections.abc import Callable, Iterator
from statistics import mean
from time import thread_time
from typing import Any, NamedTuple

import brotli

from server.screening.canonical import canonical_json
from server.screening.concern import evaluate
from server.screening.definitions import NATIONS, bundles, shipped
from server.screening.explain import explain
from server.screening.narrowing import asked_of, narrowed_ladder
from server.screening.screen import scores_of, screen
from tests.load.bench_page import SLOWER, bench_page, slow_down, taken
from tests.load.figures import Figure, table

SEED = 20261122
# Answer sheets looked at for the slowest one, and runs of each deed.
LOOKED_AT, TIMES = 2_000, 30
# (checklist, setting, what it is)
_LISTS = (("ilo-adult-labour", "any", "67 signs"), ("adult", "how-they-came", "40 signs"))
_BARE = "bare: the definition to JSON and back"
# Aims in ms: in Python, and in the browser at the slow speed.
_AIMS = {"scored": (0.3, 5.0), "explained": (10.0, 50.0), "the whole result": (None, None)}
_MOST_KB = 45


class Sheet(NamedTuple):
    """One sheet of answers to a checklist, and all that the engine works on."""

    checklist: dict[str, Any]
    pathway: dict[str, Any]
    ladders: list[Any]
    answers: dict[str, str]
    facts: dict[str, str]
    scores: dict[str, str]

    def deeds(self) -> dict[str, Callable[[], object]]:
        """Each deed by its name."""
        return {
            _BARE: lambda: json.loads(json.dumps(self.checklist)),
            "scored": lambda: [evaluate(ladder, self.answers, self.scores) for ladder in self.ladders],
            "explained": lambda: [explain(ladder, self.answers, self.scores) for ladder in self.ladders],
            "the whole result": lambda: screen(self.checklist, self.pathway, self.answers, self.facts),
        }


def run() -> str:
    """The tables in Python and in the browser, and the sizes."""
    sheets = [
        (f"{name}, {size}: {kind}", sheet) for name, setting, size in _LISTS for kind, sheet in _drawn(name, setting)
    ]
    tables = [_in_python(title, sheet) for title, sheet in sheets]
    with bench_page("screening") as (page, devtools):
        for title, sheet in sheets:
            # Handed over once a sheet: the page narrows the ladders itself.
            page.evaluate("given => globalThis.prepare(given)", {**sheet._asdict(), "ladders": []})
            slow_down(devtools, 1)
            for name in _AIMS:
                taken(page, name, 5)
            slow_down(devtools, SLOWER)
            tables.append(
                _figures(
                    f"In Chromium, processor {SLOWER} x slower, {title} (ms)", 1, lambda deed: taken(page, deed, TIMES)
                )
            )
    return "\n\n".join([*tables, _sizes()])


def _in_python(title: str, sheet: Sheet) -> str:
    deeds = sheet.deeds()
    return _figures(f"In Python, {title} (ms)", 0, lambda deed: tuple(_ms(deeds[deed]) for _ in range(TIMES)))


def _figures(title: str, which: int, timed: Callable[[str], tuple[float, ...]]) -> str:
    bare = Figure(_BARE, timed(_BARE))
    return table(title, [bare, *(Figure(deed, timed(deed), bare, aims[which]) for deed, aims in _AIMS.items())])


def _drawn(name: str, setting: str) -> Iterator[tuple[str, Sheet]]:
    """A typical sheet (the one in the middle), and the slowest to explain."""
    chance = random.Random(SEED)
    held = {(found["kind"], found["id"]): found for found in shipped().values()}
    checklist, pathway = held["checklist", name], held["pathway", NATIONS[0].pack]
    signs = {sign: checklist["indicators"][sign] for sign in asked_of(checklist, "adult", setting)["items"]}
    route = checklist["routes"]["adult"]
    ladders = [narrowed_ladder(entry["ladder"], signs) for entry in route["ladders"]]
    found = []
    for number in range(LOOKED_AT):
        weights = [chance.choice([1, 3, 10]), chance.choice([0, 1, 10]), chance.choice([1, 10])]
        answers = {sign: chance.choices(["yes", "no", "dont_know"], weights)[0] for sign in signs}
        scores = scores_of(route["scores"], list(signs), answers)
        sheet = Sheet(checklist, pathway, ladders, answers, {"age": "adult", "setting": setting}, scores)
        found.append((min(_ms(sheet.deeds()["explained"]) for _ in range(2)), number, sheet))
    found.sort(key=lambda one: one[:2])
    yield "typical answers", found[len(found) // 2][2]
    yield f"the slowest of {LOOKED_AT}", found[-1][2]


def _ms(deed: Callable[[], object], at_once: int = 3) -> float:
    """Milliseconds of processor time, so that what else the machine does is not counted."""
    took = []
    for _ in range(at_once):
        before = thread_time()
        deed()
        took.append(thread_time() - before)
    return mean(took) * 1000


def _sizes() -> str:
    """What travels, each bundle as one brotli stream, and everything a phone of the first nation holds."""
    found = shipped()
    weighed = {bundle.name: [found[key] for key in bundle.holds] for bundle in bundles()}
    held = [one for bundle in bundles() if bundle.nation in ("", NATIONS[0].code) for one in weighed[bundle.name]]
    weighed[f"a phone of {NATIONS[0].name}, but the cards (at most {_MOST_KB})"] = [
        one for one in held if one["kind"] != "cards"
    ]
    weighed["the same with the cards"] = held
    weighed["all nations"] = list(found.values())
    lines = [f"{name}  {_brotli(definitions) / 1000:.1f}" for name, definitions in weighed.items()]
    return "\n".join(["Definitions, brotli (KB)", *lines])


def _brotli(definitions: list[dict[str, Any]]) -> int:
    stream = b"".join(canonical_json(one) for one in definitions)
    return len(brotli.compress(stream, quality=11))
