"""The workbook is one that a spreadsheet program opens, holds text only, and is the same each time."""

from io import BytesIO

from openpyxl import load_workbook

from server.cli.workbook import workbook

ROWS = [{"type": "note", "label": '=1+1 <b> & "ب"\n- two  spaces'}, {"label": "second", "hint": "z"}]


def test_every_cell_is_read_back_as_the_text_it_was() -> None:
    book = load_workbook(BytesIO(workbook({"survey": ROWS, "choices & more": []})))
    assert book.sheetnames == ["survey", "choices & more"]
    cells = [[cell.value for cell in row] for row in book["survey"].iter_rows()]
    assert cells == [["type", "label", "hint"], ["note", ROWS[0]["label"], None], [None, "second", "z"]]
    assert {cell.data_type for row in book["survey"].iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_columns_go_on_after_z() -> None:
    book = load_workbook(BytesIO(workbook({"wide": [{f"column {number}": str(number) for number in range(60)}]})))
    assert [cell.value for cell in book["wide"][2]] == [str(number) for number in range(60)]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert workbook({"survey": ROWS}) == workbook({"survey": ROWS})
