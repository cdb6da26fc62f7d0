"""HEED_CONTENT adds an organisation's own content to what is served; what cannot be served stops the server at once."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from server.screening.own_content import SHIPPED, content, is_whole
from server.screening.reading import ContentError
from tests.screening.content_copy import replace

ROOT = Path(__file__).parents[2]
SERVED = """
from server.screening.definitions import bundles, shipped, withdrawn
from server.screening.organisation_kinds import nations
later = next(one.holds for one in bundles() if not one.first)
print(*(shipped()[key]["id"] for key in later if shipped()[key]["kind"] == "checklist"))
print(*nations(), len(withdrawn()))
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    found = (ROOT / "docs" / "checklists.md").read_text("utf-8")
    for name, text in re.findall(r"```yaml\n# file: (\S+)\n(.*?)```", found, re.DOTALL):
        if name != "answers.yaml":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def served(own: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HEED_CONTENT": str(own)}
    return subprocess.run([sys.executable, "-c", SERVED], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_without_a_folder_what_is_shipped_is_read_where_it_lies() -> None:
    with content() as folder:
        assert folder == SHIPPED
    assert is_whole(SHIPPED)


def test_a_folder_is_served_beside_ours(own: Path) -> None:
    lists, others = served(own).stdout.splitlines()
    ours, same = served("").stdout.splitlines()
    assert sorted(lists.split()) == sorted([*ours.split(), "library"])
    assert others == same
    (own / "withdrawn.yaml").write_text(
        'withdrawn:\n- {number: "+441414960000", was: A line, since: 2026-11-22, why: Gone, source: The line}\n',
        "utf-8",
    )
    assert served(own).stdout.splitlines()[1].endswith(" 1")


def test_a_list_of_ours_may_be_replaced_and_signs_are_added(own: Path) -> None:
    text = (own / "checklists/library.yaml").read_text("utf-8")
    (own / "checklists/library.yaml").unlink()
    (own / "checklists/begging.yaml").write_text(text.replace("id: library\n", "id: begging\n"), "utf-8")
    with content(own) as folder:
        assert (
            (folder / "checklists/begging.yaml").read_text("utf-8").startswith("id: begging\nversion: 1\ntitle: In a")
        )
        assert "library-computer-watched" in (folder / "indicators.yaml").read_text("utf-8")
        assert (folder / "ladders.yaml").read_bytes() == (SHIPPED / "ladders.yaml").read_bytes()
    assert not folder.exists()


def test_a_sign_of_ours_is_never_replaced(own: Path) -> None:
    replace(own / "indicators.yaml", "id: library-computer-watched", "id: locked-in-or-guarded")
    said = r"indicators\.yaml: indicators\[0\]\.id: 'locked-in-or-guarded' is shipped"
    with pytest.raises(ContentError, match=said), content(own):
        pass


def test_what_cannot_be_served_stops_the_server_with_file_and_key(own: Path) -> None:
    replace(own / "checklists/library.yaml", "[no-access-to-id,", "[no-such-sign,")
    done = served(own)
    assert done.returncode != 0
    assert "library.yaml: sections[1].indicators: 'no-such-sign' is not known" in done.stderr
    assert "is not there: name a folder" in served(own / "nowhere").stderr
