"""Whom each view needs. Every route says it, and a view that says nothing is never registered."""

import functools
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for

from server.inbox.browser_session import session

View = Callable[..., Any]


class NothingNeeded(TypeError):
    """A view does not say whom it needs."""


def needs_member(view: View) -> View:
    """Only for who is signed in; others are asked to sign in and, from a link, come back to it."""

    @functools.wraps(view)
    def guarded(**values: Any) -> Any:
        if session() is not None:
            return view(**values)
        onward = request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
        return redirect(url_for("inbox.sign_in", to=onward), 303)

    guarded.need = "member"  # type: ignore[attr-defined]
    return guarded


def needs_member_in_script(view: View) -> View:
    """Only for who is signed in; the script, which cannot follow to a page, gets 401."""

    @functools.wraps(view)
    def guarded(**values: Any) -> Any:
        return view(**values) if session() is not None else Response(status=401)

    guarded.need = "member"  # type: ignore[attr-defined]
    return guarded


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


def add(blueprint: Blueprint, rule: str, view: View, method: str) -> None:
    """Register one view under its own name for one method. Raises NothingNeeded."""
    if not hasattr(view, "need"):
        raise NothingNeeded(f"{view.__name__} must say @needs_member or @needs_nobody")
    blueprint.add_url_rule(rule, endpoint=view.__name__, view_func=view, methods=[method])
