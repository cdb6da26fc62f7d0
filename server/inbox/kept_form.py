"""A form that was sent after the session had ended: what was typed waits in the sign-in page and is offered to be
sent again. It is never sent by itself, and never holds a password, a code or a passkey's answer."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from flask import Response, current_app, make_response, redirect, request, url_for
from werkzeug.exceptions import HTTPException

from server.inbox.door import door, inside, is_inside, sign_in_page
from server.inbox.forms.base import Form
from server.inbox.forms.sign_in import SignInForm

# Names, or beginnings of names, of what must be typed anew.
_NEVER_KEPT = ("csrf_token", "password", "code", "passkey", "kept")
# As it travels in a form, where every letter that is not plain takes three characters or more.
MOST_CHARACTERS = 48 * 1024
_SHOWN_CHARACTERS = 300
_NOT_AGAIN = ("inbox.sign_out", "inbox.choose_language")


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a form was to go, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> list[str]:
        """The values, for the person who typed them. Names of fields are not words, and are not shown."""
        values = (value.strip() for _, value in self.fields)
        return [
            f"{value[:_SHOWN_CHARACTERS]}…" if len(value) > _SHOWN_CHARACTERS else value for value in values if value
        ]


def ask_to_sign_in() -> Response:
    """The answer to a form that came without a living session: the sign-in page, holding what was typed.

    A form that another site sent is not carried on: signing in would lend it the member's hand.
    """
    kept = _of_this_request()
    if kept is None:
        return make_response(redirect(url_for("inbox.sign_in"), 303))
    return sign_in_page(SignInForm(formdata=None, kept=_written(kept)), 401)


def about_to_send(written: str | None, leave: str | None) -> Response | None:
    """The page that offers a kept form to the member who has signed in, or None when nothing sound is kept.

    In: the hidden field, and the path to go to when they leave it."""
    kept = read(written)
    if kept is None:
        return None
    return door("inbox/sign_in/kept.html", 200, kept=kept, form=Form(formdata=None), leave=inside(leave))


def read(written: str | None) -> Kept | None:
    """What a hidden field holds, or None when it is not what `ask_to_sign_in` wrote: it came from outside."""
    if not written or len(written) > MOST_CHARACTERS:
        return None
    try:
        found = json.loads(written)
        # A half of a pair of surrogates can be spelled in JSON and in no page.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return _checked(found)


def _checked(found: Any) -> Kept | None:
    if not isinstance(found, dict) or set(found) != {"path", "fields"}:
        return None
    path, fields = found["path"], found["fields"]
    if not isinstance(path, str) or not _takes_forms(path) or not isinstance(fields, list):
        return None
    for field in fields:
        if not isinstance(field, list) or len(field) != 2 or not all(isinstance(part, str) for part in field):
            return None
    return Kept(path, tuple((name, value) for name, value in fields if not name.startswith(_NEVER_KEPT)))


def _of_this_request() -> Kept | None:
    if not _from_our_page() or not _takes_forms(request.path):
        return None
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if not name.startswith(_NEVER_KEPT))
    kept = Kept(request.path, fields)
    return kept if len(quote_plus(_written(kept))) <= MOST_CHARACTERS else None


def _written(kept: Kept) -> str:
    return json.dumps({"path": kept.path, "fields": kept.fields}, ensure_ascii=False, separators=(",", ":"))


def _from_our_page() -> bool:
    """Our pages ask browsers for no referrer, and for such a page they write "null" as its origin. Then the
    browser's own word on who sends counts, which no page can set."""
    origin = request.headers.get("Origin", "null")
    if origin == "null":
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return origin == str(current_app.config["HEED"].inbox_origin)


def _takes_forms(path: str) -> bool:
    """Whether this is a path of the inbox where a member may send a form."""
    if not is_inside(path):
        return False
    try:
        endpoint, _values = current_app.url_map.bind("").match(path, method="POST")
    except HTTPException:
        return False
    need = getattr(current_app.view_functions[endpoint], "need", "nothing")
    return endpoint.startswith("inbox.") and need not in ("nobody", "nothing", "link") and endpoint not in _NOT_AGAIN
