"""The net under the inbox's Python: one failing sample for each rule."""

from pathlib import Path

import pytest

from server.translating import extract, python_words


def faults(folder: Path, code: str) -> list[str]:
    """What is found in one module, without the name of the file."""
    (folder / "routes.py").write_text(code, "utf-8")
    return [fault.removeprefix("routes.py:") for fault in python_words.problems(folder)]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('flash("Someone changed this")', "1 “Someone changed this” stays English: put it in _()"),
        ("\n_(name)", "2 _() takes its English as plain text, or it is lost"),
        ('_(f"Due {day}")', "1 _() takes its English as plain text, or it is lost"),
        ('ngettext("%(num)s sign", many, n)', "1 ngettext() takes its English as plain text, or it is lost"),
        ('_("Due %(day)s", day="Next week or later")', "1 “Next week or later” stays English: put it in _()"),
    ],
)
def test_each_fault_is_found(tmp_path: Path, code: str, said: str) -> None:
    assert faults(tmp_path, code) == [said]


def test_what_only_developers_read_may_stay(tmp_path: Path) -> None:
    code = '''"""Pages of the inbox."""
def show():
    """Shows it all."""
    logger.info("Nothing to show")
    flash(_("Someone changed this"))
    return redirect("inbox.home")
raise ValueError("No such page")
'''
    assert faults(tmp_path, code) == []


def test_the_inbox_loses_no_words() -> None:
    assert python_words.problems(extract.ROOT / "server" / "inbox") == []
