"""What was passed on, ready for its pages. What a side may not see is not arranged for it at all."""

from dataclasses import dataclass
from datetime import datetime

from server.inbox import times, transfer_words, words
from server.inbox.showing.areas import area_name
from server.inbox.showing.leaving import Leaves, leaves_of
from server.inbox.showing.referral import Shown, shown, title_of
from server.models import Member, Referral, Team, Transfer
from server.services.partnership import numbers
from server.services.retention.periods import Periods
from server.services.transfers import rules, viewing
from server.services.transfers.viewing import View


@dataclass(frozen=True, slots=True)
class Line:
    """One hand-over in a list. `other` is the team on the other side; `about` is empty once nothing of it may be
    seen. `leaves`: when it is deleted, for a team that took it on and cannot decide that."""

    number: int
    state: str
    state_text: str
    is_waiting: bool
    other: Team
    purpose: str
    about: str
    reference: str
    offered_at: datetime
    end: str
    leaves: Leaves | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. `by` is empty for what the other team did."""

    text: str
    by: str
    at: datetime
    relative: str
    absolute: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one hand-over. `it` is the coded part, for a receiving team that took it on; `kinds`, `area` and
    `urgency` are empty where nothing of the content may be seen."""

    transfer: Transfer
    line: Line
    is_sender: bool
    is_shown: bool
    ground: str
    kinds: str
    area: str
    urgency: str
    ring: str
    it: Shown | None
    timeline: list[Moment]


@dataclass(frozen=True, slots=True)
class Choice:
    """A team that something could be passed on to. `must_not_hear`: organisations about whose own staff it must not be
    told; `is_own` when the worker's or the reader's own is among them."""

    team: Team
    has_keys: bool
    has_offer: bool
    must_not_hear: list[str]
    is_own: bool


def sent_line(transfer: Transfer) -> Line:
    """For the team that offered it: its own referral, by its reference."""
    referral = transfer.referral
    title = title_of(referral.subject, referral.age, referral.kinds)
    return _line(transfer, transfer.to_team, title, referral.reference)


def received_line(transfer: Transfer, periods: Periods, now: datetime) -> Line:
    """For the team that was offered it: before it answers, what helps it to answer; nothing once it is over."""
    referral = transfer.referral
    if transfer.state in rules.TAKEN_ON:
        title = title_of(referral.subject, referral.age, referral.kinds)
        return _line(transfer, transfer.from_team, title, referral.reference, leaves_of(referral, periods, now))
    if transfer.state in rules.OPEN:
        parts = (words.urgency(referral.urgency), _kinds(referral), area_name(referral.area))
        return _line(transfer, transfer.from_team, " · ".join(parts), "")
    return _line(transfer, transfer.from_team, "", "")


def of_referral(referral: Referral) -> list[Line]:
    """The hand-overs of a referral, for its own team's page of it."""
    return [sent_line(transfer) for transfer in viewing.of_referral(referral)]


def page_of(view: View, member: Member, periods: Periods, now: datetime) -> Page:
    """Arrange one hand-over for the side of the member's team."""
    transfer, referral = view.transfer, view.transfer.referral
    line = sent_line(transfer) if view.is_sender else received_line(transfer, periods, now)
    seen = view.is_shown
    return Page(
        transfer=transfer,
        line=line,
        is_sender=view.is_sender,
        is_shown=seen,
        ground=transfer_words.ground(transfer.ground),
        kinds=_kinds(referral) if seen else "",
        area=area_name(referral.area) if seen else "",
        urgency=words.urgency(referral.urgency) if seen else "",
        ring=numbers.spoken(line.other.urgent_number),
        it=shown(view.detail, member, now) if view.detail else None,
        timeline=[_moment(step, view.is_sender, now) for step in reversed(view.steps)],
    )


def choices_for(teams: list[Team], referral: Referral, lines: list[Line]) -> list[Choice]:
    """The teams to choose from. In: all others, the referral, its hand-overs."""
    offered = {line.other.id for line in lines if line.state in rules.OPEN}
    own = {referral.sender_organisation_id, referral.team.organisation_id}
    return [
        Choice(
            team=team,
            has_keys=team.age_recipient is not None,
            has_offer=team.id in offered,
            must_not_hear=[organisation.name for organisation in team.conflicts],
            is_own=any(organisation.id in own for organisation in team.conflicts),
        )
        for team in teams
    ]


def _line(transfer: Transfer, other: Team, about: str, reference: str, leaves: Leaves | None = None) -> Line:
    return Line(
        number=transfer.id,
        state=transfer.state,
        state_text=transfer_words.state(transfer.state),
        is_waiting=transfer.state == "offered",
        other=other,
        purpose=transfer_words.purpose(transfer.purpose),
        about=about,
        reference=reference,
        offered_at=transfer.offered_at,
        end=_end(transfer),
        leaves=leaves,
    )


def _end(transfer: Transfer) -> str:
    if transfer.reason:
        return transfer_words.reason(transfer.reason)
    return words.outcome(transfer.outcome) if transfer.outcome else ""


def _kinds(referral: Referral) -> str:
    return ", ".join(words.kind(kind) for kind in referral.kinds) or words.kind("unknown")


def _moment(step: viewing.Step, is_sender: bool, now: datetime) -> Moment:
    return Moment(
        text=transfer_words.step(step.kind, is_sender),
        by=step.by,
        at=step.at,
        relative=times.relative(step.at, now),
        absolute=times.absolute(step.at),
    )
