"""Every worked vector gives what it says, in this engine as in the other one.

More of them are read from the folder named in HEED_VECTORS: scoring/*.json, concern/*.json, explain/*.json
and routing/*.json, or files of those names at its top. A folder that is named but gives nothing is a failure,
not a pass.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from server.screening.concern import evaluate
from server.screening.explain import explain
from server.screening.pathway import actions
from server.screening.scoring import score
from tests.screening.drawing import PATHWAYS

KINDS = ("scoring", "concern", "explain", "routing")
OWN = Path(__file__).parent.parent / "vectors"


class VectorsUnreadable(Exception):
    """The folder of vectors cannot be used as it is."""


def read_vectors(folder: Path) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """(name, vector) by kind. Raises VectorsUnreadable when the folder gives none or a file has another
    shape."""
    if not folder.is_dir():
        raise VectorsUnreadable(f"{folder} is not a folder that can be read")
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {kind: [] for kind in KINDS}
    for kind in KINDS:
        files = [*sorted((folder / kind).glob("*.json")), *sorted(folder.glob(f"{kind}.json"))]
        for file in files:
            for vector in _vectors_in(file, kind):
                found[kind].append((f"{file.relative_to(folder)}:{vector.get('id', '?')}", vector))
    if not any(found.values()):
        raise VectorsUnreadable(f"{folder} holds no vectors: looked for {', '.join(KINDS)}, as folders or .json files")
    return found


def _vectors_in(file: Path, kind: str) -> list[dict[str, Any]]:
    """The vectors of a file: a list of them, {vectors: [...]} (routing: {cases: [...]}), or one alone."""
    named, needed = (
        ("cases", {"pack", "in", "expect"}) if kind == "routing" else ("vectors", {"definition", "expected"})
    )
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise VectorsUnreadable(f"{file} cannot be read as JSON: {problem}") from problem
    if isinstance(held, dict):
        held = held.get(named, [held])
    if not isinstance(held, list) or not held:
        raise VectorsUnreadable(f"{file}: {named} must be a list of vectors that is not empty")
    for number, vector in enumerate(held):
        if not isinstance(vector, dict) or not needed <= vector.keys():
            raise VectorsUnreadable(f"{file}: vector {number} needs {', '.join(sorted(needed))}")
    return held


def _read_all() -> tuple[dict[str, list[tuple[str, dict[str, Any]]]], str]:
    found = read_vectors(OWN)
    named = os.environ.get("HEED_VECTORS")
    if named is None:
        return found, ""
    try:
        for kind, vectors in read_vectors(Path(named)).items():
            found[kind] += [(f"HEED_VECTORS/{name}", vector) for name, vector in vectors]
    except VectorsUnreadable as problem:
        return found, f"HEED_VECTORS: {problem}"
    return found, ""


VECTORS, PROBLEM = _read_all()


def of_kind(kind: str) -> list[Any]:
    return [pytest.param(vector, id=name) for name, vector in VECTORS[kind]]


def test_the_folder_named_in_the_environment_was_read() -> None:
    assert not PROBLEM, PROBLEM


@pytest.mark.parametrize("vector", of_kind("scoring"))
def test_scoring(vector: dict[str, Any]) -> None:
    assert score(vector["definition"], vector["answers"], vector.get("context")) == vector["expected"]


@pytest.mark.parametrize("vector", of_kind("concern"))
def test_concern(vector: dict[str, Any]) -> None:
    assert evaluate(vector["definition"], vector["answers"], vector.get("scores", {})) == vector["expected"]


@pytest.mark.parametrize("vector", of_kind("explain"))
def test_explain(vector: dict[str, Any]) -> None:
    assert explain(vector["definition"], vector["answers"], vector.get("scores", {})) == vector["expected"]


@pytest.mark.parametrize("case", of_kind("routing"))
def test_routing(case: dict[str, Any]) -> None:
    found = actions(PATHWAYS[case["pack"]], case["in"])
    assert [one["action"] for one in found] == case["expect"]
    assert {one["action"]: one["urgency"] for one in found} == case["urgency"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (None, "", "holds no vectors"),
        ("scoring.json", "{", "scoring.json cannot be read as JSON"),
        ("scoring.json", '{"cases": []}', "vector 0 needs definition, expected"),
        ("scoring.json", '{"vectors": []}', "not empty"),
        ("explain.json", "[]", "not empty"),
        ("concern.json", '"words"', "must be a list"),
        ("concern.json", "[1]", "vector 0 needs"),
        ("routing.json", '[{"pack": "scotland", "in": {}}]', "vector 0 needs expect, in, pack"),
    ],
)
def test_a_folder_without_vectors_is_a_failure(tmp_path: Path, name: str | None, text: str, said: str) -> None:
    if name:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(VectorsUnreadable, match=said):
        read_vectors(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_holds_one_vector_or_a_list_at_the_top_or_in_a_folder_of_its_kind(tmp_path: Path, kind: str) -> None:
    ours = [vector for _, vector in read_vectors(OWN)[kind]][:2]
    (tmp_path / kind).mkdir()
    named = {"cases" if kind == "routing" else "vectors": ours}
    for name, held in ((f"{kind}/one.json", ours[0]), (f"{kind}/two.json", ours), (f"{kind}.json", named)):
        (tmp_path / name).write_text(json.dumps(held), encoding="utf-8")
    found = read_vectors(tmp_path)
    assert [vector for _, vector in found.pop(kind)] == [ours[0], *ours, *ours]
    assert not any(found.values())


def test_a_folder_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(VectorsUnreadable, match="not a folder"):
        read_vectors(tmp_path / "elsewhere")
