"""The definitions this release ships: which checklists, which pathways, which areas, for which nation, and in what
bundles they travel.

Every definition that was ever served lives on as a row of the server; here stand only today's.
"""

import os
from functools import cache
from typing import NamedTuple

from server.screening.canonical import content_hash
from server.screening.compiling import Definition, Key, checklist_names, compiled, nations_of
from server.screening.own_content import SHIPPED, content
from server.screening.withdrawn import load_withdrawn

CONTENT = SHIPPED
# A folder of whoever runs this server, laid over what is shipped (docs/checklists.md); empty for none. It is read
# here and not with the other settings: what is served must be the same in every process from its first moment.
OWN = os.environ.get("HEED_CONTENT", "")

# The first is what a phone works with before it has joined a team.
with content(OWN) as _folder:
    NATIONS = nations_of(_folder)
PACKS = tuple(dict.fromkeys(nation.pack for nation in NATIONS))

# The checklist of the first load, and the order of the others; those that are not named follow by name.
FIRST = "first-look"
ORDER = ("adult", "child", "workplace", "home-visit", "health", "sexual", "criminal", "begging", "money-benefits")


class Bundle(NamedTuple):
    """What a phone fetches at once: `holds` are hashes in order. `first`: the first load of its nation; else what
    every phone fetches quietly afterwards."""

    name: str
    first: bool
    holds: list[str]

    @property
    def nation(self) -> str:
        """The code of the nation that it is for; empty when it is for all."""
        return next((nation.code for nation in NATIONS if nation.name == self.name), "")


@cache
def shipped() -> dict[str, Definition]:
    """Every definition that phones are given today, by its hash. Do not change what comes back: it is kept.

    Raises ContentError, with file and key, when the content cannot be compiled.
    """
    return {content_hash(found): found for found in _shipped().values()}


def bundles() -> list[Bundle]:
    """The bundles: the first load of each nation, then the rest."""
    hashes = {name: content_hash(found) for name, found in _shipped().items()}
    first = [
        Bundle(
            nation.name,
            True,
            [hashes["checklist", FIRST], hashes["pathway", nation.pack], hashes["areas", nation.name]],
        )
        for nation in NATIONS
    ]
    held = {key for bundle in first for key in bundle.holds}
    return [*first, Bundle("later", False, [key for key in hashes.values() if key not in held])]


@cache
def withdrawn() -> list[str]:
    """The numbers that phones must strike through. Raises ContentError, with file and key."""
    pathways = [one for one in shipped().values() if one["kind"] == "pathway"]
    with content(OWN) as folder:
        return load_withdrawn(folder / "withdrawn.yaml", pathways)


@cache
def _shipped() -> dict[Key, Definition]:
    with content(OWN) as folder:
        there = checklist_names(folder)
        known = [name for name in (FIRST, *ORDER) if name in there]
        return compiled(folder, [*known, *(name for name in there if name not in known)])
