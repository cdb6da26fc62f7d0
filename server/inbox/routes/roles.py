"""Who may do what: the table of services/accounts/roles.py as a page, for everybody who is signed in."""

from flask import Blueprint

from server import clock
from server.inbox.browser_session import member
from server.inbox.needs import add, needs
from server.inbox.page import desk
from server.inbox.showing.roles import role_hint, table
from server.services.accounts.roles import ROLES


def register(blueprint: Blueprint) -> None:
    """The route of this file."""
    add(blueprint, "/roles", roles, "GET")


@needs("own_account")
def roles() -> tuple[str, int]:
    """The whole table, with the reader's own part marked."""
    return desk("inbox/roles.html", clock.now(), codes=ROLES, lines=table(member()), role_hint=role_hint)
