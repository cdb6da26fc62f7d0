"""The page about the team's keys, which are made and opened in the coordinator's browser only."""

from flask import Blueprint

from server import clock
from server.inbox.needs import add, needs
from server.inbox.page import desk


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/keys", keys, "GET")


@needs("work_referrals")
def keys() -> tuple[str, int]:
    """Everything about keys, one view at a time; which, the script finds out from `keys_script.keys_state`."""
    return desk("inbox/keys.html", clock.now())
