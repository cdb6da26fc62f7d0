"""Backups: a copy of the whole database as of one moment, sealed to a key that the server does not hold, and the way
back from it. Never writes a backup in clear.

Only this room and the demonstration may use `pyrage`: here it seals to the operator, it never makes a key.
"""


class BackupRefused(Exception):
    """No backup was made, or none was put back; the message says why and what to do, in one line."""
