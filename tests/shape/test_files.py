"""The form of the code: small files, names from the field, no reason to look twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = ("server", "tests", "frontend/src", "frontend/plugins", "frontend/tests")
KINDS = (".py", ".ts", ".tsx", ".css", ".html")
MADE = ("server/phone/app", "server/inbox/static")
LONGEST = 400
LONG = 300
EMPTY_NAMES = ("utils", "util", "common", "misc", "helpers", "helper", "manager")


def _files() -> Iterator[Path]:
    for place in PLACES:
        for path in (ROOT / place).rglob("*"):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in KINDS and "node_modules" not in path.parts and not name.startswith(MADE):
                yield path


def _names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def test_no_file_is_too_long() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in _files()}
    assert len(lengths) > 100
    assert _names([path for path, length in lengths.items() if length > LONGEST]) == []


def test_a_long_file_gives_its_reason() -> None:
    """Over 300 lines, the first lines must say why ("long because …")."""
    long = [path for path in _files() if len(path.read_text("utf-8").splitlines()) > LONG]
    assert _names([path for path in long if "long because" not in path.read_text("utf-8")[:1000].lower()]) == []


def test_names_say_what_is_inside() -> None:
    assert _names([path for path in _files() if path.stem.lower() in EMPTY_NAMES]) == []


@pytest.mark.parametrize("folder", ["server", "tests"])
def test_every_module_says_what_it_is_for(folder: str) -> None:
    found = [path for path in (ROOT / folder).rglob("*.py") if path.read_text("utf-8").strip()]
    assert _names([path for path in found if not path.read_text("utf-8").startswith('"""')]) == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements.test.lock", "frontend/package-lock.json"])
def test_a_lock_file_names_no_address(lock: str) -> None:
    """Whoever installs chooses the registry; `npm install` writes funding links, which go before a commit."""
    assert "://" not in (ROOT / lock).read_text("utf-8")
