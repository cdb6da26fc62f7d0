"""A figure of the bench, and how a table of them is printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """What was measured: its name, the values (milliseconds), what it is held against and the aim, if it has one."""

    name: str
    values: tuple[float, ...]
    beside: "Figure | None" = None
    aim_ms: float | None = None

    @property
    def middle(self) -> float:
        """The median, in milliseconds."""
        return median(self.values)


def table(title: str, figures: Iterable[Figure]) -> str:
    """Lines of: name, median, least and most, times as much as the bare work, aim."""
    rows = [("", "median", "least", "most", "times bare", "aim")]
    for figure in figures:
        ratio = f"{figure.middle / figure.beside.middle:.1f}" if figure.beside else ""
        aim = f"<= {figure.aim_ms:g}" if figure.aim_ms is not None else ""
        least, most = (_said(value) for value in (min(figure.values), max(figure.values)))
        rows.append((figure.name, _said(figure.middle), least, most, ratio, aim))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([title, *lines])


def _said(value: float) -> str:
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
