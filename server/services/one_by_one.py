"""Going through rows that are due, one transaction each: a fault in one never stops the others, nothing is tried for
ever, and whoever sends a referral meanwhile comes first."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import ColumnElement, select

from server.extensions import db
from server.models import Referral

_LOG = logging.getLogger("heed.sweeps")
_PAGE = 200
# So many that could not be done are enough for one time: something else is wrong, and the next sweep looks again.
_MOST_PASSED_OVER = 500
# On SQLite each deed holds the one writer's place for about 2 ms; so many times as long it is left to others.
_RESTS = 2


def one_by_one(due: ColumnElement[bool], deed: Callable[[str], bool]) -> int:
    """Do the deed to each referral that is due, by its id, until none is left. Out: how many were done.

    The deed is one transaction of its own, and looks again under the lock whether it still is to be done: False when
    somebody was faster, or is at it now.
    """
    done, passed_over, before = 0, set[str](), set[str]()
    while len(passed_over) < _MOST_PASSED_OVER:
        asked = select(Referral.id).where(due, Referral.id.not_in(passed_over)).limit(_PAGE)
        page = list(db.session.scalars(asked))
        # Nothing is held while the deeds take their time.
        db.session.rollback()
        if not page:
            break
        # Said to be done and due all the same: it would come back for ever.
        passed_over |= before.intersection(page)
        before.clear()
        for referral_id in page:
            if referral_id in passed_over:
                continue
            began = time.monotonic()
            if _did(deed, referral_id):
                before.add(referral_id)
                done += 1
            else:
                passed_over.add(referral_id)
            time.sleep(_RESTS * (time.monotonic() - began))
    return done


def place_of(fault: BaseException) -> str:
    """Where in the code a fault was raised, and of which kind it is: never its words, which may hold values."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    at = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "-"
    return f"{type(fault).__name__} at {at}"


def _did(deed: Callable[[str], bool], referral_id: str) -> bool:
    try:
        return deed(referral_id)
    except Exception as fault:
        _LOG.error("a row was passed over: %s", place_of(fault))  # a traceback would hold values
        return False
