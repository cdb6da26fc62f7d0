"""One referral, ready for its page. It only arranges and names what is there; it decides nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from server.inbox import words
from server.inbox.showing.actions import Action, actions_of, warnings_of
from server.inbox.showing.areas import area_name
from server.inbox.showing.facts import Fact, facts_of
from server.inbox.showing.next_step import NextStep, next_step
from server.inbox.showing.reasons import Reasons, reasons_of, strongest
from server.inbox.showing.setting_names import setting_name
from server.inbox.showing.signs import Signs, signs_of
from server.inbox.showing.timeline import Moment, timeline_of
from server.models import Device, Member, Referral
from server.services.messages.at_desk import Standing, standing
from server.services.triage import Detail


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of a referral is made of. `warnings` stand red on top; `actions_known` is false when
    nobody here can say whether a visit is safe."""

    referral: Referral
    coded_text: str
    title: str
    area: str
    setting: str
    seen_on: date
    part_of_day: str
    reach: str
    reach_code: str
    claimed_by: str | None
    mine: bool
    overdue: bool
    level: str
    raised: dict[str, str] | None
    warnings: list[str]
    actions_known: bool
    facts: list[Fact]
    signs: Signs
    reasons: Reasons
    actions: list[Action]
    timeline: list[Moment]
    next_step: NextStep
    note: str
    messages: Standing
    phone: Device | None


def shown(detail: Detail, member: Member, now: datetime) -> Shown:
    """Arrange a referral for its page. In: what `triage.opened` gave, who looks, the time."""
    referral, coded = detail.referral, detail.coded
    actions = actions_of(coded, detail.pathway, detail.result)
    claimed_by = referral.claimer.display_name if referral.claimer else None
    mine = referral.claimed_by == member.id
    messages = standing(member, referral.id)
    return Shown(
        referral=referral,
        coded_text=referral.coded,
        title=title_of(referral.subject, referral.age, referral.kinds),
        area=area_name(referral.area),
        setting=setting_name(coded["setting"], referral.subject, detail.checklist),
        seen_on=date.fromisoformat(coded["day"]),
        part_of_day=words.part_of_day(coded["part_of_day"]),
        reach=words.reach(coded["reach"]),
        reach_code=coded["reach"],
        claimed_by=claimed_by,
        mine=mine,
        overdue=referral.state in ("stored", "read") and referral.due_at < now,
        level=strongest(referral.concern, referral.server_concern),
        raised=_raised(coded),
        warnings=warnings_of(actions),
        actions_known=all(action.is_known for action in actions),
        facts=facts_of(coded),
        signs=signs_of(coded, detail.checklist, detail.result),
        reasons=reasons_of(referral, detail.checklist, detail.result),
        actions=actions,
        timeline=timeline_of(detail.events, referral, now),
        next_step=next_step(referral, mine, messages.unread),
        note=detail.note,
        messages=messages,
        phone=detail.phone,
    )


def title_of(subject: str, age: str, kinds: list[str]) -> str:
    """Who and what kind, in one line."""
    parts = [words.who(subject, age), *(words.kind(kind) for kind in kinds if kind != "unknown")]
    return " · ".join(parts)


def _raised(coded: dict[str, Any]) -> dict[str, str] | None:
    given = coded.get("raised")
    return {"to": words.concern(given["to"]), "why": words.raised(given["why"])} if given else None
