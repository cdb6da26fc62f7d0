"""`heed backup` and `heed restore`: a sealed copy of everything, and the way back. Neither shows what is in it."""

import signal
from datetime import datetime
from pathlib import Path

import click

from server.backup.kept_backups import MOST_DAYS
from server.cli.settings import CannotDo, settings
from server.config import Config

_BACK = """It is back, and of this release. Before you serve it:
- Referrals that were sent after the backup are lost: phones keep receipts only. Tell the teams from when to when.
- Members, sessions and phones that were ended since are back: end them \
again.
- Referrals that were withdrawn or deleted since are back too: delete them again.
- Browsers will say that the list of keys is an older one: whoever's keys are open begins it anew under Keys, and \
everybody compares once more.
- Run `heed audit verify --against FILE` with checkpoints that were kept elsewhere."""


@click.command()
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Where to; else `backups` by the database."
)
@click.option(
    "--keep-days",
    type=click.IntRange(1, MOST_DAYS),
    default=MOST_DAYS,
    show_default=True,
    help="Older backups in that folder are deleted after a good one.",
)
def backup(folder: Path | None, keep_days: int) -> None:
    """Copy the whole database, sealed to HEED_BACKUP_RECIPIENT, while the server runs."""
    from server import clock
    from server.backup import BackupRefused
    from server.backup.making import make, usual_folder
    from server.models.milestone import BACKUP_MADE

    config, now = settings(), clock.now()
    # Told to stop by the system, it ends as it does on an error: the clear copy goes.
    signal.signal(signal.SIGTERM, _stop)
    try:
        made = make(config, (folder or usual_folder(config)).absolute(), now, keep_days)
    except BackupRefused as refused:
        raise CannotDo(str(refused)) from None
    gone = f" Deleted {made.deleted} older than {keep_days} days." if made.deleted else ""
    click.echo(f"{made.path}: {made.size:,} bytes, sealed to {config.backup_recipient}.{gone}")
    _note(config, BACKUP_MADE, now)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--identity",
    "key_file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file with the secret key, as `age-keygen` wrote it.",
)
def restore(file: Path, key_file: Path) -> None:
    """Put the backup FILE back onto an empty machine."""
    from server import clock
    from server.backup import BackupRefused
    from server.backup.restoring import restore as put_back
    from server.models.milestone import BACKUP_PUT_BACK

    config = settings()
    signal.signal(signal.SIGTERM, _stop)
    try:
        put_back(config, file, key_file)
    except BackupRefused as refused:
        raise CannotDo(str(refused)) from None
    click.echo(_BACK)
    _note(config, BACKUP_PUT_BACK, clock.now())


def _note(config: Config, name: str, now: datetime) -> None:
    """Write down that it was done, for /checkup. What was done stands all the same when that fails."""
    from server.backup.noting import NotNoted, note

    try:
        note(config, name, now)
    except NotNoted as refused:
        click.echo(str(refused), err=True)


def _stop(_number: int, _frame: object) -> None:
    raise SystemExit(128 + signal.SIGTERM)
