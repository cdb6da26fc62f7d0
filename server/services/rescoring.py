"""The server's own screening of what a phone sent, with the very definitions the phone had. It never
refuses."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from server.screening.screen import decide, screen

_LOG = logging.getLogger(__name__)


class Duties(Protocol):
    """Of the sender's organisation, what law asks of it: yes, no or unknown."""

    @property
    def first_responder(self) -> str:
        """Whether it may refer into the NRM itself."""

    @property
    def duty_to_notify(self) -> str:
        """Whether it must notify."""


@dataclass(frozen=True, slots=True)
class Rescored:
    """`state` is same, differs or not (not re-scored); the others are None or empty when it is not."""

    state: str
    concern: str | None
    could_be: str | None
    kinds: list[str]
    actions: list[list[str]]


NOT_RESCORED = Rescored("not", None, None, [], [])


def rescore(
    coded: Mapping[str, Any],
    checklist: Mapping[str, Any] | None,
    pathway: Mapping[str, Any] | None,
    organisation: Duties,
) -> Rescored:
    """Compare the phone's concern with the server's.

    In: the coded part, the sender's definitions (None when unknown), the sender's organisation. What the
    definitions do not know (a sign, a fact, an action) makes the referral not re-scored: the phone's result
    stands alone.
    """
    if not (checklist and pathway and _all_known(coded, checklist, pathway)):
        return NOT_RESCORED
    # Without the reasons, which cost most and are asked for when somebody looks.
    result = _screened(decide, coded, checklist, pathway, organisation)
    if result is None:
        return NOT_RESCORED
    said = coded["result"]
    same = (result["concern"], result["could_be"]) == (said["concern"], said["could_be"])
    return Rescored(
        state="same" if same else "differs",
        concern=result["concern"],
        could_be=result["could_be"],
        kinds=list(result["facts"].get("exploitation", [])),
        actions=[[action["action"], action["urgency"]] for action in result["actions"]],
    )


def rescreen(
    coded: Mapping[str, Any],
    checklist: Mapping[str, Any] | None,
    pathway: Mapping[str, Any] | None,
    organisation: Duties,
) -> dict[str, Any] | None:
    """The full result of the server's screening, or None when it cannot be made."""
    return _screened(screen, coded, checklist, pathway, organisation) if checklist and pathway else None


def _screened(
    how: Callable[..., dict[str, Any]],
    coded: Mapping[str, Any],
    checklist: Mapping[str, Any],
    pathway: Mapping[str, Any],
    organisation: Duties,
) -> dict[str, Any] | None:
    facts = {
        **coded["facts"],
        "setting": coded["setting"],
        "org_fro": organisation.first_responder,
        "org_duty": organisation.duty_to_notify,
    }
    if "raised" in coded:
        facts["raised"] = coded["raised"]["to"]
    answers = {sign: given["answer"] for sign, given in coded["answers"].items()}
    try:
        return how(checklist, pathway, answers, facts)
    except Exception as error:
        # Whatever old or odd content does, it must not keep a referral out.
        _LOG.warning("not re-scored: %s", type(error).__name__)
        return None


def _all_known(coded: Mapping[str, Any], checklist: Mapping[str, Any], pathway: Mapping[str, Any]) -> bool:
    actions = {action for action, _urgency in coded["actions"]}
    facts = set(coded["facts"]) - {"parent_care"}
    return (
        set(coded["answers"]) <= set(checklist["indicators"])
        and actions <= set(pathway["actions"])
        and facts <= set(pathway["facts"])
    )
