"""The net under the inbox's templates: finds words that would stay English, and calls whose words are lost.

Never changes a template. Babel's own extraction drops a call without plain text silently: this says so.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

_TRANSLATORS = {"_", "gettext", "ngettext"}
_SPOKEN = {"alt", "aria-description", "aria-label", "aria-roledescription", "label", "placeholder", "title"}
_LETTER = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"^[A-Z][a-z']+([ ,:.!?]|$)")
# Stands for an expression while the page is read as HTML: no letter, no quote, no angle bracket.
_HOLE = "\N{BULLET}"


def problems(folder: Path) -> list[str]:
    """Each fault of the templates in a folder, "file:line what to do". Raises a template's syntax error."""
    found = []
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder)
        found += [f"{name}:{line} {text}" for line, text in _faults(path.read_text("utf-8"))]
    return found


def _faults(source: str) -> Iterator[tuple[int, str]]:
    environment = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701  parsed, never rendered
    tree = environment.parse(source)
    found: dict[tuple[int, str], None] = {}
    for page in _pages(tree):
        reader = _Page()
        reader.feed(page)
        found |= dict.fromkeys(reader.faults)
    yield from found
    translated: set[int] = set()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in _TRANSLATORS:
            plain = call.args[: 2 if call.node.name == "ngettext" else 1]
            translated.update(id(part) for arg in plain for part in (arg, *arg.find_all(nodes.Const)))
            if not plain or not all(_is_text(arg) for arg in plain):
                yield call.lineno, f"{call.node.name}() takes its English as plain text, or it is lost"
    for constant in tree.find_all(nodes.Const):
        if id(constant) not in translated and _is_text(constant) and _WORDS.match(constant.value):
            yield constant.lineno, f"“{constant.value}” stays English: put it in _()"


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _pages(tree: nodes.Template) -> Iterator[str]:
    """The page without its expressions, once for each branch: an if may open a tag in one way or another."""
    branches = max((len(choice.elif_) for choice in tree.find_all(nodes.If)), default=0) + 2
    for branch in range(branches):
        page = ""
        for line, text in _static(tree, branch):
            page += "\n" * (line - 1 - page.count("\n")) + text
        yield page


def _static(node: nodes.Node, branch: int) -> Iterator[tuple[int, str]]:
    """The text that stands in a template as it is, with its line, and a hole for each expression."""
    if isinstance(node, nodes.TemplateData):
        yield node.lineno, node.data
    elif isinstance(node, nodes.Output):
        for part in node.nodes:
            yield from (_static(part, branch) if isinstance(part, nodes.TemplateData) else ((part.lineno, _HOLE),))
    elif isinstance(node, nodes.Block) and node.name.endswith("_class"):
        return  # It fills a class attribute of the layout: nobody reads it.
    else:
        inside = node.iter_child_nodes()
        if isinstance(node, nodes.If):
            choices = [node.body, *(other.body for other in node.elif_), node.else_]
            inside = iter(choices[min(branch, len(choices) - 1)])
        for child in inside:
            yield from _static(child, branch)


class _Page(HTMLParser):
    """Reads the static part of a page and notes every letter that a person would read or hear."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[tuple[int, str]] = []

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        found = _LETTER.search(data)
        if found:
            line = self.getpos()[0] + data[: found.start()].count("\n")
            self.faults.append((line, f"“{data.strip()[:40]}” stays English: put it in _() or a trans block"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Attributes that are read or heard."""
        for name, value in attrs:
            if name in _SPOKEN and value and _LETTER.search(value):
                self.faults.append((self.getpos()[0], f"{name} stays English: put it in _()"))

    handle_startendtag = handle_starttag
