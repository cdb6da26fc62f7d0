"""Everything that is wrong with an organisation's own content, as far as it can be told: the form of each file, then
what the loaders say, then the proof of each checklist's paths. A fault names its file and key."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from server.screening import reading
from server.screening.areas import load_areas
from server.screening.authoring.schema import schemas
from server.screening.authoring.schema_check import faults
from server.screening.checklist import Sources, load_sources
from server.screening.compiling import check_nation, compiled, compiled_list, nations_of
from server.screening.own_content import FOLDERS, LISTS, SHIPPED, is_whole, lay_over, strays
from server.screening.pack import compile_pack
from server.screening.paths import findings
from server.screening.reading import ContentError

_KIND_OF_FOLDER = {"checklists": "checklist", "pathways": "pathway", "areas": "areas"}


def faults_of(path: Path) -> list[str]:
    """What is wrong with `path`, a sentence each; empty when all of it would be served.

    `path` is one checklist or pack, a folder to lay over the shipped content, or a whole content folder.
    """
    with TemporaryDirectory(prefix="heed-content-") as folder:
        own = path if path.is_dir() else _alone(path, Path(folder) / "own")
        return list(dict.fromkeys(_faults(own, Path(folder) / "content")))


def kind_of_file(path: Path) -> str | None:
    """checklist, pathway, areas, indicators or nations, by what stands at the top of a file; None when it is none."""
    whole = reading.read_json(path) if path.suffix == ".json" else reading.read_yaml(path)
    signs = {
        "checklist": "sections",
        "indicators": "indicators",
        "nations": "nations",
        "areas": "areas",
        "pathway": "extends",
    }
    return next((kind for kind, key in signs.items() if key in whole), None)


def _alone(path: Path, own: Path) -> Path:
    """A folder of its own for one file, so that it is looked at as it would be served."""
    kind = kind_of_file(path)
    if kind is None:
        raise ContentError(
            path.name, "(top)", "is no checklist, pack, areas, indicators or nations: see docs/checklists.md"
        )
    folder = next((folder for folder, held in _KIND_OF_FOLDER.items() if held == kind), "")
    (own / folder).mkdir(parents=True)
    name = path.name if folder else f"{kind}.yaml"
    (own / folder / name).write_bytes(path.read_bytes())
    return own


def _faults(own: Path, into: Path) -> Iterator[str]:
    whole = is_whole(own)
    if not whole:
        yield from map(str, strays(own))
    shipped = load_sources(SHIPPED)
    bent = list(_of_lists(own, schemas(SHIPPED, shipped)))
    yield from bent
    if bent:
        return
    try:
        content = own if whole else lay_over(own, into)
        sources = load_sources(content)
    except ContentError as problem:
        yield str(problem)
        return
    yield from _of_files(own, content, sources)


def _of_lists(own: Path, forms: dict[str, Any]) -> Iterator[str]:
    """The additions to the bank and the nations first: what they bring, the other files may name."""
    for name in LISTS:
        if (own / name).is_file():
            yield from _of_form(own / name, forms[name.removesuffix(".yaml")])


def _of_files(own: Path, content: Path, sources: Sources) -> Iterator[str]:
    forms = schemas(content, sources)
    clean = True
    for folder, suffix in FOLDERS.items():
        for path in sorted((own / folder).glob(f"*{suffix}")):
            bent = list(_of_form(path, forms[_KIND_OF_FOLDER[folder]]))
            yield from bent
            # A file of a wrong form is not compiled: it would only say its first fault again.
            deeper = [] if bent else list(_compiles(_loader(content / folder / path.name, sources)))
            yield from deeper
            clean = clean and not bent and not deeper
    if clean:
        yield from _as_a_whole(content)


def _of_form(path: Path, form: dict[str, Any]) -> Iterator[str]:
    try:
        value = reading.read_json(path) if path.suffix == ".json" else reading.read_yaml(path)
    except ContentError as problem:
        yield str(problem)
        return
    for fault in faults(value, form, form):
        yield f"{path.name}: {fault.key}: {fault.problem}"


def _loader(path: Path, sources: Sources) -> Callable[[], list[str]]:
    def load() -> list[str]:
        if path.parent.name == "areas":
            load_areas(path)
        elif path.parent.name == "pathways":
            if "abstract" not in reading.read_yaml(path):
                compile_pack(path.parent, path.stem, sources.bank)
        else:
            definition = compiled_list(path, sources)
            return [f"{one.file}: {one.key}: {one.problem}" for one in findings(definition, sources.bank)]
        return []

    return load


def _compiles(load: Callable[[], list[str]]) -> Iterator[str]:
    try:
        yield from load()
    except ContentError as problem:
        yield str(problem)


def _as_a_whole(content: Path) -> Iterator[str]:
    """What only shows when everything stands together: a nation without its pathway, a part that nothing uses."""

    def load() -> list[str]:
        packs = {path.stem for path in (content / "pathways").glob("*.yaml")}
        for nation in nations_of(content):
            reading.one_of(nation.pack, packs, "nations.yaml", f"{nation.code}.pack")
        found = compiled(content)
        for nation in nations_of(content):
            check_nation(nation, found["pathway", nation.pack])
        return []

    yield from _compiles(load)
