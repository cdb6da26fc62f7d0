"""The mark in the browser's tab: drawn here, because every page asks for it before anybody is signed in."""

from flask import Blueprint, Response

from server.inbox.needs import add, needs_nothing

_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="9" fill="#14584e"/>'
    '<path d="M9 16.5l4.6 4.6L23.5 11" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" '
    'stroke-linejoin="round"/></svg>'
)


def register(blueprint: Blueprint) -> None:
    """The route of this file."""
    add(blueprint, "/mark.svg", mark, "GET")


@needs_nothing
def mark() -> Response:
    """The mark, for a week: it changes with the look only."""
    return Response(_MARK, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=604800"})
