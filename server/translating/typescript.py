"""Babel extraction method for TypeScript, read by the very parser that guards the build (frontend/plugins).

Babel's own JavaScript lexer silently loses calls after a stray quote or backtick in JSX text: it must never
be used for these files.
"""

import functools
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

_FRONTEND = Path(__file__).parents[2] / "frontend"


class CannotReadTypeScript(RuntimeError):
    """Node is missing, or the reader stopped at a file that cannot be parsed."""


def node() -> str:
    """The Node program of this environment. Raises CannotReadTypeScript."""
    beside = Path(sys.executable).with_name("node")
    found = str(beside) if beside.exists() else shutil.which("node")
    if not found:
        raise CannotReadTypeScript("Node was not found: run make, which puts it into .venv.")
    return found


@functools.cache
def readings(folder: Path) -> Mapping[str, dict[str, Any]]:
    """What every TypeScript file under a folder shows: path -> {about, messages, problems} (words-source.ts).

    One Node process reads them all. Raises CannotReadTypeScript.
    """
    script = _FRONTEND / "plugins" / "words-extract.ts"
    done = subprocess.run(  # noqa: S603  our own script, our own folder
        [node(), str(script), str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotReadTypeScript(done.stderr.strip() or "the TypeScript reader stopped without a word")
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


def problems(folder: Path) -> list[str]:
    """Words that would be lost or stay English, each as "file:line:column what to do"."""
    return [
        f"{file}:{problem['line']}:{problem['column']} {problem['text']}"
        for file, reading in readings(folder).items()
        for problem in reading["problems"]
    ]


def extract(
    fileobj: IO[bytes], _keywords: object, _comment_tags: object, options: Mapping[str, str]
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """Babel's side: (line, function, message or pair, comments) for each t() and tn() of one file.

    The option `root` names the folder that all files are under.
    """
    path = Path(fileobj.name).resolve()
    root = next(parent for parent in path.parents if parent.name == options.get("root", "src"))
    name = path.relative_to(root).as_posix()
    reading = readings(root)[name]
    for message in reading["messages"]:
        where = message["where"] or "in code"
        comments = [f"{Path(name).with_suffix('')}: {where}. {reading['about']}".strip()]
        if message["note"]:
            comments.append(message["note"])
        if "plural" in message:
            yield message["line"], "tn", (message["id"], message["plural"]), comments
        else:
            yield message["line"], "t", message["id"], comments
