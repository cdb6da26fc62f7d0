"""`heed setup`: the link for the first administrator, and the way back in when nobody else can give it.

The link is printed here and nowhere else; it must never reach a log.
"""

import click

from server.cli.settings import CannotDo, settings
from server.config import Config


@click.command()
@click.option("--way-back", "name", metavar="NAME", help="Let the member who signs in by NAME set new ways to sign in.")
def setup(name: str | None) -> None:
    """Print a link, good once, by which the first administrator makes an account."""
    from server import create_app, serving

    config = settings()
    serving.migrate(config)
    with create_app(config).app_context():
        lines = _first(config) if name is None else _way_back(config, name)
    for line in lines:
        click.echo(line)


def _first(config: Config) -> list[str]:
    from server import clock
    from server.services.accounts import links, setting_up

    try:
        secret = setting_up.first_link(clock.now())
    except setting_up.IsADemo:
        raise CannotDo(_DEMO) from None
    except setting_up.AlreadySetUp:
        raise CannotDo(
            "Heed is set up: administrators invite others in the inbox. For an administrator who cannot sign in, "
            "run `heed setup --way-back NAME`."
        ) from None
    return _told(links.link_url(config, secret), "It makes the account of the first administrator")


def _way_back(config: Config, name: str) -> list[str]:
    from server import clock
    from server.services.accounts import links, setting_up

    try:
        secret = setting_up.way_back(name, clock.now())
    except setting_up.IsADemo:
        raise CannotDo(_DEMO) from None
    except setting_up.NobodyOfThisName:
        raise CannotDo(f"Nobody signs in by the name {name!r}: ask the member for the name they sign in by.") from None
    return _told(links.link_url(config, secret), "With it the member sets a new way to sign in, in place of all others")


def _told(link: str, what_for: str) -> list[str]:
    return [
        "Open this link in a browser while `heed serve` runs:",
        f"  {link}",
        f"{what_for}. It is good once, for 24 hours, and ends any such link made before.",
        "Whoever opens it first holds the account: give it to nobody else.",
    ]


_DEMO = "This database is the demonstration's: set HEED_DATABASE_URL to a new one for a real partnership."
