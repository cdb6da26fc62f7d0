"""A whole folder of content compiled: every checklist, the pathway and areas of every nation it names, and the cards.

Nothing of a folder is left out in silence: what cannot be compiled stops the whole.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

from server.screening import reading
from server.screening.areas import load_areas
from server.screening.cards import compile_cards
from server.screening.checklist import Sources, compile_checklist, load_sources
from server.screening.pack import compile_packs
from server.screening.reading import ContentError

Definition = dict[str, Any]
Key = tuple[str, str]

_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


class Nation(NamedTuple):
    """`name` is that of its bundle and its areas; `pack` of its pathway, which two nations may share."""

    code: str
    name: str
    pack: str


def nations_of(content: Path) -> tuple[Nation, ...]:
    """The nations in nations.yaml, in its order. Raises ContentError, with file and key."""
    path = content / "nations.yaml"
    file = path.name
    whole = reading.read_yaml(path)
    reading.only_keys(whole, ("version", "nations"), (), file, "(top)")
    found: list[Nation] = []
    for index, value in enumerate(reading.items(whole["nations"], file, "nations")):
        key = f"nations[{index}]"
        entry = reading.mapping(value, file, key)
        reading.only_keys(entry, Nation._fields, (), file, key)
        nation = Nation(*(reading.text(entry[field], file, f"{key}.{field}") for field in Nation._fields))
        if not _CODE.fullmatch(nation.code):
            raise ContentError(file, f"{key}.code", "must be an ISO 3166 code, such as FR or GB-SCT")
        for field in ("code", "name"):
            if getattr(nation, field) in (getattr(earlier, field) for earlier in found):
                raise ContentError(file, f"{key}.{field}", f"{entry[field]!r} stands there twice")
        found.append(nation)
    return tuple(found)


def checklist_names(content: Path) -> list[str]:
    """The checklists of a folder by their file names, in alphabetical order."""
    return sorted(path.stem for path in (content / "checklists").glob("*.yaml"))


def compiled(content: Path, names: list[str] | None = None) -> dict[Key, Definition]:
    """Every definition of a whole content folder by kind and name: checklists (all, or `names` in their order), then
    pathways, then areas. Raises ContentError, with file and key."""
    sources = load_sources(content)
    found: dict[Key, Definition] = {}
    for name in checklist_names(content) if names is None else names:
        found["checklist", name] = compiled_list(content / "checklists" / f"{name}.yaml", sources)
    nations = nations_of(content)
    packs = dict.fromkeys(nation.pack for nation in nations)
    for name, pack in compile_packs(content / "pathways", packs, sources.bank).items():
        found["pathway", name] = pack
    for nation in nations:
        check_nation(nation, found["pathway", nation.pack])
        found["areas", nation.name] = load_areas(content / "areas" / f"{nation.name}.json")
    found["cards", "person"] = compile_cards(content / "cards.yaml")
    return found


def compiled_list(path: Path, sources: Sources) -> Definition:
    """The checklist in one file, which has its name from the file. Raises ContentError."""
    definition = compile_checklist(path, sources)
    if definition["id"] != path.stem:
        raise ContentError(path.name, "id", f"must be {path.stem!r}, as the file")
    return definition


def check_nation(nation: Nation, pathway: Definition) -> None:
    """Raises ContentError when the pathway of a nation does not say that it is for it."""
    if nation.code not in pathway["jurisdictions"]:
        raise ContentError(f"{nation.pack}.yaml", "jurisdictions", f"must name {nation.code}, which it is given to")
