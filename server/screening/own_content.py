"""An organisation's own checklists, signs, nations and pathways, laid over the content of this release.

It adds to what is shipped. The bank's own signs and the rules (ladders, legal tests, branching) are never replaced:
a level of concern must mean the same wherever Heed runs.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from server.screening import reading
from server.screening.reading import ContentError

SHIPPED = Path(__file__).parent / "content"

# Folders whose files may be added or put in place of shipped ones, and how those files end.
FOLDERS = {"checklists": ".yaml", "pathways": ".yaml", "areas": ".json"}
# Files whose entries are added to those shipped: the list in them, and what names an entry.
LISTS = {"indicators.yaml": ("indicators", "id"), "nations.yaml": ("nations", "code")}
# What a whole content folder has and an addition must not have.
RULES = ("branching.yaml", "cards.yaml", "displays.yaml", "ilo-items.yaml", "ladders.yaml", "scores.yaml")


@contextmanager
def content(own: str | Path = "") -> Iterator[Path]:
    """A whole content folder, there while it is read: the one of this release, with the folder `own` laid over it, or
    `own` itself where it is whole. Raises ContentError as `lay_over`."""
    if not own:
        yield SHIPPED
    elif is_whole(Path(own)):
        yield Path(own)
    else:
        with TemporaryDirectory(prefix="heed-content-") as folder:
            yield lay_over(Path(own), Path(folder) / "content")


def is_whole(folder: Path) -> bool:
    """Whether a folder is a whole content folder, as this release ships one, and not an addition to it."""
    return all((folder / name).is_file() for name in RULES)


def strays(own: Path) -> list[ContentError]:
    """The files of an addition that nobody would read: each a fault that says where its like belongs."""
    found = []
    for path in sorted(own.rglob("*")):
        place = path.relative_to(own)
        if path.is_dir() or place.name.startswith(".") or place.suffix == ".md":
            continue
        if len(place.parts) == 1 and (place.name in LISTS or place.name == "withdrawn.yaml"):
            continue
        if len(place.parts) == 2 and FOLDERS.get(place.parts[0]) == place.suffix:
            continue
        said = (
            "is a rule of this release and cannot be replaced"
            if place.name in RULES
            else "is not read: put checklists/*.yaml, pathways/*.yaml, areas/*.json, indicators.yaml, nations.yaml here"
        )
        found.append(ContentError(str(place), "(file)", said))
    return found


def lay_over(own: Path, into: Path) -> Path:
    """A whole content folder in `into` (which must not exist): what is shipped, and the folder `own` laid over it.

    Raises ContentError for a file that nobody would read, and for a sign or nation that is there already.
    """
    if not own.is_dir():
        raise ContentError(str(own), "(folder)", "is not there: name a folder with your own content")
    for stray in strays(own):
        raise stray
    shutil.copytree(SHIPPED, into)
    for folder, suffix in FOLDERS.items():
        for path in sorted((own / folder).glob(f"*{suffix}")):
            shutil.copyfile(path, into / folder / path.name)
    if (own / "withdrawn.yaml").is_file():
        shutil.copyfile(own / "withdrawn.yaml", into / "withdrawn.yaml")
    for name in LISTS:
        if (own / name).is_file():
            _append(own / name, into / name)
    return into


def _append(own: Path, into: Path) -> None:
    listed, named_by = LISTS[own.name]
    whole, added = reading.read_yaml(into), reading.read_yaml(own)
    taken = {entry[named_by] for entry in whole[listed]}
    for index, entry in enumerate(_entries(added, listed, own.name)):
        if isinstance(entry, dict) and entry.get(named_by) in taken:
            problem = f"{entry[named_by]!r} is shipped with this release; give yours a {named_by} of its own"
            raise ContentError(own.name, f"{listed}[{index}].{named_by}", problem)
    whole[listed] += added[listed]
    # JSON is YAML: the one reader of content reads it again.
    into.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")


def _entries(added: dict[str, Any], listed: str, file: str) -> list[Any]:
    reading.only_keys(added, ("version", listed), ("state", "source_keys"), file, "(top)")
    return reading.items(added[listed], file, listed)
