"""The list, one referral, its sealed note, and what can be done with it: claim, close, keep longer."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, request, url_for

from server import clock
from server.inbox.browser_session import member
from server.inbox.forms.phones import PhoneForm
from server.inbox.forms.referrals import ClaimForm, CloseForm, KeepForm
from server.inbox.needs import add, needs, needs_in_script
from server.inbox.page import desk, periods
from server.inbox.showing.leaving import stay_of
from server.inbox.showing.referral import shown
from server.inbox.showing.row import gone_line, line_of
from server.services import triage
from server.services.list_conditions import FILTERS
from server.services.list_counts import leaving_soon
from server.services.listing import Page, UnknownFilter, UnknownPlace
from server.services.partnership import rota
from server.services.retention.keeping import REASONS, AtFurthest, keep_longer

Answer = tuple[str, int]


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, "/", referrals, "GET")
    add(blueprint, "/referrals/<uuid:number>", referral, "GET")
    add(blueprint, "/referrals/<uuid:number>/note", note, "GET")
    add(blueprint, "/referrals/<uuid:number>/claim", claim, "POST")
    add(blueprint, "/referrals/<uuid:number>/close", close, "POST")
    add(blueprint, "/referrals/<uuid:number>/keep", keep, "POST")


@needs("work_referrals")
def referrals() -> Answer:
    """A page of one filter, or what answers to a reference."""
    now, kept = clock.now(), periods()
    show = request.args.get("show", FILTERS[0])
    typed = request.args.get("q", "").strip()
    after = request.args.get("after", "")
    try:
        if typed:
            page = Page(triage.found(member(), typed, now, kept), "")
        else:
            page = triage.listed(member(), show, now, kept, after)
    except (UnknownFilter, UnknownPlace):
        abort(404)
    return desk(
        "inbox/list.html",
        now,
        show=None if typed else show,
        q=typed,
        lines=[line_of(row, now) for row in page.rows],
        gone=[gone_line(one) for one in triage.gone(member(), typed)] if typed else [],
        more=page.more,
        after=after,
        floods=triage.floods(member(), now),
        leaving=leaving_soon(member(), now, kept),
        readers=rota.readers_today(member().team, now),
    )


@needs("work_referrals")
def referral(number: UUID) -> Answer | Response:
    """One referral. Looking at it marks it read. Of one that was deleted on time the list says what is left."""
    left = triage.gone_one(member(), str(number))
    if left is not None:
        return _to(url_for("inbox.referrals", q=left.reference))
    return _one(number, clock.now())


@needs_in_script("work_referrals")
def note(number: UUID) -> Response:
    """The sealed note as it came, for this browser to open.

    A GET that leaves an event: it needs no CSRF token, because the cookie is SameSite=Strict and what another page
    could cause is a line in the timeline, never a word.
    """
    try:
        sealed = triage.sealed_note(member(), str(number), clock.now())
    except triage.NotThisTeam:
        abort(404)
    if sealed is None:
        abort(404)
    file, sha256 = sealed
    return Response(file, content_type="application/octet-stream", headers={"X-Sealed-SHA256": sha256})


@needs("work_referrals")
def claim(number: UUID) -> Answer | Response:
    """Take a referral on."""
    form = ClaimForm()
    if not form.validate_on_submit():
        abort(400)
    try:
        triage.claim(member(), str(number), form.version.data or 0, clock.now())
    except triage.NotThisTeam:
        abort(404)
    except triage.SomeoneChangedThis:
        return _conflict(number)
    return _back_to(number, "claimed")


@needs("work_referrals")
def close(number: UUID) -> Answer | Response:
    """Close a referral with an outcome."""
    form = CloseForm()
    if not form.validate_on_submit():
        return _one(number, clock.now(), status=422, close_form=form)
    try:
        triage.close(member(), str(number), form.version.data or 0, form.outcome.data or "", clock.now())
    except triage.NotThisTeam:
        abort(404)
    except triage.SomeoneChangedThis:
        return _conflict(number, close_form=form)
    return _back_to(number, "closed")


@needs("work_referrals")
def keep(number: UUID) -> Answer | Response:
    """Keep a referral longer than usual, for a reason."""
    form, now = KeepForm(), clock.now()
    if not form.validate_on_submit():
        return _one(number, now, status=422, keep_form=form)
    chosen = form.days.data or 0, form.reason.data or ""
    try:
        keep_longer(member(), str(number), form.version.data or 0, *chosen, now, periods())
    except triage.NotThisTeam:
        abort(404)
    except triage.SomeoneChangedThis:
        return _conflict(number, keep_form=form)
    except AtFurthest:
        form.days.errors = ["gains nothing"]
        return _one(number, now, status=422, keep_form=form)
    return _back_to(number, "kept")


def _one(
    number: UUID,
    now: datetime,
    status: int = 200,
    close_form: CloseForm | None = None,
    keep_form: KeepForm | None = None,
) -> Answer:
    try:
        detail = triage.opened(member(), str(number), now)
    except triage.NotThisTeam:
        abort(404)
    version = detail.referral.version
    return desk(
        "inbox/referral.html",
        now,
        status,
        it=shown(detail, member(), now),
        stay=stay_of(detail.referral, periods(), now),
        done=request.args.get("done", ""),
        claim_form=ClaimForm(formdata=None, version=version),
        close_form=close_form or CloseForm(formdata=None, version=version),
        keep_form=keep_form or KeepForm(formdata=None, version=version),
        outcomes=triage.OUTCOMES,
        reasons=REASONS,
        phone_form=PhoneForm(formdata=None, back=str(number)),
    )


def _conflict(number: UUID, close_form: CloseForm | None = None, keep_form: KeepForm | None = None) -> Answer:
    """Somebody was quicker: how it stands now, and what was chosen, kept."""
    now = clock.now()
    try:
        detail = triage.opened(member(), str(number), now)
    except triage.NotThisTeam:
        # Quicker still: it was deleted in between.
        abort(404)
    return desk(
        "inbox/conflict.html",
        now,
        409,
        it=shown(detail, member(), now),
        stay=stay_of(detail.referral, periods(), now),
        close_form=close_form,
        keep_form=keep_form,
        outcomes=triage.OUTCOMES,
        reasons=REASONS,
    )


def _back_to(number: UUID, done: str) -> Response:
    return _to(url_for("inbox.referral", number=number, done=done))


def _to(address: str) -> Response:
    response: Response = redirect(address, 303)  # type: ignore[assignment]
    return response
