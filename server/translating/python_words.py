"""The net under the inbox's Python: finds sentences outside `_()` and calls of it whose words would be lost.

Never imports what it reads. Docstrings, errors and log lines are for developers and stay as they are.
"""

import ast
import re
from pathlib import Path

_TRANSLATORS = {"_": 1, "gettext": 1, "lazy_gettext": 1, "ngettext": 2}
_SENTENCE = re.compile(r"^[A-Z][a-z']+[ ,].*[a-z]", re.DOTALL)


def problems(folder: Path) -> list[str]:
    """Each fault of the modules under a folder as "file:line what to do"."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        reader = _Reader()
        reader.visit(ast.parse(path.read_text("utf-8")))
        found += [f"{path.relative_to(folder)}:{line} {text}" for line, text in reader.faults]
    return found


class _Reader(ast.NodeVisitor):
    def __init__(self) -> None:
        self.faults: list[tuple[int, str]] = []

    def visit_Call(self, node: ast.Call) -> None:
        """A call of `_` must hold plain text; its words are then translated."""
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        wanted = _TRANSLATORS.get(name)
        if wanted is None:
            if not _is_for_developers(node.func):
                self.generic_visit(node)
            return
        if not all(_is_text(arg) for arg in node.args[:wanted]) or len(node.args) < wanted:
            self.faults.append((node.lineno, f"{name}() takes its English as plain text, or it is lost"))
        for argument in [*node.args[wanted:], *(keyword.value for keyword in node.keywords)]:
            self.visit(argument)

    def visit_Raise(self, node: ast.Raise) -> None:
        """Errors are for developers."""

    def visit_Expr(self, node: ast.Expr) -> None:
        """A text that stands alone is a docstring."""
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A sentence here would stay English."""
        if isinstance(node.value, str) and _SENTENCE.match(node.value):
            self.faults.append((node.lineno, f"“{node.value[:40]}” stays English: put it in _()"))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_for_developers(function: ast.expr) -> bool:
    names = {part.id if isinstance(part, ast.Name) else "" for part in ast.walk(function)}
    return bool(names & {"log", "logger", "logging", "warnings"})
