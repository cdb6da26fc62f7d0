"""What the recorded signs say about the facts of a pathway, so that the worker is asked few things.

A derived fact is a proposal: what the worker says stands. It must never be read from who a person is.
"""

from collections.abc import Mapping
from typing import Any

from server.screening.concern import Answers
from server.screening.pathway import Facts

Definition = Mapping[str, Any]


def derive(
    signs: Definition, pathway: Definition, answers: Answers, facts: Facts | None = None
) -> dict[str, str | list[str]]:
    """The derived facts of a compiled pathway, by name.

    In: the compiled signs that are asked, by id; answers by id; and the facts given so far (some derived facts
    look at another one). Out: one value, or a list for a set, for every fact in the pathway's `derive` (the
    rules stand in content/pathways/core.yaml).
    """
    return {
        name: _derived(body, pathway["facts"][name]["values"], signs, answers, facts or {})
        for name, body in pathway["derive"].items()
    }


def _derived(body: Definition, values: list[str], signs: Definition, answers: Answers, facts: Facts) -> str | list[str]:
    if "kinds" in body:
        return _kinds(body, values, signs, answers)
    looked_at = [sign for sign in signs if set(body.get("marks", ())) & set(signs[sign]["marks"])]
    looked_at += body.get("signs", [])
    if any(answers.get(sign) == "yes" for sign in looked_at):
        return "yes"
    if any(facts.get(fact) in wanted for fact, wanted in body.get("facts", {}).items()):
        return "yes"
    is_open = not looked_at or any(answers.get(sign) != "no" for sign in looked_at)
    open_value: str = body.get("when_open", "no")
    return open_value if is_open else "no"


def _kinds(body: Definition, values: list[str], signs: Definition, answers: Answers) -> list[str]:
    """The kinds that the yes signs point to, in the order of the fact's values. A sign of every kind tells no
    kind."""
    found: set[str] = set()
    for sign, described in signs.items():
        if answers.get(sign) == "yes":
            kinds = {body["kinds"][kind] for kind in described["types"]}
            found |= kinds if len(kinds) <= body["most_kinds"] else set()
    return [value for value in values if value in found] or list(body["otherwise"])
