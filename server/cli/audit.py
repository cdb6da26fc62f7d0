"""`heed audit`: whether the record of what was done still is as it was written, and places of it to keep elsewhere.

It says what it found in one line an organisation, and ends with 0 only when all of it holds. `verify` changes nothing.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from server.cli.settings import CannotDo
from server.cli.this_release import this_release

if TYPE_CHECKING:
    from server.services.audit.verify import Verdict
    from server.services.audit.walk import Fault, Place

# What each fault means, in the words of who looks after the server. `seq` is the number of an event.
_FAULTS = {
    "begins-late": "the record begins at event {seq}, and nothing says that what came before was deleted on time",
    "missing": "event {seq} is missing",
    "changed": "event {seq} is not as it was written",
    "head-gone": "the note of where the record ends, at event {seq}, is gone",
    "head-differs": "the record does not end where it should: look at event {seq}",
    "checkpoint-differs": "event {seq} is not the one that a checkpoint wrote down: the record was written anew",
    "checkpoint-ahead": "a checkpoint lies after the last event: event {seq} and what followed are gone",
    "elsewhere-differs": "event {seq} is not the one that is in the file: the record was written anew",
    "elsewhere-ahead": "the file goes on after the last event: event {seq} and what followed are gone",
    "elsewhere-too-old": "the file ends before event {seq}, where old events were deleted on time: it proves nothing; "
    "use a newer one",
    "gone": "it is in the file, and not in the database",
}


@click.group(name="audit")
def audit_cli() -> None:
    """The record of what was done: check it, and write down where it ends."""


@audit_cli.command()
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of checkpoints that was kept elsewhere: it finds a record that was written anew as a whole.",
)
def verify(against: Path | None) -> None:
    """Look the record of every organisation over, from its first event to its last."""
    from server.services.audit.verify import verify as look_over

    with this_release() as (_config, session):
        verdicts = look_over(session, _read(against) if against else None)
    for verdict in verdicts:
        click.echo(_said(verdict))
    if not verdicts:
        click.echo("There is no organisation yet, so there is no record.")
    if any(verdict.fault for verdict in verdicts):
        raise SystemExit(1)


@audit_cli.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Add the checkpoints to this file, to be kept where who runs this server cannot change it.",
)
def checkpoint(out: Path | None) -> None:
    """Write down where each organisation's record ends."""
    from server import clock, create_app
    from server.services.audit.checkpoints import ChainBroken, make_checkpoints

    with this_release() as (config, _session):
        pass
    with _opened(out) as file, create_app(config).app_context():
        try:
            made = make_checkpoints(clock.now())
        except ChainBroken as broken:
            for verdict in broken.verdicts:
                click.echo(_said(verdict))
            raise CannotDo("No checkpoint was made: it would hide what is wrong.") from None
        for each in made:
            click.echo(f"{each.organisation_id} · {each.place.seq} · {each.place.hash} · {each.made_at:%Y-%m-%d %H:%M}")
        if file is not None:
            file.writelines(f"{each.as_line()}\n" for each in made)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def _opened(out: Path | None) -> Iterator[TextIO | None]:
    """The file to add to, opened before anything is written down: half a checkpoint would be none."""
    if out is None:
        yield None
        return
    try:
        file = out.open("a", encoding="utf-8")
    except OSError as error:
        raise CannotDo(f"{out}: {os.strerror(error.errno or 0)}. No checkpoint was made.") from None
    with file:
        yield file


def _read(against: Path) -> "dict[int, list[Place]]":
    from server.services.audit.checkpoints import NoCheckpointFile, read_checkpoints

    try:
        return read_checkpoints(against.read_text("utf-8").splitlines())
    except (NoCheckpointFile, UnicodeDecodeError, OSError) as error:
        said = str(error) if isinstance(error, NoCheckpointFile) else "it cannot be read"
        raise CannotDo(f"{against} is no file of checkpoints: {said}.") from None


def _said(verdict: "Verdict") -> str:
    name = f"{verdict.organisation_id} {verdict.name}".strip()
    if verdict.fault:
        return f"{name}: DOES NOT HOLD: {_fault(verdict.fault)}."
    if verdict.last is None:
        return f"{name}: holds; no event yet."
    count = f"{verdict.events} event{'' if verdict.events == 1 else 's'}"
    return f"{name}: holds; {count}, the last is {verdict.last.seq} · {verdict.last.hash}"


def _fault(fault: "Fault") -> str:
    return _FAULTS[fault.code].format(seq=fault.seq)
