"""`heed screen`: answers in, what they add up to out. It reads one file, keeps nothing and sends nothing.

What it prints is no finding about a person; the table says so each time.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from server.cli.settings import CannotDo


class ContentRefused(CannotDo):
    """A file that cannot be used: one line with the file, the key and what to do. Exit code 2."""

    exit_code = 2


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print canonical JSON instead of a table.")
@click.option("--checklist", "named", metavar="ID", help="Which checklist; else the one that the file names.")
@click.option("--nation", metavar="CODE", help="Whose pathway, such as GB-SCT; else the one that the file names.")
@click.option("--content", "own", metavar="FOLDER", default="", help="A folder with your own content, laid over ours.")
def screen(file: Path, as_json: bool, named: str | None, nation: str | None, own: str) -> None:
    """Screen the answers in FILE (YAML or JSON; - reads what is piped in). The form: docs/checklists.md."""
    from server.cli.said_result import lines
    from server.screening.canonical import canonical_json

    with refusing():
        told = _screened(file, named, nation, own)
    if as_json:
        body = {name: value for name, value in told.items() if name not in ("definition", "pack")}
        click.echo(canonical_json(body).decode())
        return
    for line in lines(told):
        click.echo(line)


@contextmanager
def refusing() -> Iterator[None]:
    """Content that cannot be used ends the command in one line. Raises ContentRefused."""
    from server.screening.reading import ContentError

    try:
        yield
    except ContentError as problem:
        raise ContentRefused(" ".join(str(problem).split())) from None


def _screened(file: Path, named: str | None, nation: str | None, own: str) -> dict[str, Any]:
    """The result, what it was made with, and the two definitions. Raises ContentError."""
    from server.screening.authoring.answers_file import check, nearest
    from server.screening.canonical import content_hash
    from server.screening.checklist import load_sources
    from server.screening.compiling import check_nation, checklist_names, compiled_list, nations_of
    from server.screening.narrowing import asked_of
    from server.screening.own_content import content
    from server.screening.pack import compile_pack
    from server.screening.reading import ContentError
    from server.screening.screen import NoSuchRoute
    from server.screening.screen import screen as screen_answers

    given = _read(file)
    with content(own) as folder:
        wanted, there = named or given.checklist, checklist_names(folder)
        if wanted not in there:
            said = f"{wanted!r} is no checklist" if wanted else "is missing: name one, here or with --checklist"
            raise ContentError(given.file, "checklist", f"{said}; {nearest(wanted, there)}")
        nations = {one.code: one for one in nations_of(folder)}
        code = nation or given.nation
        if code not in nations:
            said = f"{code!r} is no nation of this content" if code else "is missing: name one, here or with --nation"
            raise ContentError(given.file, "nation", f"{said}; {nearest(code, nations)}")
        sources = load_sources(folder)
        checklist = compiled_list(folder / "checklists" / f"{wanted}.yaml", sources)
        pathway = compile_pack(folder / "pathways", nations[code].pack, sources.bank)
        check_nation(nations[code], pathway)
    check(given, checklist, pathway)
    try:
        result = screen_answers(checklist, pathway, given.answers, given.facts)
    except NoSuchRoute as refused:
        raise ContentError(given.file, "facts.age", f"{refused}; choose another checklist") from None
    asked = asked_of(checklist, result["route"], given.facts.get("setting"))["items"]
    return {
        "checklist": {name: checklist[name] for name in ("id", "version", "bank_version")}
        | {"hash": content_hash(checklist)},
        "pathway": {name: pathway[name] for name in ("id", "version")} | {"hash": content_hash(pathway)},
        "nation": code,
        "result": result,
        "known": given.known,
        "not_asked_here": [sign for sign in given.answers if sign not in asked],
        "definition": checklist,
        "pack": pathway,
    }


def _read(file: Path) -> Any:
    from server.screening import reading
    from server.screening.authoring.answers_file import read_answers

    if str(file) != "-":
        return read_answers(reading.read_text(file), file.name)
    return read_answers(reading.decoded(sys.stdin.buffer.read(), "(piped)"), "(piped)")
