"""A spreadsheet (.xlsx) of plain text cells, as bytes that are the same each time."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

Rows = list[dict[str, str]]

# The oldest moment that a workbook can hold: the same form always gives the same bytes.
_WHEN = datetime(1980, 1, 1)  # noqa: DTZ001  (a workbook's time has no zone)


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with these sheets. The first row of each names the columns: every key, in the order they first
    appear. What is in a cell is text, whatever it begins with: never a formula, never a link."""
    held = BytesIO()
    with Workbook(held, {"in_memory": True}) as book:
        book.set_properties({"created": _WHEN})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            columns = list(dict.fromkeys(key for row in rows for key in row))
            for number, line in enumerate([columns, *([row.get(column, "") for column in columns] for row in rows)]):
                for column, text in enumerate(line):
                    if text:
                        sheet.write_string(number, column, text)
    return held.getvalue()
