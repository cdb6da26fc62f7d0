"""`heed checklists` lists, shows, checks, compares and exports; it ends with 0 only where all is well."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from server.cli import main
from server.screening.canonical import canonical_json
from server.screening.definitions import shipped
from server.screening.own_content import SHIPPED
from tests.screening.content_copy import copy_of_content, replace


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["checklists", *map(str, arguments)])


def test_the_list_names_every_checklist_part_and_nation() -> None:
    done = run("list")
    assert done.exit_code == 0, done.output
    for one in shipped().values():
        if one["kind"] == "checklist":
            assert f"\n{one['id']}: {one['title']} · version {one['version']}" in f"\n{done.stdout}"
            assert all(f"  + {part}: " in done.stdout for part in one["part_order"])
    for code in ("GB-SCT", "GB-ENG", "GB-WLS", "GB-NIR", "US"):
        assert f"\n{code}: pathway " in done.stdout


def test_a_checklist_is_shown_with_every_sign_and_what_its_parts_add() -> None:
    done = run("show", "adult")
    definition = next(one for one in shipped().values() if one["id"] == "adult")
    for sign, told in definition["indicators"].items():
        assert f"- {told['question']}  [{sign}]" in done.stdout
    assert "With How they came to be there (how-they-came) also" in done.stdout
    assert all(line in done.stdout for line in definition["what_not_to_ask"])
    assert run("show", "adult", "--json").stdout == canonical_json(definition).decode() + "\n"
    wrong = run("show", "adlut")
    assert (wrong.exit_code, "did you mean adult?" in wrong.stderr) == (1, True)


def test_validate_ends_with_2_and_a_line_a_fault(tmp_path: Path) -> None:
    done = run("validate", SHIPPED)
    assert (done.exit_code, done.stderr) == (0, "")
    content = copy_of_content(tmp_path)
    replace(content / "checklists/begging.yaml", "kind: told", "kind: tolled")
    replace(content / "checklists/child.yaml", "minutes: ", "minutes: x")
    done = run("validate", content)
    assert (done.exit_code, done.stdout) == (2, "")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["begging.yaml", "child.yaml"]
    (tmp_path / "odd.yaml").write_text("a: b\n", "utf-8")
    assert run("validate", tmp_path / "odd.yaml").exit_code == 2


def test_a_schema_is_printed_for_every_kind_and_no_other() -> None:
    schema = json.loads(run("schema", "checklist").stdout)
    jsonschema_rs.meta.validate(schema)
    assert "lied-about-job" in json.dumps(schema)
    assert "use one of checklist, indicators" in run("schema", "form").stderr


def test_diff_ends_with_1_when_no_version_was_raised(tmp_path: Path) -> None:
    content = copy_of_content(tmp_path)
    same = run("diff", SHIPPED, content)
    assert (same.exit_code, same.stdout) == (0, "Nothing changed.\n")
    replace(content / "checklists/begging.yaml", "title: Begging", "title: Asking")
    done = run("diff", SHIPPED, content)
    assert done.exit_code == 1
    assert "Changed, and no version was raised: raise it, and write why (2)\n" in done.stdout
    assert "\nWords (1)\n  checklist begging.title: 'Begging' -> 'Asking'\n" in done.stdout
    replace(content / "checklists/begging.yaml", "\nversion: ", "\nversion: 9")
    assert run("diff", SHIPPED, content).exit_code == 0


def test_export_writes_a_workbook_and_says_that_it_scores_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", "first-look")
    assert done.exit_code == 0, done.output
    assert "it does not say what they add up to" in done.stdout
    assert load_workbook("first-look.xlsx").sheetnames == ["survey", "choices", "settings"]
    assert run("export", "first-look", "--out", "mine.xlsx").exit_code == 0
    assert Path("mine.xlsx").read_bytes() == Path("first-look.xlsx").read_bytes()
    refused = run("export", "first-look", "--out", "nowhere/mine.xlsx")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
