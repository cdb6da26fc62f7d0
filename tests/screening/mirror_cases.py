"""Cases for the mirror: every checklist, route, setting and pathway in turn, the rest by chance. Each is what the
engine is asked, and a draft as a phone keeps it."""

import json
import random
from functools import cache
from itertools import cycle, islice, product
from typing import Any

from server.screening.canonical import canonical_json, content_hash
from server.screening.definitions import shipped
from tests.depth import DEPTH
from tests.screening.drawing import ANSWERS, settings_of

SEED = 20261122

# The ages that lead to each route; an empty one is not given.
AGES = {
    "adult": ["adult"],
    "child_or_unsure": ["under16", "16-17", "unsure", ""],
    "place": ["not_a_person", ""],
}
# What decides beside the facts of the pack: a parent's care (only on a child's route), and a worry raised.
ASIDE = {"parent_care": ["yes", "no", "unknown", ""], "raised": ["some", "strong", "", ""]}
# Settings that are no part of any checklist; an empty one is not given. The third is a name that every object of
# JavaScript answers to, and the last reads like a part when it is written out.
NO_PARTS: list[str | list[str]] = ["", "no-such-part", "constructor", ["care"]]
KNOWN = ["seen", "heard", "person_said", "other_said"]

Case = dict[str, Any]


@cache
def definitions() -> dict[str, dict[str, Any]]:
    """Everything shipped, by kind and id, as it is after it was stored or served."""
    return {f"{found['kind']}.{found['id']}": json.loads(canonical_json(found)) for found in shipped().values()}


@cache
def ways() -> list[tuple[str, str, str | list[str], str]]:
    """Every (checklist, route, setting, pathway)."""
    held = definitions()
    return [
        (checklist, route, setting, pathway)
        for checklist, pathway in product(held, held)
        if checklist.startswith("checklist.") and pathway.startswith("pathway.")
        for route in held[checklist]["routes"]
        for setting in [*settings_of(held[checklist], route), *NO_PARTS]
    ]


@cache
def cases() -> list[Case]:
    """As many cases as the depth asks for. Fewer than there are ways would leave one out, so that is an error."""
    assert len(ways()) <= DEPTH.mirror_cases, "the mirror has more ways than cases: raise mirror_cases"
    chance = random.Random(SEED)
    return [_drawn(chance, *way) for way in islice(cycle(ways()), DEPTH.mirror_cases)]


def _drawn(chance: random.Random, checklist: str, route: str, setting: str | list[str], pathway: str) -> Case:
    pack = definitions()[pathway]
    # Some sheets are all but empty, some are full: each kind of answer gets a weight of its own.
    weights = [chance.choice([0, 1, 4]) for _ in ANSWERS]
    weights[-1] += 1
    answered = chance.choice([0.1, 0.5, 1.0])
    signs = [*definitions()[checklist]["indicators"], "a-sign-that-is-not-there"]
    answers = {sign: chance.choices(ANSWERS, weights)[0] for sign in signs if chance.random() < answered}
    given = chance.choice([0.0, 0.2, 0.6])
    facts: dict[str, Any] = {}
    for name, fact in pack["facts"].items():
        if name not in ("subject", "age") and chance.random() < given:
            values = fact["values"]
            facts[name] = chance.sample(values, chance.randint(0, 3)) if "set" in fact else chance.choice(values)
    for name, values in {"age": AGES[route], **ASIDE}.items():
        if value := chance.choice(values):
            facts[name] = value
    if setting:
        facts["setting"] = setting
    return {
        "checklist": checklist,
        "pathway": pathway,
        "answers": answers,
        "facts": facts,
        "draft": _draft(chance, checklist, pathway, answers, facts),
        "organisation": {name: facts.get(name, "unknown") for name in ("org_fro", "org_duty")},
    }


def _draft(chance: random.Random, checklist: str, pathway: str, answers: dict[str, str], facts: Case) -> Case:
    """The same as a phone keeps it: with how each yes is known, and only the facts that a worker settles."""
    asked = definitions()[pathway]["facts"]
    settled = {"parent_care", "setting", "exploitation", "k_check"} | {
        n for n, fact in asked.items() if fact["how"] == "asked"
    }
    draft = {
        "id": "00000000-0000-4000-8000-000000000000",
        "began": 1_795_300_000_000,
        "checklist": _named(checklist),
        "pathway": _named(pathway),
        "answers": {
            sign: {"answer": answer}
            | ({"known": chance.sample(KNOWN, chance.randint(0, 4))} if answer == "yes" else {})
            for sign, answer in answers.items()
        },
        "facts": {name: value for name, value in facts.items() if name in settled},
        "area": chance.choice(definitions()["areas.scotland"]["areas"])["code"],
        "reach": chance.choice(["sealed_number", "app", "ring", "none"]),
    }
    return draft | ({"raised": {"to": facts["raised"], "why": "worry"}} if "raised" in facts else {})


def _named(name: str) -> Case:
    found = definitions()[name]
    return {"id": found["id"], "version": found["version"], "hash": content_hash(found)}
