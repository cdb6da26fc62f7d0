"""The threat model names tests. Each of them is there: a promise without its test would be one nobody keeps."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`((?:frontend/)?(?:tests|src)/[\w./-]+)`", TEXT)))


def test_every_file_that_the_threat_model_names_is_there() -> None:
    assert len(NAMED) > 15
    assert [name for name in NAMED if not (ROOT / name).exists()] == []
