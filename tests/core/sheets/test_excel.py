"""Excel workbooks as people and programs write them, and the faults inside them."""

import datetime as dt
import io
import subprocess
import sys

import openpyxl
import pytest

from core.sheets import errors, excel, limits
from core.sheets.cells import Cell, CellError
from core.sheets.errors import SheetError
from core.sheets.reader import Sheet, read_table
from tests.core.sheets.workbooks import (
    BODY,
    HEAD,
    described,
    packed,
    parts,
    row,
    sheet_xml,
    text_cell,
    workbook,
)


def read_rows(rows: str, **around: str) -> Sheet:
    return read_table(packed(parts(sheet_xml(rows, **around))), "liste.xlsx")


def refusal(data: bytes) -> str:
    with pytest.raises(SheetError) as caught:
        read_table(data, "liste.xlsx")
    return described(caught.value)


def test_a_workbook_is_read_with_typed_values():
    headers = ["Name", "Datum", "Beginn", "Uhrzeit", "Zahl", "Summe", "Haken"]
    begin = dt.datetime(2014, 3, 12, 18, 30)
    values: list[Cell] = ["Bürgerverein", begin.date(), begin, dt.time(18, 0), 5, 1.5, True]
    assert read_table(workbook([headers, values]), "liste.xlsx") == Sheet(
        headers=headers,
        rows=[values],
        source_row_numbers=[2],
        sheet_name="Liste",
        sheets=["Liste"],
    )


def test_titles_above_the_table_and_blank_rows_are_passed_over():
    table: list[list[str | None]] = [["Name", "Ort"], [], ["Verein", "Westhagen"], [None, " "], ["Kita"]]
    data = workbook([["Akteursliste 2014"], [], *table])
    sheet = read_table(data)
    assert (sheet.headers, sheet.header_row) == (["Name", "Ort"], 3)
    assert (sheet.rows, sheet.source_row_numbers) == ([["Verein", "Westhagen"], ["Kita", None]], [5, 7])


def test_another_sheet_can_be_chosen_and_hidden_ones_are_not_offered():
    book = openpyxl.Workbook(write_only=False)
    book.worksheets[0].title = "Deckblatt"
    book.create_sheet("Akteure").append(["Name"])
    book["Akteure"].append(["Verein"])
    book.create_sheet("Termine").append(["Datum"])
    book["Termine"].append(["2014"])
    book.create_sheet("geheim").sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)

    first = read_table(buffer.getvalue())
    assert (first.sheet_name, first.sheets) == ("Akteure", ["Deckblatt", "Akteure", "Termine"])
    assert read_table(buffer.getvalue(), sheet="Termine").rows == [["2014"]]
    with pytest.raises(SheetError) as caught:
        read_table(buffer.getvalue(), sheet="geheim")
    assert caught.value.message == errors.NO_SUCH_SHEET


def test_more_than_30_sheets_are_refused():
    book = openpyxl.Workbook()
    for number in range(30):
        book.create_sheet(f"Blatt {number}")
    buffer = io.BytesIO()
    book.save(buffer)
    assert refusal(buffer.getvalue()) == errors.TOO_MANY_SHEETS % {"limit": 30}


def test_a_sheet_that_claims_to_be_endless_has_the_rows_it_has():
    sheet = read_rows(HEAD + BODY, before='<dimension ref="A1:XFD1048576"/>')
    assert sheet.rows == [["Sportverein", "Westhagen"]]


def test_a_merge_over_the_whole_sheet_is_not_unfolded():
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert read_rows(HEAD + BODY, after=merge).rows == [["Sportverein", "Westhagen"]]


def test_a_cell_in_the_last_corner_is_refused_with_its_place():
    corner = row(1_048_576, text_cell("XFD1048576", "x"))
    assert refusal(packed(parts(sheet_xml(HEAD + BODY + corner)))) == (
        "1048576XFD: " + errors.TOO_MANY_COLUMNS % {"limit": 200}
    )


def test_200_000_columns_are_refused_with_their_place():
    wide = row(2, *(f"<c><v>{n * 7919 % 999983}</v></c>" for n in range(200_000)))
    message = refusal(packed(parts(sheet_xml(HEAD + wide))))
    assert message == "2GS: " + errors.TOO_MANY_COLUMNS % {"limit": 200}


def test_more_rows_than_the_limit_are_refused_not_cut():
    rows = "".join(f"<row><c><v>{n}</v></c></row>" for n in range(limits.MAX_ROWS + 2))
    assert refusal(packed(parts(sheet_xml(rows)))) == "50002: " + errors.TOO_MANY_ROWS % {"limit": 50_000}


