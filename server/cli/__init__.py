"""The `heed` command: what operators, and who tries Heed out, can do. What cannot be done is said in one
line."""

import sys
from typing import Any

import click

from server.cli.audit import audit_cli
from server.cli.backup import backup, restore
from server.cli.checklists import checklists_cli
from server.cli.clock import clock_command
from server.cli.evidence import evidence
from server.cli.migrate import migrate
from server.cli.purge import purge
from server.cli.screen import screen
from server.cli.settings import CannotDo, settings
from server.cli.setup import setup
from server.config import Config
from server.screening.reading import ContentError

# What a command stands on is imported when it runs: `heed serve` is quick because it does not load what it
# then starts.


class _Commands(click.Group):
    """Says in one line, with file and key, what content cannot be read, whichever command needed it."""

    def main(self, *args: Any, **options: Any) -> Any:
        try:
            return super().main(*args, **options)
        except ContentError as problem:
            CannotDo(str(problem)).show()
            sys.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "words"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "words":
            return super().get_command(ctx, cmd_name)
        # The one command whose parts read content as soon as they are imported.
        from server.translating.commands import words_cli

        return words_cli


@click.group(cls=_Commands)
def main() -> None:
    """Heed: notice signs of human trafficking, and hand a sealed referral to people who can act."""


main.add_command(setup)
main.add_command(audit_cli)
main.add_command(backup)
main.add_command(restore)
main.add_command(purge)
main.add_command(evidence)
main.add_command(screen)
main.add_command(checklists_cli)
main.add_command(clock_command)
main.add_command(migrate)


@main.command()
def demo() -> None:
    """Make the demonstration's partnership, once, and say how to sign in now."""
    from server import clock, serving
    from server.demo import telling
    from server.demo.standing import standing

    config = settings()
    if not config.on_loopback:
        raise CannotDo(serving.DEMO_ON_LOOPBACK)
    serving.migrate(config)
    for line in telling.accounts(standing(config, clock.now()) or _make_demo(config), clock.now()):
        click.echo(line)


@main.command()
def serve() -> None:
    """Serve both hosts until told to stop."""
    from server import serving

    try:
        serving.serve(settings())
    except serving.CannotServe as reason:
        raise CannotDo(str(reason)) from None


def _make_demo(config: Config) -> dict[str, Any]:
    from server import clock, create_app
    from server.demo import partnership

    with create_app(config).app_context():
        try:
            return partnership.make(config, clock.now())
        except partnership.NotADemo:
            raise CannotDo("This database holds a real partnership: no demonstration is put beside it.") from None
        except partnership.SecretsGone as gone:
            raise CannotDo(f"{gone} is gone, so nobody can sign in: remove the database and begin anew.") from None
