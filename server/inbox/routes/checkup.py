"""Whether the server is well, for the administrators of the organisation that runs it. Looking changes nothing."""

from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for

from server import clock
from server.inbox.browser_session import member
from server.inbox.forms.base import Form
from server.inbox.needs import add, needs
from server.inbox.page import desk
from server.inbox.showing.checkup import parts_of
from server.services.checkup.backups import backup_was_put_back
from server.services.checkup.looking import look


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/checkup", checkup, "GET")
    add(blueprint, "/checkup/backup", say_backup_put_back, "POST")


@needs("check_server")
def checkup() -> tuple[str, int]:
    """What was found, what is wrong first."""
    now = clock.now()
    parts = parts_of(look(current_app.config["HEED"], now))
    return desk("inbox/checkup/checkup.html", now, parts=parts, form=Form(formdata=None), done=request.args.get("done"))


@needs("check_server")
def say_backup_put_back() -> Any:
    """Write down that a backup was put back elsewhere today."""
    Form().validate_on_submit()
    backup_was_put_back(member(), clock.now())
    return redirect(url_for("inbox.checkup", done="put-back"), 303)
