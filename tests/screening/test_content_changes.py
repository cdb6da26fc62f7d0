"""Content never changes in silence: every version that is shipped has its entry in the changelog beside it."""

import re

from server.screening import reading
from server.screening.own_content import SHIPPED

CHANGES = (SHIPPED / "CHANGES.md").read_text("utf-8")


def versions() -> dict[str, str]:
    """The version of every file that has one, by its path."""
    read = {".yaml": reading.read_yaml, ".json": reading.read_json}
    found = {
        str(path.relative_to(SHIPPED)): read[path.suffix](path) for path in SHIPPED.rglob("*") if path.suffix in read
    }
    return {name: str(body["version"]) for name, body in found.items() if "version" in body}


def test_every_version_has_its_entry_and_no_entry_is_ahead() -> None:
    newest: dict[str, int] = {}
    for name, number in re.findall(r"`([a-z/-]+\.(?:yaml|json))` (\d+)", CHANGES):
        newest[name] = max(int(number), newest.get(name, 0))
    newest["indicators.yaml"] = max(int(number) for number in re.findall(r"^## Version (\d+)$", CHANGES, re.MULTILINE))
    assert {name: str(number) for name, number in newest.items()} == versions()


def test_only_a_list_of_what_is_withdrawn_has_no_version() -> None:
    files = {str(path.relative_to(SHIPPED)) for path in SHIPPED.rglob("*") if path.suffix in (".yaml", ".json")}
    assert files - versions().keys() == {"withdrawn.yaml"}
