"""What must hold in every nation's pack, decided by exact search: not one set of facts is left out, and what breaks a
promise is told with the facts that do."""

from collections.abc import Iterator, Mapping
from typing import Any

from server.screening.satisfiable import facts_that_satisfy, subsets, tests_in

Pathway = Mapping[str, Any]
Predicate = dict[str, Any]

# What asks for an adult's own choice, or is told to an office about an adult.
ADULT_ONLY = (
    "adult.",
    "notify.",
    "consent.",
    "support.",
    "offer.",
    "labour.",
    "sexual.",
    "abuse.",
    "housing.",
    "rescreen.",
    "police.report.named",
    "police.report.anon",
)
CONSENTS = ("support_ok", "consent", "coop", "wants_help")

CHILD: Predicate = {"all": [{"fact": "subject", "in": ["person"]}, {"not": {"fact": "age", "in": ["adult"]}}]}
ADULT: Predicate = {"all": [{"fact": "subject", "in": ["person"]}, {"fact": "age", "in": ["adult"]}]}
PLACE: Predicate = {"fact": "subject", "in": ["place"]}
PERSON: Predicate = {"fact": "subject", "in": ["person"]}


def facts_where(pathway: Pathway, predicate: Predicate) -> dict[str, Any] | None:
    """Facts at any of their values that make a predicate true, or None: then there are none."""
    tested: dict[str, set[str]] = {}
    for fact, values in tests_in(predicate, pathway["macros"]):
        tested.setdefault(fact, set()).update(values)
    domains = {}
    for name, some in tested.items():
        fact = pathway["facts"][name.removesuffix(_OTHERWISE)]
        domains[name] = subsets(fact["values"], some) if "set" in fact else fact["values"]
    return facts_that_satisfy(predicate, pathway["macros"], domains)


def breaches(pathway: Pathway) -> list[str]:
    """Every promise that some facts break, with those facts; empty when all hold for all facts."""
    found = []
    for promise, predicate in _never(pathway):
        facts = facts_where(pathway, predicate)
        if facts is not None:
            found.append(f"{promise}: {facts}")
    if pathway["action_order"][0] != "emergency.call" or pathway["urgency_order"][0] != "now":
        found.append("danger now leads with the emergency call: something stands before it in the order")
    return found


def _never(pathway: Pathway) -> Iterator[tuple[str, Predicate]]:
    """What no facts may make true, by the promise it would break."""
    for rule in pathway["rules"]:
        when = rule["when"]
        for action, _urgency in rule["do"]:
            about = pathway["actions"][action]["about"]
            if action.startswith(ADULT_ONLY):
                yield f"a child never gets {action} ({rule['id']})", {"all": [when, CHILD]}
            if about == "person":
                yield f"a place never gets {action} ({rule['id']})", {"all": [when, PLACE]}
            if about == "place":
                yield f"a person never gets {action} ({rule['id']})", {"all": [when, PERSON]}
        changed = {"all": [CHILD, when, {"not": _otherwise(when, pathway)}]}
        yield f"consent never changes what is done for a child ({rule['id']})", changed
    call = {"any": [rule["when"] for rule in pathway["rules"] if ["emergency.call", "now"] in rule["do"]]}
    yield "danger now leads with the emergency call", {"all": [{"fact": "danger", "in": ["now"]}, {"not": call}]}
    yield "support does not wait for the mechanism", {"all": [_wants_support(pathway), {"not": _support(pathway)}]}
    yield (
        "somebody always hears of a strong concern",
        {"all": [{"fact": "concern", "in": ["some", "strong"]}, {"not": _asked_for(pathway, "coordinator.send")}]},
    )


def _wants_support(pathway: Pathway) -> Predicate:
    """An adult who was met, with a concern, who wants support; nothing is said of the mechanism."""
    wish = "support_ok" if "support_ok" in pathway["facts"] else "wants_help"
    return {
        "all": [
            ADULT,
            {"not": {"fact": "contact", "in": ["third_party"]}},
            {"fact": "concern", "in": ["some", "strong"]},
            {"fact": wish, "in": ["yes"]},
        ]
    }


def _support(pathway: Pathway) -> Predicate:
    return {"any": [_asked_for(pathway, action) for action in pathway["actions"] if action.startswith("support.")]}


def _asked_for(pathway: Pathway, wanted: str) -> Predicate:
    return {"any": [rule["when"] for rule in pathway["rules"] if wanted in {action for action, _ in rule["do"]}]}


_OTHERWISE = "#otherwise"


def _otherwise(predicate: Predicate, pathway: Pathway) -> Predicate:
    """The predicate with every consent free to be another one than before."""
    if "macro" in predicate:
        return _otherwise(pathway["macros"][predicate["macro"]], pathway)
    if "fact" in predicate:
        fact = predicate["fact"]
        return {**predicate, "fact": fact + _OTHERWISE} if fact in CONSENTS else predicate
    if "not" in predicate:
        return {"not": _otherwise(predicate["not"], pathway)}
    operator = "all" if "all" in predicate else "any"
    return {operator: [_otherwise(part, pathway) for part in predicate[operator]]}
