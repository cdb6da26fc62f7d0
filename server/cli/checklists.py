"""`heed checklists`: what is shipped, how it reads, whether content of one's own would be served, what changed
between two versions, and a checklist for other form programs. It changes nothing that is served."""

import json
from pathlib import Path

import click

from server.cli.screen import refusing
from server.cli.settings import CannotDo

_CONTENT = click.option(
    "--content", "own", metavar="FOLDER", default="", help="A folder with your own content, laid over ours."
)


@click.group(name="checklists")
def checklists_cli() -> None:
    """The checklists and pathways: list, show, check your own, compare, export."""


@checklists_cli.command(name="list")
@_CONTENT
def list_them(own: str) -> None:
    """Every checklist with its parts, and every nation with its pathway."""
    from server.screening.compiling import compiled, nations_of
    from server.screening.own_content import content

    with refusing(), content(own) as folder:
        found, nations = compiled(folder), nations_of(folder)
    for (kind, name), one in found.items():
        if kind == "checklist":
            longest = max(len(route["items"]) for route in one["routes"].values())
            click.echo(
                f"{name}: {one['title']} · version {one['version']}, signs {one['bank_version']} · {one['state']}"
            )
            click.echo(f"  {', '.join(one['route_order'])} · at most {longest} signs · {one['minutes']} minutes")
            for part in one["part_order"]:
                body = one["parts"][part]
                click.echo(f"  + {part}: {body['title']} · {body['minutes']} minutes more")
    for nation in nations:
        pack = found["pathway", nation.pack]
        click.echo(f"{nation.code}: pathway {nation.pack}, version {pack['version']} · areas {nation.name}")


@checklists_cli.command()
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print the compiled definition as canonical JSON.")
@_CONTENT
def show(name: str, as_json: bool, own: str) -> None:
    """One checklist: its sections and signs on every route, and what each part adds."""
    from server.cli.said_checklist import lines
    from server.screening.canonical import canonical_json

    definition = _definition(name, own)
    if as_json:
        click.echo(canonical_json(definition).decode())
        return
    for line in lines(definition):
        click.echo(line)


@checklists_cli.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def validate(path: Path) -> None:
    """Whether PATH would be served: a checklist, a pack, or a folder with your own content."""
    from server.screening.authoring.faults import faults_of

    with refusing():
        found = faults_of(path)
    for fault in found:
        click.echo(" ".join(fault.split()), err=True)
    if found:
        raise SystemExit(2)
    click.echo(f"{path}: all of it would be served.")


@checklists_cli.command()
@click.argument("kind", metavar="KIND")
@_CONTENT
def schema(kind: str, own: str) -> None:
    """The JSON Schema of one KIND of file: checklist, indicators, pathway, areas, nations, answers or definition."""
    from server.screening.authoring.schema import KINDS_OF_FILE, schemas
    from server.screening.checklist import load_sources
    from server.screening.own_content import content

    if kind not in KINDS_OF_FILE:
        raise CannotDo(f"{kind!r} is no kind of file; use one of {', '.join(KINDS_OF_FILE)}.")
    with refusing(), content(own) as folder:
        found = schemas(folder, load_sources(folder))[kind]
    click.echo(json.dumps(found, indent=1, ensure_ascii=False))


@checklists_cli.command()
@click.argument("old", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, file_okay=False, path_type=Path))
def diff(old: Path, new: Path) -> None:
    """What changed from OLD to NEW: words, rules, versions, and the results on the practice cases.

    Each is a folder: a whole content folder, one to lay over ours, or definitions as `python -m server.screening`
    writes. Ends with 1 when something changed and no version was raised.
    """
    from server.screening.authoring.diff import compare, opened

    with refusing(), opened(old) as before, opened(new) as after:
        changes = compare(before, after)
    for heading, lines in changes.told():
        click.echo(heading)
        for line in lines:
            click.echo(f"  {line}")
    if changes.not_raised:
        raise SystemExit(1)


@checklists_cli.command()
@click.argument("name", metavar="ID")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it; else ID.xlsx.")
@_CONTENT
def export(name: str, out: Path | None, own: str) -> None:
    """One checklist as an XLSForm workbook, for ODK, KoboToolbox and others.

    The form records answers and scores nothing: screen them with `heed screen`.
    """
    from server.cli.form_words import languages
    from server.cli.workbook import workbook
    from server.screening.authoring.xlsform import xlsform

    definition = _definition(name, own)
    path = out or Path(f"{name}.xlsx")
    try:
        path.write_bytes(workbook(xlsform(definition, languages())))
    except OSError as error:
        raise CannotDo(f"{path} cannot be written ({error.strerror}): name another file with --out.") from None
    click.echo(f"{path}: {definition['title']}. It records answers; it does not say what they add up to.")


def _definition(name: str, own: str) -> dict[str, object]:
    from server.screening.authoring.answers_file import nearest
    from server.screening.checklist import load_sources
    from server.screening.compiling import checklist_names, compiled_list
    from server.screening.own_content import content

    with refusing(), content(own) as folder:
        there = checklist_names(folder)
        if name not in there:
            raise CannotDo(f"{name!r} is no checklist; {nearest(name, there)}.")
        return compiled_list(folder / "checklists" / f"{name}.yaml", load_sources(folder))
