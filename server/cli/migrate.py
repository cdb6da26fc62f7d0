"""`heed migrate`: the database is brought to this release, after a backup. Rows that nobody could bring back are never
changed without one, unless somebody says so."""

import click

from server.cli.settings import CannotDo, settings


@click.command()
@click.option("--without-backup", is_flag=True, help="Make no backup first: you have one of your own.")
def migrate(without_backup: bool) -> None:
    """Bring the database to this release, after a backup."""
    from server import clock, migrating
    from server.backup import BackupRefused
    from server.migrations.running import DatabaseRefused, to_newest

    config = settings()
    try:
        if not without_backup:
            for line in migrating.back_up(config, clock.now()):
                click.echo(line)
        to_newest(config.database_url)
    except BackupRefused as refused:
        raise CannotDo(f"{refused} {migrating.NOTHING_CHANGED}") from None
    except (migrating.NoBackup, DatabaseRefused) as refused:
        raise CannotDo(str(refused)) from None
