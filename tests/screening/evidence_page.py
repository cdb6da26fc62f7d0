"""The tables of docs/evidence.md, so that tests can work their figures out again."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "evidence.md").read_text("utf-8")


def table(first: str) -> list[list[str]]:
    """The rows, without the head, of the one table whose first column is called `first`; each cell as it is written."""
    lines = TEXT.splitlines()
    [head] = [place for place, line in enumerate(lines) if line.startswith(f"| {first} |")]
    rows: list[list[str]] = []
    for line in lines[head + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows
