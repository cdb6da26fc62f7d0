"""Own content is looked over before anybody sees it: each fault names its file and key, and the worked example of the
documentation is served."""

import re
from pathlib import Path

import pytest

from server.screening.authoring.faults import faults_of
from server.screening.compiling import compiled, nations_of
from server.screening.own_content import SHIPPED, content
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace

DOC = Path(__file__).parents[3] / "docs" / "checklists.md"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the worked example, taken from the page itself."""
    folder = tmp_path / "own"
    for name, text in re.findall(r"```yaml\n# file: (\S+)\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL):
        if name != "answers.yaml":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def nation(own: Path) -> None:
    """A nation of one's own, in three files."""
    for folder in ("pathways", "areas"):
        (own / folder).mkdir()
    (own / "nations.yaml").write_text("version: 1\nnations:\n- {code: XA, name: example, pack: example}\n", "utf-8")
    pack = (SHIPPED / "pathways/usa.yaml").read_text("utf-8")
    (own / "pathways/example.yaml").write_text(pack.replace("id: usa", "id: example").replace("[US]", "[XA]"), "utf-8")
    areas = (SHIPPED / "areas/scotland.json").read_text("utf-8")
    (own / "areas/example.json").write_text(areas.replace('"id": "scotland"', '"id": "example"'), "utf-8")


def test_what_is_shipped_has_no_fault() -> None:
    assert faults_of(SHIPPED) == []


def test_the_worked_example_is_served_beside_ours(own: Path) -> None:
    assert faults_of(own) == []
    with content(own) as folder:
        found = compiled(folder)
    library = found["checklist", "library"]
    assert library["routes"]["adult"]["items"][1] == "library-computer-watched"
    assert library["parts"]["mobile-library"]["routes"]["child_or_unsure"]["items"][-1] == "lives-at-work"
    assert len(found) == len(compiled(SHIPPED)) + 1


def test_a_nation_is_added_without_code(own: Path) -> None:
    nation(own)
    assert faults_of(own) == []
    with content(own) as folder:
        assert nations_of(folder)[-1].code == "XA"
        assert compiled(folder)["areas", "example"]["id"] == "example"


def test_a_file_alone_is_looked_at_as_it_would_be_served(own: Path) -> None:
    assert faults_of(SHIPPED / "checklists" / "begging.yaml") == []
    assert faults_of(SHIPPED / "pathways" / "scotland.yaml") == []
    assert faults_of(SHIPPED / "areas" / "wales.json") == []
    assert faults_of(own / "indicators.yaml") == []
    [fault] = faults_of(own / "checklists" / "library.yaml")
    assert fault.startswith("library.yaml: sections[0].indicators[1]: 'library-computer-watched' is not known")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("checklists/library.yaml", "minutes: 2", "minutes: two", "library.yaml: minutes: must be a whole number"),
        ("checklists/library.yaml", "id: library\n", "id: books\n", "library.yaml: id: must be 'library', as the file"),
        ("checklists/library.yaml", "[no-access-to-id,", "[no-acces-to-id,", "did you mean no-access-to-id"),
        ("checklists/library.yaml", "scripted-answers", "child-working", "is a sign for child, not for adult"),
        ("checklists/library.yaml", "routes: [adult]", "routes: [child_or_unsure]", "sections[1].routes[0]"),
        ("checklists/library.yaml", "[lives-at-work]", "[always-with-minder]", "adds no sign to any route"),
        ("checklists/library.yaml", "sections:\n", "sections: [\n", "library.yaml: (file): is not valid YAML"),
        ("indicators.yaml", "label: Someone", "lable: Someone", "indicators[0].lable: is not a key"),
        ("indicators.yaml", "element: means", "element: origin", "indicators[0].element: 'origin' is not known"),
        ("indicators.yaml", "library-computer-watched", "lied-about-job", "is shipped with this release"),
        ("pathways/example.yaml", "[emergency_us]}", "[nobody]}", "'nobody' is not known"),
        ("pathways/example.yaml", "when: {macro: cc}", "when: {makro: cc}", "makro"),
        ("nations.yaml", "pack: example", "pack: exampel", "'exampel' is not known"),
        ("nations.yaml", "code: XA", "code: XB", "jurisdictions: must name XB"),
        ("nations.yaml", "name: example", "name: elsewhere", "elsewhere.json: (file): cannot be read"),
        ("areas/example.json", '"population": ', '"population": "few", "was": ', "areas[0].was: is not a key"),
    ],
)
def test_a_fault_says_file_and_key(own: Path, file: str, old: str, new: str, said: str) -> None:
    nation(own)
    replace(own / file, old, new)
    found = faults_of(own)
    assert said in "\n".join(found)


def test_every_file_is_looked_at_and_not_only_the_first_with_a_fault(own: Path) -> None:
    nation(own)
    replace(own / "checklists/library.yaml", "minutes: 2", "minutes: two")
    replace(own / "checklists/library.yaml", "kind: told", "kind: tolled")
    replace(own / "pathways/example.yaml", "[emergency_us]}", "[nobody]}")
    replace(own / "areas/example.json", '"population": ', '"population": "few", "was": ')
    files = [fault.partition(":")[0] for fault in faults_of(own)]
    assert files.count("library.yaml") == 2
    assert {"library.yaml", "example.yaml", "example.json"} == set(files)


def test_a_rule_of_the_release_is_never_replaced(own: Path) -> None:
    (own / "ladders.yaml").write_text("version: 9\n", "utf-8")
    (own / "notes").mkdir()
    (own / "notes" / "ours.txt").write_text("x", "utf-8")
    found = faults_of(own)
    assert "ladders.yaml: (file): is a rule of this release and cannot be replaced" in found
    assert any(fault.startswith("notes/ours.txt: (file): is not read") for fault in found)
    with pytest.raises(ContentError, match="cannot be replaced"), content(own):
        pass


def test_a_whole_folder_is_looked_over_too(tmp_path: Path) -> None:
    whole = copy_of_content(tmp_path)
    replace(whole / "checklists" / "begging.yaml", "minutes: ", "minutes: x")
    [fault] = faults_of(whole)
    assert fault.startswith("begging.yaml: minutes: must be a whole number")
    replace(whole / "ladders.yaml", "at_least: 1}", "at_least: 0}")
    assert any(fault.startswith("ladders.yaml") for fault in faults_of(whole))


def test_a_file_that_is_none_of_ours_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: b\n", "utf-8")
    with pytest.raises(ContentError, match=r"x\.yaml: \(top\): is no checklist"):
        faults_of(tmp_path / "x.yaml")
    with pytest.raises(ContentError, match="is not there"), content(tmp_path / "nowhere"):
        pass
