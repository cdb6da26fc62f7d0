"""Who may use a route of the phone's API. Every view goes through one of these; the word is kept on the view,
so that a test can ask each route whom it is for."""

import base64
import binascii
import functools
import hashlib
from collections.abc import Callable
from typing import Any

from flask import g, request

from server import clock
from server.problems import Problem
from server.services import limits
from server.services.phones import senders

View = Callable[..., Any]

_RECEIPT_BYTES = 16


def for_anyone(view: View) -> View:
    """Open to all: what it gives out is public."""
    return _stating("anyone", view)


def for_invitation(view: View) -> View:
    """Open to all who hold an invitation, which the view checks; slowed down for who tries many."""

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        _slow_down("join")
        return view(*args, **kwargs)

    return _stating("invitation", guarded)


def for_device(view: View) -> View:
    """Only for phones that have joined; the phone is in `g.phone`."""

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            g.phone = senders.phone_of(_credentials("Bearer"))
        except senders.PhoneUnknown:
            raise _unknown("device-unknown", "This phone has not joined", "Join by an invitation.", "Bearer") from None
        except senders.PhoneTakenOut:
            raise _unknown(
                "device-revoked",
                "This phone may send no more",
                "Its team has taken it out, or it has left. Join again by a new invitation.",
                "Bearer",
            ) from None
        return view(*args, **kwargs)

    return _stating("device", guarded)


def for_receipt(view: View) -> View:
    """Only for who holds a receipt's secret; its hash is in `g.receipt_sha256`."""

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        _slow_down("follow-up")
        given = _credentials("Receipt")
        try:
            secret = base64.b64decode(given + "=" * (-len(given) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            secret = b""
        if len(secret) != _RECEIPT_BYTES:
            raise _unknown("receipt-missing", "This needs a receipt", "Send the receipt's secret.", "Receipt")
        g.receipt_sha256 = hashlib.sha256(secret).hexdigest()
        return view(*args, **kwargs)

    return _stating("receipt", guarded)


def receipt_unknown() -> Problem:
    """The answer to a receipt of nothing."""
    return Problem(
        404,
        "receipt-unknown",
        "Nothing is stored under this receipt",
        "It has not arrived, or it is deleted by now.",
    )


def _stating(need: str, view: View) -> View:
    view.need = need  # type: ignore[attr-defined]
    return view


def _credentials(scheme: str) -> str:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if kind.lower() == scheme.lower() else ""


def _unknown(code: str, title: str, detail: str, scheme: str) -> Problem:
    return Problem(401, code, title, detail, headers={"WWW-Authenticate": f'{scheme} realm="heed"'})


def _slow_down(what: str) -> None:
    if not limits.allow(what, request.remote_addr or "", clock.now()):
        raise Problem(
            429,
            "too-many",
            "Too many tries",
            "Wait a minute and try again.",
            headers={"Retry-After": "60"},
        )
