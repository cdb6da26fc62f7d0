"""Nothing that a screen can say is missing from the templates."""

import re

import pytest
from babel.messages.catalog import Catalog

from server.translating import catalogues, extract

SOURCES = extract.ROOT / "frontend" / "src"
# A plain walk, apart from the parser: every t("…") and tn("…") outside comments.
CALL = re.compile(r"(?<![\w.$])tn?\(\s*(?P<quote>[\"'`])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def phone() -> Catalog:
    """The phone's template, made once."""
    return extract.template("phone")


@pytest.fixture(scope="module")
def inbox() -> Catalog:
    """The inbox's template, made once."""
    return extract.template("inbox")


def test_every_call_in_every_screen_is_gathered(phone: Catalog) -> None:
    calls = 0
    for path in sorted([*SOURCES.rglob("*.ts"), *SOURCES.rglob("*.tsx")]):
        for call in CALL.finditer(COMMENT.sub("", path.read_text("utf-8"))):
            text = re.sub(r"\\(.)", r"\1", call["text"])
            calls += 1
            assert any(str(held).startswith(text) for held in _english(phone)), f"{path.name}: {text}"
    assert calls > 50


def test_every_translated_text_in_the_inbox_is_gathered(inbox: Catalog) -> None:
    calls = 0
    for path in sorted((extract.ROOT / "server" / "inbox").rglob("*")):
        if path.suffix in (".py", ".html"):
            for call in re.finditer(r"\b_\(\s*\"((?:\\.|[^\"\\])*)\"", path.read_text("utf-8")):
                calls += 1
                assert call[1].replace('\\"', '"') in _english(inbox), f"{path.name}: {call[1]}"
    assert calls > 30


def test_every_message_says_where_and_why(phone: Catalog, inbox: Catalog) -> None:
    for template in (phone, inbox):
        for message in template:
            if message.id:
                assert message.auto_comments, message.id
                assert message.locations, message.id


def test_messages_are_whole_lines_without_stray_space(phone: Catalog, inbox: Catalog) -> None:
    """A line break inside a message means a template block that should say `trans trimmed`."""
    for template in (phone, inbox):
        for english in _english(template):
            assert "\n" not in english
            assert english == english.strip()


def test_the_order_is_the_same_each_time(inbox: Catalog) -> None:
    again = extract.template("inbox")
    assert [message.id for message in again] == [message.id for message in inbox]


def _english(template: Catalog) -> set[str]:
    return {catalogues.english_of(message)[0] for message in template if message.id}
