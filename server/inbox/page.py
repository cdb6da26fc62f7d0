"""Puts a page together: what every page of a signed-in coordinator shows around its own content."""

import functools
from datetime import datetime
from typing import Any

from flask import current_app, render_template, request
from markupsafe import Markup

from server import locale
from server.inbox import navigation
from server.inbox.browser_session import member
from server.inbox.forms.base import Form
from server.inbox.forms.sign_in import LanguageForm
from server.services import triage
from server.services.accounts.roles import may
from server.services.retention.periods import Periods, periods_of

# Drawn on 24 x 24. Only what is listed here can be asked for.
_ICONS = {
    "search": '<circle cx="11" cy="11" r="6"/><path d="M20 20l-4.5-4.5"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "stop": '<path d="M8.5 3h7L21 8.500v7L15.500 21h-7L3 15.500v-7z"/><path d="M8 12h8"/>',
    "back": '<path d="M19 12H5"/><path d="M11 6l-6 6 6 6"/>',
    "note": '<path d="M6 3h8l4 4v14H6z"/><path d="M9 12h6M9 16h6"/>',
    "differs": '<path d="M5 9h14M5 15h14M15 5L9 19"/>',
    "done": '<path d="M5 12.500l4.500 4.500L19.500 7"/>',
    "calm": '<path d="M4 13l2.500-8h11L20 13v6H4z"/><path d="M4 13h5l1 2h4l1-2h5"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="M11 12l8-8M16 7l2.500 2.500"/>',
    "phone": '<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 18h2"/>',
    "people": '<circle cx="9" cy="9" r="3"/><path d="M4 19a5 5 0 0 1 10 0M16 6a3 3 0 0 1 0 6M17 14a5 5 0 0 1 3 5"/>',
    "copy": '<rect x="8" y="8" width="12" height="12" rx="2"/><path d="M16 8V4H4v12h4"/>',
    "hold": '<circle cx="12" cy="12" r="9"/><path d="M10 9v6M14 9v6"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
    "record": '<path d="M6 3h12v18H6z"/><path d="M9 8h6M9 12h6M9 16h3"/>',
    "out": '<path d="M14 4h6v16h-6M4 12h10M10 8l4 4-4 4"/>',
}
_MIRRORED = {"back", "out"}


def icon(name: str) -> Markup:
    """A small drawing. It says nothing that the words beside it do not say."""
    turned = " flip" if name in _MIRRORED else ""
    return Markup('<svg class="ico{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>').format(
        turned,
        Markup(_ICONS[name]),  # noqa: S704  # our own drawings
    )


def periods() -> Periods:
    """How long things are kept on this server."""
    return periods_of(current_app.config["HEED"])


def desk(template: str, now: datetime, status: int = 200, **values: Any) -> tuple[str, int]:
    """A page of the inbox with its side rail. In: the template, the time, what the template needs."""
    me = member()
    language = LanguageForm(formdata=None, back=request.path if request.method == "GET" else "/")
    return (
        render_template(
            template,
            me=me,
            now=now,
            may=functools.partial(may, me),
            places=navigation.entries(me, request.path),
            own_places=navigation.own_entries(me, request.path),
            # How many there are is already something about the team's referrals.
            counts=triage.counts(me, now, periods()) if may(me, "work_referrals") else {},
            locales=locale.offered(),
            language_form=language,
            sign_out_form=Form(formdata=None),
            **{"show": None, "q": "", **values},
        ),
        status,
    )
