"""Whether the database keeps what was acknowledged, is of this release, and is no demonstration."""

from datetime import datetime

from server.database import unsafe_settings
from server.extensions import db
from server.migrations.state import is_newest
from server.services.checkup.finding import GOOD, LOOK, WRONG, Finding
from server.services.installations import is_demo


def durable(_now: datetime) -> Finding:
    """A power cut loses nothing that a phone was told is stored."""
    unsafe = len(unsafe_settings(db.engine))
    return Finding("durable", WRONG, "wrong", {"num": unsafe}) if unsafe else Finding("durable", GOOD, "good")


def release(_now: datetime) -> Finding:
    """The database is as new as the program."""
    return Finding("release", *((GOOD, "good") if is_newest(db.engine) else (WRONG, "wrong")))


def demonstration(_now: datetime) -> Finding:
    """This is for people at work, not the demonstration, whose keys everybody knows."""
    return Finding("demonstration", *((LOOK, "look") if is_demo(db.session()) else (GOOD, "good")))
