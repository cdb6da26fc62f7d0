"""Babel reads TypeScript through the parser of the build's net."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from server.translating import extract, typescript

SCREEN = """/** The send screen: what goes, and to whom. */
import { t, tn } from "../words/translate.ts";
export const Send = ({ n }: Props) => <main>'{t("Send")}` {tn("{n} sign", "{n} signs", n)} It's</main>;
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of sources with one screen."""
    folder = tmp_path / "src"
    (folder / "screens").mkdir(parents=True)
    (folder / "screens" / "Send.tsx").write_text(SCREEN, "utf-8")
    return folder


def test_babel_gets_messages_with_screen_and_purpose(source: Path) -> None:
    found = extract_from_file(
        "server.translating.typescript:extract",
        source / "screens" / "Send.tsx",
        keywords={"t": None, "tn": (1, 2)},
    )
    comments = ["screens/Send: <main>. The send screen: what goes, and to whom."]
    assert found == [(3, "Send", comments, None), (3, ("{n} sign", "{n} signs"), comments, None)]


def test_problems_name_file_line_and_column(source: Path) -> None:
    assert typescript.problems(source) == ["screens/Send.tsx:3:92 these words stay English: put them in t()"]


def test_a_broken_file_is_named(source: Path) -> None:
    (source / "broken.ts").write_text("const = 1;", "utf-8")
    with pytest.raises(typescript.CannotReadTypeScript, match=r"broken\.ts"):
        typescript.readings(source)


def test_the_sources_lose_no_words() -> None:
    assert typescript.problems(extract.ROOT / "frontend" / "src") == []
