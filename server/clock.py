"""The one place where the program asks what time it is.

Times are UTC, in whole seconds: a finer time would help nobody and would tell more about who sent what.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC, cut to the second."""
    return datetime.now(UTC).replace(microsecond=0)
