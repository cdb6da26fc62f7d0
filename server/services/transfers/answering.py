"""What the receiving team does with an offer: accept it, refuse it, open what is sealed, say how it ended."""

from datetime import datetime

from server.models import Member, Transfer
from server.services.transaction import writing
from server.services.transfers.finding import NoSuchTransfer, as_seen, received, write_down
from server.services.transfers.rules import REASONS, TAKEN_ON
from server.services.triage import OUTCOMES, UnknownOutcome


class UnknownReason(ValueError):
    """An offer can be refused only for one of `REASONS`."""


def accept(member: Member, number: int, version: int, now: datetime) -> None:
    """Take it on: from now this team sees what was passed on. Raises NoSuchTransfer, SomeoneChangedThis."""
    with writing() as session:
        transfer = as_seen(session, received(session, member, number), version, ("offered",))
        transfer.state = "accepted"
        transfer.answered_by, transfer.answered_at = member.id, now
        write_down(session, member, transfer, "pass_accepted", now)


def refuse(member: Member, number: int, version: int, reason: str, now: datetime) -> None:
    """Say no, and why. Nothing of it stays with this team, nor for it.

    Raises NoSuchTransfer, SomeoneChangedThis, UnknownReason.
    """
    with writing() as session:
        found = received(session, member, number)
        if reason not in REASONS:
            raise UnknownReason(reason)
        transfer = as_seen(session, found, version, ("offered",))
        transfer.state, transfer.reason = "refused", reason
        transfer.answered_by, transfer.answered_at, transfer.ended_at = member.id, now, now
        transfer.file = transfer.sha256 = transfer.signature = None
        write_down(session, member, transfer, "pass_refused", now, {"reason": reason})


def done(member: Member, number: int, version: int, outcome: str, now: datetime) -> None:
    """Say how it ended, as one of the outcomes of a referral. The home team's referral is theirs to close.

    Raises NoSuchTransfer, SomeoneChangedThis, UnknownOutcome.
    """
    with writing() as session:
        found = received(session, member, number)
        if outcome not in OUTCOMES:
            raise UnknownOutcome(outcome)
        transfer = as_seen(session, found, version, ("accepted",))
        transfer.state, transfer.outcome, transfer.ended_at = "done", outcome, now
        write_down(session, member, transfer, "pass_done", now, {"outcome": outcome})


def sealed_file(member: Member, number: int, now: datetime) -> tuple[bytes, str]:
    """The age file and its sha256, for this browser to open. Leaves an event each time.

    Raises NoSuchTransfer, also before it is accepted and once it was taken back.
    """
    with writing() as session:
        transfer = received(session, member, number)
        session.refresh(transfer, with_for_update={"of": Transfer})
        if transfer.state not in TAKEN_ON or transfer.file is None or transfer.sha256 is None:
            raise NoSuchTransfer(number)
        transfer.opened_at = transfer.opened_at or now
        write_down(session, member, transfer, "pass_opened", now)
        return transfer.file, transfer.sha256
