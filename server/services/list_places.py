"""Where a page of the list ended, so that the next goes on from there: the keys of its last row, as one opaque word.

It holds what the list is sorted by and nothing that the page did not show.
"""

import base64
import binascii
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, tuple_

from server.models import Referral
from server.models.referral import URGENCIES

_LONGEST = 200


class UnknownPlace(LookupError):
    """This is no place of this list: begin at its first page."""


def order_of(closed: bool) -> tuple[ColumnElement[Any], ...]:
    """How a list is sorted: most urgent first, then by due time; the closed ones newest first."""
    if closed:
        return Referral.closed_at.desc(), Referral.id.desc()
    return Referral.urgency_rank.asc(), Referral.due_at.asc(), Referral.id.asc()


def place_of(closed: bool, last: Referral) -> str:
    """The place after a row."""
    moment = last.closed_at if closed else last.due_at
    keys = [last.urgency_rank, moment.isoformat() if moment else "", last.id]
    return base64.urlsafe_b64encode(json.dumps(keys, separators=(",", ":")).encode()).decode().rstrip("=")


def after_place(closed: bool, place: str) -> ColumnElement[bool]:
    """What of the list comes after a place. Raises UnknownPlace for what `place_of` never made."""
    rank, moment, last = _read(place)
    # Rows as wholes, so that an index leads to the place itself: parted by "or" it would be walked from its beginning.
    if closed:
        return tuple_(Referral.closed_at, Referral.id) < (moment, last)
    return tuple_(Referral.urgency_rank, Referral.due_at, Referral.id) > (rank, moment, last)


def _read(place: str) -> tuple[int, datetime, str]:
    if len(place) > _LONGEST:
        raise UnknownPlace
    try:
        raw = base64.b64decode(place.encode("ascii") + b"=" * (-len(place) % 4), altchars=b"-_", validate=True)
        rank, said, last = json.loads(raw)
        moment, known = datetime.fromisoformat(said), str(UUID(last))
    except (binascii.Error, ValueError, TypeError, AttributeError, RecursionError):
        raise UnknownPlace from None
    if type(rank) is not int or not 0 <= rank < len(URGENCIES) or moment.utcoffset() != timedelta(0):
        raise UnknownPlace
    return rank, moment, known