def test_an_overlong_cell_is_refused_with_its_place():
    long = row(3, text_cell("B3", "x" * 32_768))
    assert refusal(packed(parts(sheet_xml(HEAD + BODY + long)))) == (
        "3B: " + errors.CELL_TOO_LONG % {"limit": 32_767}
    )


@pytest.mark.parametrize("index", ["2", "-1", "99999999", "x"])
def test_a_shared_string_that_does_not_exist_is_a_fault_and_never_another_text(index):
    sheet = read_rows(HEAD + row(2, f'<c r="A2" t="s"><v>{index}</v></c>', text_cell("B2", "Westhagen")))
    assert sheet.rows == [[CellError(index), "Westhagen"]]


def test_faulty_cells_are_faults_of_their_row_and_the_others_are_kept():
    broken = row(
        2,
        '<c r="A2"><v>nan</v></c>',
        '<c r="B2" t="e"><v>#REF!</v></c>',
        '<c r="C2"><v>1e999</v></c>',
        '<c r="D2" t="d"><v>2014-02-30</v></c>',
    )
    heads = row(1, *(text_cell(f"{letter}1", letter) for letter in "ABCD"))
    kept = row(3, *(f'<c r="{letter}3"><v>{n}</v></c>' for n, letter in enumerate("ABCD")))
    assert read_rows(heads + broken + kept).rows == [
        [CellError("nan"), CellError("#REF!"), CellError("inf"), CellError("2014-02-30")],
        [0, 1, 2, 3],
    ]


def test_formula_text_and_links_arrive_as_plain_text():
    formula = row(2, '<c r="A2" t="str"><f>HYPERLINK("a")</f><v>=1+1</v></c>', text_cell("B2", "@x"))
    assert read_rows(HEAD + formula).rows == [["=1+1", "@x"]]


def test_control_characters_are_removed_and_direction_marks_are_kept():
    sheet = read_rows(HEAD + row(2, text_cell("A2", "a_x0000_b_x000D_&#x85;"), text_cell("B2", "\u202eabc")))
    assert sheet.rows == [["ab", "\u202eabc"]]


def test_rows_out_of_order_are_damage_not_silence():
    assert refusal(packed(parts(sheet_xml(HEAD + BODY + BODY)))) == f"2: {errors.DAMAGED}"


def test_a_workbook_without_rows_says_so():
    assert refusal(workbook([["Name", "Ort"]])) == errors.NO_ROWS
    assert refusal(workbook([])) == errors.EMPTY_FILE


def test_xml_that_breaks_off_is_unreadable():
    assert refusal(packed(parts(sheet_xml()[:-40]))) == errors.UNREADABLE


def test_a_child_that_is_killed_is_reported(monkeypatch):
    monkeypatch.setattr(excel, "_run_child", lambda source, answer, sheet: -9)
    assert refusal(packed(parts())) == errors.TOO_SLOW


def test_a_child_that_runs_out_of_memory_is_reported(monkeypatch):
    def exhausted(source, answer, sheet):
        answer.write(b'{"sheets": ["a"], "sheet": "a"}\n{"error": "TOO_MUCH_MEMORY"}\n')
        return 0

    monkeypatch.setattr(excel, "_run_child", exhausted)
    assert refusal(packed(parts())) == errors.TOO_MUCH_MEMORY


def test_the_child_starts_without_django_and_without_numpy():
    code = "import core.sheets.excel_child, sys; print('django' in sys.modules, sys.modules['numpy'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "None"]


def test_a_child_that_does_not_come_to_an_end_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", 0.01)
    assert refusal(packed(parts())) == errors.TOO_SLOW


def test_links_to_other_files_are_left_alone():
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
        ' Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
        ' Target="http://127.0.0.1:9/x" TargetMode="External"/></Relationships>'
    )
    linked = parts(sheet_xml(after='<hyperlinks><hyperlink ref="A2"/></hyperlinks>'))
    contents = linked | {"xl/worksheets/_rels/sheet1.xml.rels": link}
    assert read_table(packed(contents)).rows == [["Sportverein", "Westhagen"]]


def test_the_sheet_that_lay_open_is_taken_before_a_cover_sheet():
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Deckblatt"])
    book.worksheets[0].append(["Stand 2014"])
    table = book.create_sheet("Daten")
    table.append(["Name"])
    table.append(["Verein"])
    book.active = 1
    buffer = io.BytesIO()
    book.save(buffer)
    assert read_table(buffer.getvalue()).sheet_name == "Daten"
