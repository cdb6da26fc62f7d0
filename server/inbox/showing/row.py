"""One line of the list, ready for the template; and what the list says of one that is gone."""

from dataclasses import dataclass
from datetime import datetime

from server.inbox import times, words
from server.inbox.showing import leaving
from server.inbox.showing.areas import area_name
from server.inbox.showing.reasons import strongest
from server.inbox.showing.referral import title_of
from server.inbox.showing.setting_names import setting_name
from server.locale import _
from server.models import Tombstone
from server.services.triage import Row


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the list says. `hue` is the colour of its edge: now, today or later; `leaves` says how soon it is
    deleted, in `leaves_hue`, and nothing before that is announced."""

    row: Row
    hue: str
    title: str
    place: str
    level: str
    concern: str
    note: str
    new_phone: bool
    leaves: str
    leaves_hue: str


def line_of(row: Row, now: datetime) -> Line:
    """Arrange one row."""
    setting = setting_name(row.setting, row.subject)
    level = strongest(row.concern, row.server_concern)
    return Line(
        row=row,
        hue=row.urgency if row.urgency in ("now", "today") and row.state != "closed" else "later",
        title=title_of(row.subject, row.age, row.kinds),
        place=" · ".join(part for part in (area_name(row.area), setting) if part),
        level=level,
        concern=words.concern(level),
        note=words.note(row.note),
        # Once it is closed, nobody has to weigh it any more.
        new_phone=row.new_phone and row.state != "closed",
        leaves=leaving.countdown(row.leaves_at, now),
        leaves_hue=leaving.hue(row.leaves_at, now),
    )


def gone_line(left: Tombstone) -> str:
    """What is left of a referral that was deleted, in one sentence."""
    days = {
        "reference": left.reference,
        "deleted": times.day(left.deleted_at.date()),
        "came": times.day(left.received_at.date()),
    }
    if left.closed_at is None or left.closed_as is None:
        return _("%(reference)s was deleted on %(deleted)s. It came on %(came)s and was never closed.", **days)
    return _(
        "%(reference)s was deleted on %(deleted)s. It came on %(came)s and was closed on %(closed)s as: %(outcome)s.",
        **days,
        closed=times.day(left.closed_at.date()),
        outcome=words.outcome(left.closed_as),
    )
