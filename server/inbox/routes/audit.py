"""The record of an organisation: what was done, by whom, when; to look through and to take away."""

from flask import Blueprint, Response, abort, request, stream_with_context

from server import clock
from server.inbox.browser_session import member
from server.inbox.forms.audit import AuditFilter
from server.inbox.forms.base import Form
from server.inbox.needs import add, needs
from server.inbox.page import desk
from server.inbox.showing import audit as showing
from server.services.audit import export, listing
from server.services.audit.kinds import COMMAND, GROUPS, PHONE
from server.services.audit.wanted import Wanted

Page = tuple[str, int]


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/audit", audit, "GET")
    add(blueprint, "/audit/export", export_audit, "POST")


@needs("read_audit")
def audit() -> Page:
    """The newest events of the member's own organisation, or those that were asked for."""
    now = clock.now()
    organisation = member().team.organisation
    people = listing.people_of(organisation)
    form = AuditFilter(request.args, people)
    sound = form.validate()
    if form.was_made_up:
        abort(404)
    page = listing.page_of(organisation, _wanted(form), form.before.data) if sound else listing.Page([], None)
    return desk(
        "inbox/audit.html",
        now,
        200 if sound else 422,
        organisation=organisation,
        lines=[showing.line_of(entry) for entry in page.entries],
        older=page.older,
        newest=form.before.data is None,
        filter_form=form,
        groups=[(code, showing.group(code)) for code in GROUPS],
        people=[*people, *((code, showing.who(code)) for code in (PHONE, COMMAND))],
        fingerprint=listing.fingerprint(organisation),
        export_form=Form(formdata=None),
    )


@needs("read_audit")
def export_audit() -> Response:
    """The whole record as a table, made while it is sent."""
    Form().validate_on_submit()
    now = clock.now()
    rows = export.export(member(), now)
    name = f"heed-record-{member().team.organisation_id}-{now:%Y-%m-%d}.csv"
    return Response(
        stream_with_context(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _wanted(form: AuditFilter) -> Wanted:
    since, until = form.since.data, form.until.data
    return Wanted(
        group=form.group.data or "",
        who=form.who.data or "",
        about=form.about.data or "",
        since=showing.begin_of(since) if since else None,
        until=showing.end_of(until) if until else None,
    )
