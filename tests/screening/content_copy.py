"""A copy of the shipped content to break, so that a load error can be seen to name the file and the key."""

import shutil
from pathlib import Path

from server.screening.definitions import CONTENT


def copy_of_content(folder: Path) -> Path:
    """The whole content in a new folder that a test may change."""
    return Path(shutil.copytree(CONTENT, folder / "content"))


def replace(file: Path, old: str, new: str) -> None:
    """Changes the first place of `old` in a file; fails when it is not there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} no longer holds {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
