"""Passing on: the page that offers a referral to another team, the list of what came and went, and what each side can
do with one of them."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, abort, jsonify, redirect, request, url_for

from server import clock
from server.inbox import transfer_words
from server.inbox.browser_session import member
from server.inbox.forms.transfers import DoneForm, OfferForm, RefuseForm, VersionForm
from server.inbox.needs import add, needs, needs_in_script
from server.inbox.page import desk, periods
from server.inbox.showing import transfers as showing
from server.inbox.showing.referral import shown
from server.services import triage
from server.services.transfers import answering, offering, rules, viewing
from server.services.transfers.finding import NoSuchTransfer

Answer = tuple[str, int]
OFFER = "/referrals/<uuid:number>/pass-on"
ONE = "/passed-on/<int:transfer_id>"


def register(blueprint: Blueprint) -> None:
    """The routes of this file."""
    add(blueprint, OFFER, pass_on, "GET")
    add(blueprint, OFFER, offer_transfer, "POST")
    add(blueprint, "/passed-on", passed_on, "GET")
    add(blueprint, ONE, transfer, "GET")
    add(blueprint, f"{ONE}/file", transfer_file, "GET")
    add(blueprint, f"{ONE}/accept", accept_transfer, "POST")
    add(blueprint, f"{ONE}/refuse", refuse_transfer, "POST")
    add(blueprint, f"{ONE}/done", finish_transfer, "POST")
    add(blueprint, f"{ONE}/revoke", revoke_transfer, "POST")


@needs("work_referrals")
def pass_on(number: UUID) -> Answer:
    """To whom, for what, and which words go along. Looking at it is reading the referral."""
    now = clock.now()
    try:
        detail = triage.opened(member(), str(number), now)
    except triage.NotThisTeam:
        abort(404)
    referral = detail.referral
    before = showing.of_referral(referral)
    return desk(
        "inbox/transfers/pass_on.html",
        now,
        it=shown(detail, member(), now),
        choices=showing.choices_for(offering.teams_to_choose(member()), referral, before),
        purposes=[(code, transfer_words.purpose(code)) for code in rules.PURPOSES],
        grounds=[(code, transfer_words.ground(code)) for code in rules.grounds_for(referral.subject)],
        form=OfferForm(formdata=None, version=referral.version),
    )


@needs_in_script("work_referrals")
def offer_transfer(number: UUID) -> Response | tuple[Response, int]:
    """Keep what the browser sealed, and tell the other team."""
    form = OfferForm()
    sound = form.validate_on_submit()
    try:
        offering.to_pass_on(member(), str(number))
        if not sound:
            return jsonify(problem=f"not as this page makes it: {', '.join(form.errors)}"), 422
        made = offering.offer(member(), str(number), form.version.data or 0, form.offer(), clock.now())
    except triage.NotThisTeam:
        abort(404)
    except offering.OfferRefused as refused:
        return jsonify(problem=str(refused)), 422
    except (triage.SomeoneChangedThis, offering.OfferedAlready):
        return jsonify(problem="stale"), 409
    return jsonify(ok=True, transfer=made)


@needs("work_referrals")
def passed_on() -> Answer:
    """What was offered to this team, and what it offered to others."""
    now, kept = clock.now(), periods()
    return desk(
        "inbox/transfers/list.html",
        now,
        incoming=[showing.received_line(one, kept, now) for one in viewing.incoming(member())],
        outgoing=[showing.sent_line(one) for one in viewing.outgoing(member())],
        most=viewing.MOST_ROWS,
        done=request.args.get("done", ""),
    )


@needs("work_referrals")
def transfer(transfer_id: int) -> Answer:
    """One hand-over, as this team may see it."""
    return _one(transfer_id, 200)


@needs_in_script("work_referrals")
def transfer_file(transfer_id: int) -> Response:
    """The sealed words, for this browser to open. Like a note: a GET that leaves an event and tells nothing."""
    try:
        file, sha256 = answering.sealed_file(member(), transfer_id, clock.now())
    except NoSuchTransfer:
        abort(404)
    return Response(file, content_type="application/octet-stream", headers={"X-Sealed-SHA256": sha256})


@needs("work_referrals")
def accept_transfer(transfer_id: int) -> Answer | Response:
    """Take it on."""
    form = VersionForm()
    return _changed(
        transfer_id,
        form,
        lambda version: answering.accept(member(), transfer_id, version, clock.now()),
        "accepted",
    )


@needs("work_referrals")
def refuse_transfer(transfer_id: int) -> Answer | Response:
    """Say no, and why."""
    form = RefuseForm()
    return _changed(
        transfer_id,
        form,
        lambda version: answering.refuse(member(), transfer_id, version, form.reason.data or "", clock.now()),
        "refused",
    )


@needs("work_referrals")
def finish_transfer(transfer_id: int) -> Answer | Response:
    """Say how it ended."""
    form = DoneForm()
    return _changed(
        transfer_id,
        form,
        lambda version: answering.done(member(), transfer_id, version, form.outcome.data or "", clock.now()),
        "done",
    )


@needs("work_referrals")
def revoke_transfer(transfer_id: int) -> Answer | Response:
    """Take back what this team offered."""
    form = VersionForm()
    return _changed(
        transfer_id,
        form,
        lambda version: offering.revoke(member(), transfer_id, version, clock.now()),
        "revoked",
    )


def _changed(transfer_id: int, form: VersionForm, deed: Callable[[int], None], done: str) -> Answer | Response:
    """The deed, if the form is sound; else the page again, with what is wrong. Who may not see it gets 404 first."""
    if not form.validate_on_submit():
        return _one(transfer_id, 422, form)
    try:
        deed(form.version.data or 0)
    except NoSuchTransfer:
        abort(404)
    except triage.SomeoneChangedThis:
        return _one(transfer_id, 409)
    back: Response = redirect(url_for("inbox.transfer", transfer_id=transfer_id, done=done), 303)  # type: ignore[assignment]
    return back


def _one(transfer_id: int, status: int, refused: VersionForm | None = None) -> Answer:
    try:
        view = viewing.view(member(), transfer_id)
    except NoSuchTransfer:
        abort(404)
    now, version = clock.now(), view.transfer.version
    return desk(
        "inbox/transfers/transfer.html",
        now,
        status,
        page=showing.page_of(view, member(), periods(), now),
        done=request.args.get("done", ""),
        is_changed=status == 409,
        form=VersionForm(formdata=None, version=version),
        refused=refused,
        reasons=[(code, transfer_words.reason(code)) for code in rules.REASONS],
        outcomes=triage.OUTCOMES,
    )
