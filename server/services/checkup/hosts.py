"""Whether the two names answer as browsers and phones need them to: https, headers, and neither for the other. It
judges what `visiting` brought, and asks nobody."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from server.security import FIELD_CSP, INBOX_CSP
from server.services.checkup.finding import GOOD, LOOK, UNSEEN, WRONG, Finding
from server.services.checkup.visiting import AWAY, DESK_PAGE, NO_HTTPS, PHONE_CALL, REFUSED, Visit

_CERTIFICATE_LEFT = timedelta(days=14)
# Seconds that browsers must remember to come by https only: half a year, below which the preload lists take nobody.
_LEAST_HSTS = 15_552_000

Visits = Sequence[Visit]


def https(visits: Visits, _now: datetime) -> Finding:
    """Both names answer by https, with a certificate that can be trusted."""
    origins = {"field": visits[0].origin, "inbox": visits[1].origin}
    faults = {visit.fault for visit in visits}
    for fault in (REFUSED, NO_HTTPS):
        if fault in faults:
            return Finding("https", WRONG, fault, origins)
    if not all(_by_https(visit) for visit in visits):
        return Finding("https", LOOK, "this_machine", origins)
    return Finding("https", LOOK, AWAY, origins) if AWAY in faults else Finding("https", GOOD, "good", origins)


def certificate(visits: Visits, now: datetime) -> Finding | None:
    """No certificate ends within two weeks. Where there is no https there is none."""
    if not any(_by_https(visit) for visit in visits):
        return None
    ends = [visit.ends for visit in visits if visit.ends]
    if len(ends) < sum(map(_by_https, visits)):
        return Finding("certificate", UNSEEN, "unseen")
    soon = min(ends) < now + _CERTIFICATE_LEFT
    return Finding("certificate", LOOK if soon else GOOD, "look" if soon else "good", {"at": min(ends)})


def headers(visits: Visits, _now: datetime) -> Finding:
    """Every answer carries our policy for browsers as it left us, and by https the order to stay with https."""
    if any(visit.fault for visit in visits):
        return Finding("headers", UNSEEN, "unseen")
    for visit, policy in zip(visits, (FIELD_CSP, INBOX_CSP), strict=True):
        for answer in visit.answers.values():
            if policy not in answer.all("Content-Security-Policy"):
                return Finding("headers", WRONG, "policy", {"origin": visit.origin})
            if _by_https(visit) and not any(map(_stays_https, answer.all("Strict-Transport-Security"))):
                return Finding("headers", WRONG, "hsts", {"origin": visit.origin})
    return Finding("headers", GOOD, "good")


def apart(visits: Visits, _now: datetime) -> Finding:
    """Neither name answers for the other, each for its own, and the field app sets no cookie."""
    if any(visit.fault for visit in visits):
        return Finding("apart", UNSEEN, "unseen")
    field, inbox = visits
    for visit, others, own in ((field, DESK_PAGE, PHONE_CALL), (inbox, PHONE_CALL, DESK_PAGE)):
        if visit.answers[others].status < 400:
            return Finding("apart", WRONG, "other", {"origin": visit.origin})
        if visit.answers[own].status != 200:
            return Finding("apart", WRONG, "own", {"origin": visit.origin})
    if any(answer.all("Set-Cookie") for answer in field.answers.values()):
        return Finding("apart", WRONG, "cookie", {"origin": field.origin})
    return Finding("apart", GOOD, "good")


def _by_https(visit: Visit) -> bool:
    return visit.origin.startswith("https:")


def _stays_https(value: str) -> bool:
    found = re.search(r"max-age=\"?(\d+)", value, re.IGNORECASE)
    return found is not None and int(found[1]) >= _LEAST_HSTS
