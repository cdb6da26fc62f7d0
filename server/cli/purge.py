"""`heed purge`: deletes what is due now, and what an operator names. It shows references, days and numbers only."""

from typing import TYPE_CHECKING

import click

from server.cli.settings import CannotDo
from server.cli.this_release import this_release

if TYPE_CHECKING:
    from server.services.retention.naming import Named

_HELD = "Somebody reads from the database, so its write-ahead log still holds what was deleted: run `heed purge` again."


@click.command()
@click.option("--reference", "references", multiple=True, help="Delete this referral now, whatever its day.")
@click.option("--yes", is_flag=True, help="Do not ask back.")
@click.option("--rewrite", is_flag=True, help="PostgreSQL: write the tables anew. Nobody can use Heed meanwhile.")
def purge(references: tuple[str, ...], yes: bool, rewrite: bool) -> None:
    """Delete what is due now, or the referrals that are named, and bring the database's files down."""
    from sqlalchemy.exc import SQLAlchemyError

    from server import clock, create_app
    from server.extensions import db
    from server.services.retention import deleting, leftovers, record
    from server.services.retention.files import bring_down
    from server.services.retention.periods import periods_of

    # Looks whether there is a database of this release, and says in one line what else there is.
    with this_release() as (config, _session):
        pass
    with create_app(config).app_context():
        try:
            now, periods = clock.now(), periods_of(config)
            if references:
                click.echo(f"Referrals deleted: {_delete_named(references, yes)}")
            else:
                click.echo(f"Referrals deleted: {deleting.sweep(now, periods)}")
                click.echo(f"Events of the record deleted: {record.cut(now, periods)}")
                click.echo(f"Sessions and links that were over, deleted: {leftovers.clear(now)}")
            db.session.remove()
            brought_down = bring_down(db.engine, rewrite)
        except SQLAlchemyError as error:
            raise CannotDo(f"The database cannot be used ({type(error).__name__}): run it again.") from None
    if not brought_down:
        raise CannotDo(_HELD)


def _delete_named(references: tuple[str, ...], yes: bool) -> int:
    from server import clock
    from server.services.retention.naming import delete_named, named

    # All are looked for before any is deleted: a slip of the pen deletes nothing.
    found = [_found(named(reference), reference, yes) for reference in dict.fromkeys(references)]
    chosen = [one for some in found for one in some if yes or click.confirm(_asked(one))]
    return sum(delete_named(one.id, clock.now()) for one in chosen)


def _found(some: "list[Named]", reference: str, yes: bool) -> "list[Named]":
    if not some:
        raise CannotDo(f"There is no referral {reference}: it is another reference, or deleted already.")
    if yes and len(some) > 1:
        raise CannotDo(f"{len(some)} referrals have the reference {reference}: leave --yes out, and choose.")
    return some


def _asked(one: "Named") -> str:
    return f"Delete {one.reference} ({one.team}, came on {one.received}, {one.state}) for good?"
