"""Whom each view needs. Every route says it, and a view that says nothing is never registered.

The words are the deeds of `services/accounts/roles.py`, and "nobody", "nothing", "link".
"""

import functools
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for

from server.inbox import kept_form, navigation
from server.inbox.browser_session import session
from server.models import Member
from server.services.accounts import roles

View = Callable[..., Any]


class NothingNeeded(TypeError):
    """A view does not say whom it needs."""


def needs(deed: str) -> Callable[[View], View]:
    """Only for members whose roles allow the deed.

    Who is not signed in is asked to, and comes back; what a form held is not lost. Whether the deed reaches the
    team or person in the address is the service's to say. Raises KeyError for a deed that is not in the table.
    """
    roles.DEEDS[deed]

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(**values: Any) -> Any:
            found = session()
            if found is not None:
                return view(**values) if roles.may(found.member, deed) else _not_for_you(found.member)
            if request.method == "POST":
                return kept_form.ask_to_sign_in()
            onward = request.full_path.rstrip("?") if request.path != "/" else None
            return redirect(url_for("inbox.sign_in", to=onward), 303)

        guarded.need = deed  # type: ignore[attr-defined]
        return guarded

    return decorate


def needs_in_script(deed: str) -> Callable[[View], View]:
    """As `needs`, for what a script asks for: it cannot follow to a page, and gets 401 or 403."""
    roles.DEEDS[deed]

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(**values: Any) -> Any:
            found = session()
            if found is None:
                return Response(status=401)
            return view(**values) if roles.may(found.member, deed) else Response(status=403)

        guarded.need = deed  # type: ignore[attr-defined]
        return guarded

    return decorate


def needs_nobody(view: View) -> View:
    """For who is not signed in; who is goes on to the list."""

    @functools.wraps(view)
    def open_to_all(**values: Any) -> Any:
        return view(**values) if session() is None else redirect(url_for("inbox.referrals"), 303)

    open_to_all.need = "nobody"  # type: ignore[attr-defined]
    return open_to_all


def needs_nothing(view: View) -> View:
    """The same for everybody, and about nobody."""
    view.need = "nothing"  # type: ignore[attr-defined]
    return view


def _not_for_you(member: Member) -> Any:
    """The host's front door leads each role to where its work is; everything else says no."""
    return redirect(navigation.front(member), 303) if request.path == "/" else abort(403)


def add(blueprint: Blueprint, rule: str, view: View, method: str) -> None:
    """Register one view under its own name for one method. Raises NothingNeeded."""
    if not hasattr(view, "need"):
        raise NothingNeeded(f"{view.__name__} must say @needs(…), @needs_nobody, @needs_link or @needs_nothing")
    blueprint.add_url_rule(rule, endpoint=view.__name__, view_func=view, methods=[method])
