"""How backups are named, and which of them are too old to be kept. Deletes nothing but sealed backups of Heed."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

# Days. A closed referral is kept for 90 days at most before only its tombstone is left; a backup that lay longer would
# keep what was deleted on time (pathways, 2.4).
MOST_DAYS = 90

# What a run that was killed left half written is sealed too, and goes when its time has come.
_NAME = re.compile(r"heed-(\d{8}T\d{6})Z\.age(\.part)?")
_STAMP = "%Y%m%dT%H%M%S"


def name_of(now: datetime) -> str:
    """The name of the backup of this moment (UTC)."""
    return f"heed-{now.astimezone(UTC):{_STAMP}}Z.age"


def delete_old(folder: Path, days: int, now: datetime) -> int:
    """Delete the backups in the folder that are older than so many days, by the time in their names: a copied file's
    own time says nothing. Out: how many."""
    old = [path for path in folder.iterdir() if _made_at(path) < now - timedelta(days=days)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _made_at(path: Path) -> datetime:
    """When a backup was made; for every other file a time that is never too old."""
    found = _NAME.fullmatch(path.name)
    never = datetime.max.replace(tzinfo=UTC)
    if not found:
        return never
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return never
