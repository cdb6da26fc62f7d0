"""Gathers every English message of a checkout into one template a domain: phone, inbox, cards.

The order is by source file and stays the same from run to run: a changed line is a changed wording.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_from_dir

from server.screening.canonical import canonical_json
from server.screening.definitions import shipped
from server.translating import person_words

ROOT = Path(__file__).parents[2]
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "t": None,
    "tn": (1, 2),
}
_NOT_OURS = {"node_modules", "__pycache__", ".venv", "app", "static"}


@dataclass(frozen=True)
class Source:
    """A folder to read, which of its files, by which Babel extraction method, for which domain."""

    domain: str
    folder: str
    files: str
    method: str
    options: tuple[tuple[str, str], ...] = ()


SOURCES = (
    Source("phone", "frontend/src", "**.tsx", "server.translating.typescript:extract"),
    Source("phone", "frontend/src", "**.ts", "server.translating.typescript:extract"),
    Source("inbox", "server", "**.html", "jinja2", (("silent", "false"),)),
    Source("inbox", "server", "**.py", "python"),
)


def template(domain: str) -> Catalog:
    """All messages of a domain, as an empty catalogue.

    Raises CannotReadTypeScript, or the syntax error of a template.
    """
    gathered = Catalog(domain=domain, project="Heed", header_comment="#", charset="utf-8", fuzzy=False)
    found: list[tuple[str, str | tuple[str, ...], list[str]]] = []
    for source in SOURCES:
        if source.domain == domain:
            found += _read(ROOT / source.folder, source)
    if domain == "phone":
        found += _definitions()
    if domain == person_words.DOMAIN:
        found += person_words.messages()
    for place, message, comments in sorted(found, key=lambda item: item[0]):
        gathered.add(message, locations=[(place, 0)], auto_comments=comments)
    return gathered


def _read(folder: Path, source: Source) -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    for file, _line, message, comments, _context in extract_from_dir(
        folder,
        method_map=[(source.files, source.method)],
        options_map={source.files: dict(source.options)},
        keywords=_KEYWORDS,
        comment_tags=("words:",),
        strip_comment_tags=True,
        directory_filter=lambda path: Path(path).name not in _NOT_OURS,
    ):
        place = f"{source.folder}/{file}"
        yield place, message, list(comments) or [_about(place)]


def _about(place: str) -> str:
    """A comment for messages whose author left none: the page or module they stand in."""
    name = Path(place)
    return f"{'page' if name.suffix == '.html' else 'module'} {name.stem.replace('_', ' ')} of the inbox"


def _definitions() -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    """The words of every definition that phones are given, by the extraction method of definitions.py."""
    for definition in shipped().values():
        place = f"server/screening/{definition['kind']}/{definition['id']}"
        compiled = io.BytesIO(canonical_json(definition))
        method = "server.translating.definitions:extract"
        for _line, message, comments, _context in extract(method, compiled, keywords=_KEYWORDS):
            yield place, message, list(comments)
