"""`heed clock`: the sweeps, in a process of its own. `heed serve` starts one; more of them do no harm and no work."""

import os
from contextlib import suppress

import click

from server.cli.settings import CannotDo, settings

# Seconds that a new server has for itself: after a start phones and desks come back all at once.
_AFTER = 15.0
# Whoever waits for an answer comes first.
_NICE = 10


@click.command(name="clock")
@click.option("--with-server", "server", type=int, hidden=True, help="End with this process, which must be the parent.")
def clock_command(server: int | None) -> None:
    """Delete on time, give notice, write down what was late and count, until told to stop."""
    import logging
    import signal
    import time
    from pathlib import Path

    # A service manager may forbid it: then it runs as everybody else.
    with suppress(OSError):
        os.nice(_NICE)
    if server is not None:
        # Until it listens itself, a stop simply ends it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        time.sleep(_AFTER)
    from sqlalchemy import make_url
    from sqlalchemy.exc import SQLAlchemyError

    from server.database import engine_for
    from server.migrations.state import is_newest
    from server.sweeping.clock import Clock

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    config = settings()
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise CannotDo(f"There is no database at {url.database}: check HEED_DATABASE_URL.")
    engine = engine_for(config.database_url)
    try:
        newest = is_newest(engine)
    except SQLAlchemyError:
        # Away for now, as it may be at any time: the clock waits for it.
        newest = True
    finally:
        engine.dispose()
    if not newest:
        raise CannotDo("The database is not of this release: run `heed migrate` first.")
    Clock(config, server).run()
