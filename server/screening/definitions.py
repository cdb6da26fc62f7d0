"""The definitions this issue ships: which checklists, which pathway, which areas, and in what bundles they
travel.

Every definition that was ever served lives on as a row of the server; here stand only today's.
"""

from functools import cache
from pathlib import Path
from typing import Any

from server.screening.areas import load_areas
from server.screening.bank import load_bank
from server.screening.canonical import content_hash
from server.screening.checklist import compile_checklist
from server.screening.displays import Displays
from server.screening.ladders import Ladders
from server.screening.pack import compile_pack

CONTENT = Path(__file__).parent / "content"

# What a phone needs before its first question, and what it fetches quietly afterwards.
FIRST = (("checklist", "first-look"), ("pathway", "scotland"), ("areas", "scotland"))
LATER = (("checklist", "adult"), ("checklist", "place"))
NATIONS = ("scotland", "england-wales", "northern-ireland", "usa")

Definition = dict[str, Any]


@cache
def shipped() -> dict[str, Definition]:
    """Every definition that phones are given today, by its hash. Do not change what comes back: it is kept.

    Raises ContentError, with file and key, when the content cannot be compiled.
    """
    return {content_hash(found): found for found in _shipped().values()}


def bundles() -> list[tuple[str, bool, list[str]]]:
    """The bundles as (name, whether it belongs to the first load, the hashes it holds in order)."""
    by_name = _shipped()
    return [
        ("scotland", True, [content_hash(by_name[name]) for name in FIRST]),
        ("scotland-more", False, [content_hash(by_name[name]) for name in LATER]),
    ]


def loadable() -> list[Definition]:
    """Everything shipped, and the packs that are held ready for other nations but offered to nobody."""
    found = _shipped()
    others = [_pack(nation) for nation in NATIONS if ("pathway", nation) not in found]
    return [*found.values(), *others]


@cache
def _shipped() -> dict[tuple[str, str], Definition]:
    bank = load_bank(CONTENT)
    ladders = Ladders(CONTENT / "ladders.yaml", bank)
    displays = Displays(CONTENT / "displays.yaml")
    found: dict[tuple[str, str], Definition] = {}
    for kind, name in (*FIRST, *LATER):
        if kind == "checklist":
            found[kind, name] = compile_checklist(CONTENT / "checklists" / f"{name}.yaml", bank, ladders, displays)
        elif kind == "pathway":
            found[kind, name] = _pack(name)
        else:
            found[kind, name] = load_areas(CONTENT / "areas" / f"{name}.json")
    return found


@cache
def _pack(nation: str) -> Definition:
    return compile_pack(CONTENT / "pathways", nation, load_bank(CONTENT))
