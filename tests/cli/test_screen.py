"""`heed screen` says the level with all its reasons, and tells in one line what is wrong with a file."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from server.cli import main
from server.screening.canonical import canonical_json
from server.screening.definitions import shipped
from server.screening.screen import screen
from tests.screening.content_copy import copy_of_content

DOC = Path(__file__).parents[2] / "docs" / "checklists.md"
ANSWERS = """
checklist: first-look
nation: GB-SCT
facts: {age: adult, contact: in_person, danger: ongoing}
answers:
  no-access-to-id: {answer: yes, known: [person_said, seen]}
  debt-cannot-be-paid: yes
  little-or-no-pay: yes
  always-with-minder: dont_know
  child-gets-gifts-for-sex: yes
"""


def run(*arguments: str | Path, piped: str | None = None) -> Result:
    return CliRunner().invoke(main, ["screen", *map(str, arguments)], input=piped)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS, "utf-8")
    return path


def found(*arguments: str | Path, piped: str | None = None) -> dict[str, Any]:
    done = run(*arguments, "--json", piped=piped)
    assert done.exit_code == 0, done.output
    body: dict[str, Any] = json.loads(done.stdout)
    assert done.stdout == canonical_json(body).decode() + "\n"
    return body


def test_json_is_what_the_engine_says_in_canonical_form(file: Path) -> None:
    body = found(file)
    held = {(one["kind"], one["id"]): one for one in shipped().values()}
    checklist, pathway = held["checklist", "first-look"], held["pathway", "scotland"]
    answers = dict.fromkeys(("no-access-to-id", "debt-cannot-be-paid", "little-or-no-pay"), "yes")
    answers |= {"always-with-minder": "dont_know"}
    facts = {"age": "adult", "contact": "in_person", "danger": "ongoing"}
    assert body["result"] == json.loads(canonical_json(screen(checklist, pathway, answers, facts)))
    assert shipped()[body["checklist"]["hash"]]["id"] == "first-look"
    assert shipped()[body["pathway"]["hash"]]["id"] == "scotland"
    assert body["not_asked_here"] == ["child-gets-gifts-for-sex"]
    assert body["known"] == {"no-access-to-id": ["person_said", "seen"]}


def test_the_table_says_all_that_a_result_must_say(file: Path) -> None:
    done = run(file)
    assert done.exit_code == 0, done.output
    said = " ".join(done.stdout.split())
    body = found(file)["result"]
    checklist = next(one for one in shipped().values() if one["id"] == "first-look")
    assert "Strong signs. Several signs fit together" in said
    assert "This is not proof, and not for you to prove." in said
    assert "If you are worried, your worry is enough to send." in said
    for sign in (*body["contributors"], *body["unknown"]):
        assert checklist["indicators"][sign]["label"] in said
    assert "(the person said it, seen) [no-access-to-id]" in said
    assert "* enough for this level by themselves" in said
    assert f"Not known: {len(body['unknown'])}. You need not find out. Do not go looking." in said
    assert "Trafficking, as the law of Scotland has it: " in said
    assert "not counted child-gets-gifts-for-sex" in said
    assert re.findall(r"\[(\w+\.[\w.]+)\]", said) == [one["action"] for one in body["actions"]]
    assert "Ring TARA (women and sexual exploitation): +441412767724. Hours: 24 hours. Source: Home Office" in said
    assert "read on 2026-11-22, to be confirmed" in said
    assert "victim" not in said.casefold()


def test_no_level_stands_without_words_that_it_proves_nothing(file: Path) -> None:
    file.write_text("checklist: first-look\nnation: GB-SCT\nanswers: {}\n", "utf-8")
    done = run(file)
    assert "No sign recorded. No sign was recorded. That does not say that all is well." in done.stdout
    assert "With what is not known yet, it could become: Strong signs." in done.stdout
    assert "This is not proof" in done.stdout
    assert "Why" not in done.stdout.splitlines()


def test_what_would_lift_the_level_is_told(file: Path) -> None:
    file.write_text(
        "checklist: first-look\nnation: GB-SCT\nfacts: {age: adult}\nanswers: {little-or-no-pay: yes}\n", "utf-8"
    )
    change = found(file)["result"]["change"]
    assert f"It would rise with {'this' if len(change) == 1 else 'these'}: " in " ".join(run(file).stdout.split())


def test_answers_may_be_piped_in_and_the_command_line_goes_before_the_file() -> None:
    body = found(
        "-", "--nation", "GB-NIR", "--checklist", "adult", piped=ANSWERS.replace("  child-gets", "  #child-gets")
    )
    assert (body["nation"], body["pathway"]["id"], body["checklist"]["id"]) == ("GB-NIR", "northern-ireland", "adult")


def test_answers_may_be_json(file: Path) -> None:
    body = found(file)
    as_json = {
        "checklist": "first-look",
        "nation": "GB-SCT",
        "facts": {"age": "adult", "contact": "in_person", "danger": "ongoing"},
        "answers": {
            "no-access-to-id": {"answer": "yes", "known": ["person_said", "seen"]},
            "debt-cannot-be-paid": "yes",
            "little-or-no-pay": "yes",
            "always-with-minder": "dont_know",
            "child-gets-gifts-for-sex": "yes",
        },
    }
    file.write_text(json.dumps(as_json), "utf-8")
    assert found(file) == body


def test_a_parent_and_a_raised_worry_count_and_a_setting_adds_its_signs(file: Path) -> None:
    file.write_text(
        "checklist: workplace\nnation: GB-SCT\nsetting: car-wash\n"
        "facts: {age: adult, raised: strong}\nanswers: {car-wash-living-on-site: yes}\n",
        "utf-8",
    )
    body = found(file)
    assert (body["result"]["concern"], body["result"]["facts"]["concern"]) == ("low", "strong")
    assert "car-wash-living-on-site" in body["result"]["contributors"]
    file.write_text(file.read_text("utf-8").replace("car-wash\n", "any\n"), "utf-8")
    assert found(file)["not_asked_here"] == ["car-wash-living-on-site"]


def test_own_content_is_laid_over_ours(tmp_path: Path) -> None:
    own = tmp_path / "own"
    for name, text in re.findall(r"```yaml\n# file: (\S+)\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL):
        place = tmp_path / name if name == "answers.yaml" else own / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    body = found(tmp_path / "answers.yaml", "--content", own)
    assert body["result"]["contributors"] == ["lives-at-work", "no-access-to-id"]
    assert "library-computer-watched" in body["result"]["elements"]["means"]["yes"]
    assert body["not_asked_here"] == []
    done = run(tmp_path / "answers.yaml")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "'library' is no checklist" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "no-access-to-id",
            "no-acess-to-id",
            "answers.no-acess-to-id: 'no-acess-to-id' is not a sign of the checklist",
        ),
        ("no-access-to-id", "no-acess-to-id", "did you mean no-access-to-id?"),
        (
            "debt-cannot-be-paid: yes",
            "debt-cannot-be-paid: maybe",
            "use one of yes, no, dont_know, declined, not_asked",
        ),
        ("debt-cannot-be-paid: yes", "debt-cannot-be-paid: {known: [seen]}", "debt-cannot-be-paid.answer: is missing"),
        ("[person_said, seen]", "[told]", "answers.no-access-to-id.known: 'told' is not known"),
        ("age: adult", "age: grown", "facts.age: 'grown' is not known; use one of under16"),
        ("age: adult", "aeg: adult", "facts.aeg: 'aeg' is not a fact of the pathway 'scotland'"),
        ("age: adult", "age: [adult]", "facts.age: must be one word, not a list"),
        ("danger: ongoing", "exploitation: labour", "facts.exploitation: must be a list"),
        ("danger: ongoing", "subject: place", "facts.subject: this checklist is about a person; choose another one"),
        ("checklist: first-look", "checklist: adult", "is not a sign of the checklist 'adult'"),
        ("checklist: first-look", "checklist: first-loook", "did you mean first-look?"),
        ("checklist: first-look\n", "", "checklist: is missing: name one, here or with --checklist"),
        ("nation: GB-SCT", "nation: GB-SCO", "nation: 'GB-SCO' is no nation of this content; did you mean GB-SCT"),
        ("nation: GB-SCT\n", "", "nation: is missing: name one, here or with --nation"),
        ("nation: GB-SCT", "setting: car-wash\nnation: GB-SCT", "setting: 'car-wash' is not a part"),
        ("answers:", "name: somebody\nanswers:", "(top).name: is not a key that is read here"),
        ("answers:", "answers: [", "(file): is not valid YAML"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_key(file: Path, old: str, new: str, said: str) -> None:
    assert old in ANSWERS
    file.write_text(ANSWERS.replace(old, new, 1), "utf-8")
    done = run(file, "--json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert done.stderr.startswith("Error: answers.yaml: ")


def test_a_list_that_is_not_for_this_age_says_so(file: Path) -> None:
    file.write_text("checklist: adult\nnation: GB-SCT\nfacts: {age: under16}\nanswers: {}\n", "utf-8")
    done = run(file)
    assert done.exit_code == 2
    assert "facts.age" in done.stderr
    assert "choose another" in done.stderr


def test_a_file_that_is_not_there_and_content_that_is_broken_are_one_line_too(file: Path, tmp_path: Path) -> None:
    assert "nowhere.yaml: (file): cannot be read" in run(tmp_path / "nowhere.yaml").stderr
    broken = copy_of_content(tmp_path)
    (broken / "checklists" / "first-look.yaml").write_text("id: first-look\n", "utf-8")
    done = run(file, "--content", broken)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "first-look.yaml: (top).version: is missing" in done.stderr
