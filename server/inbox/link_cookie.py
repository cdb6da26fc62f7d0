"""Who holds a link that makes an account: its secret travels from the address into this cookie, once, so that it
is in no address, no log and no page after that."""

import functools
from typing import Any

from flask import Response, g, make_response, redirect, request, url_for

from server import clock
from server.inbox.browser_session import delete_cookie, set_cookie
from server.inbox.door import asked_language, door
from server.inbox.needs import View
from server.models import AccountLink
from server.services.accounts import enrolment, links

COOKIE = "__Host-heed-link"
# Every reason for which a link leads nowhere, by the name its page knows it by, and the status it is answered with.
_PROBLEMS = {
    links.LinkUsed: ("used", 410),
    links.LinkOver: ("over", 410),
    links.LinkEnded: ("ended", 410),
}


def needs_link(view: View) -> View:
    """Only for who holds a living link. Who does not is told why, and what to do."""

    @functools.wraps(view)
    def guarded(**values: Any) -> Any:
        try:
            g.account_link = links.find(secret(), clock.now())
            return view(**values)
        except links.LinkRefused as problem:
            # Also when it was used up or ended between finding it and using it.
            return let_go(problem_page(problem))

    guarded.need = "link"  # type: ignore[attr-defined]
    return guarded


def problem_page(problem: links.LinkRefused) -> Response:
    """What to do about a link that leads nowhere."""
    what, status = _PROBLEMS.get(type(problem), ("unknown", 404))
    return door("inbox/welcome/problem.html", status, what=what)


def link() -> AccountLink:
    """The link of this request. Only for views that say @needs_link."""
    found: AccountLink = g.account_link
    return found


def to_step(found: AccountLink) -> Response:
    """To the page of what is next for the holder of a link."""
    page = f"inbox.welcome_{enrolment.step_of(found)}"
    return make_response(redirect(url_for(page, language=asked_language() or None), 303))


def away_from(step: str) -> Response | None:
    """To the right page when this link's holder is at another step; None when they are at this one."""
    return None if enrolment.step_of(link()) == step else to_step(link())


def secret() -> str:
    """The secret in the cookie, or nothing."""
    return request.cookies.get(COOKIE, "")


def hold(response: Any, link_secret: str) -> Response:
    """Give the browser the secret of its link, until it is closed or the account is made."""
    answer = make_response(response)
    set_cookie(answer, COOKIE, link_secret)
    return answer


def let_go(response: Any) -> Response:
    """Take the secret away again."""
    answer = make_response(response)
    delete_cookie(answer, COOKIE)
    return answer
