"""Changing how one signs in needs a sign-in of a short while ago: a screen that was left open is not enough."""

import functools
from typing import Any

from flask import redirect, request, url_for

from server.inbox import browser_session
from server.inbox.needs import View


def fresh(view: View) -> View:
    """Whoever signed in too long ago does so again first, and comes back to the page. Stands below `@needs(…)`.

    A form goes back to its page: what it held were passwords and codes, which are never kept.
    """

    @functools.wraps(view)
    def guarded(**values: Any) -> Any:
        if browser_session.is_fresh():
            return view(**values)
        onward = request.path if request.method == "GET" else url_for("inbox.account")
        return redirect(url_for("inbox.sign_in", again="1", to=onward), 303)

    return guarded
