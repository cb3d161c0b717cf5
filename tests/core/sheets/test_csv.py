"""CSV files in every encoding and with every separator that offices use."""

import pytest

from core.sheets import errors, limits
from core.sheets.errors import SheetError
from core.sheets.reader import read_table
from tests.core.sheets.workbooks import described

TABLE = 'Name;Straße;Betrag\n"Bürger; Verein";Dessauer Straße 3;1,50\nKita Größe;;2,75\n'
ROWS = [["Bürger; Verein", "Dessauer Straße 3", "1,50"], ["Kita Größe", None, "2,75"]]


def refusal(data: bytes, name: str = "liste.csv") -> str:
    with pytest.raises(SheetError) as caught:
        read_table(data, name)
    return described(caught.value)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "windows-1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_umlauts_arrive_in_every_encoding(encoding, name):
    sheet = read_table(TABLE.encode(encoding), "liste.csv")
    assert (sheet.headers, sheet.rows) == (["Name", "Straße", "Betrag"], ROWS)
    assert (sheet.encoding, sheet.delimiter) == (name, ";")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_separator_and_line_end_is_recognised(delimiter, newline):
    lines = ["Name|Ort|Anmerkung", '"Verein, Nord; e. V."|Westhagen|"zwei\nZeilen"', "Kita|Detmerode|"]
    data = newline.join(line.replace("|", delimiter) for line in lines).encode()
    sheet = read_table(data)
    assert sheet.delimiter == delimiter
    assert sheet.rows == [["Verein, Nord; e. V.", "Westhagen", "zwei\nZeilen"], ["Kita", "Detmerode", None]]


def test_decimal_commas_do_not_pass_for_separators():
    assert read_table(b"Betrag;Stunden\n1,5;2,5\n3,5;4,5\n").delimiter == ";"


def test_commas_in_every_text_do_not_pass_for_separators():
    data = "Nr\tOrt, Straße\tName\n1\tWesthagen, Weg 1\tA\n2\tWesthagen, Weg 2\tB\n".encode()
    assert read_table(data).headers == ["Nr", "Ort, Straße", "Name"]


def test_a_title_above_the_headings_is_passed_over():
    sheet = read_table(b"Akteursliste 2014\n\nName;Ort\nA, B;C\nD;E\n")
    assert (sheet.headers, sheet.rows, sheet.header_row) == (["Name", "Ort"], [["A, B", "C"], ["D", "E"]], 3)


def test_commas_inside_a_single_column_part_nothing():
    sheet = read_table("Name\nGroß, Jürgen\nMuster, Ada\n".encode())
    assert (sheet.headers, sheet.rows) == (["Name"], [["Groß, Jürgen"], ["Muster, Ada"]])


def test_a_table_of_one_column_is_a_table():
    assert read_table(b"Name\nVerein\nKita\n").rows == [["Verein"], ["Kita"]]


def test_excels_own_first_line_names_the_separator():
    sheet = read_table(b"sep=|\nName|Ort\nA;B|C\n")
    assert (sheet.headers, sheet.rows, sheet.source_row_numbers) == (["Name", "Ort"], [["A;B", "C"]], [3])


def test_blank_lines_are_passed_over_and_rows_keep_their_numbers():
    sheet = read_table(b"Name;Ort\n\n;;\nA;B\n\n")
    assert (sheet.rows, sheet.source_row_numbers) == ([["A", "B"]], [4])


def test_a_ragged_row_is_refused_with_its_number():
    assert refusal(b"a;b;c\n1;2;3\n4;5\n") == "3: " + errors.RAGGED % {"found": 2, "expected": 3}
    assert refusal(b"a;b;c\n1;2;3;4\n") == "2: " + errors.RAGGED % {"found": 4, "expected": 3}


def test_empty_cells_at_the_end_of_a_row_do_no_harm():
    assert read_table(b"a;b;;\n1;2;;;;\n3;4\n").rows == [["1", "2"], ["3", "4"]]


def test_an_open_quotation_mark_is_refused_with_its_row():
    assert refusal(b'a;b\n1;2\n3;"4\n5;6\n') == f"3: {errors.OPEN_QUOTE}"


def test_a_misplaced_quotation_mark_is_refused_with_its_row():
    assert refusal(b'a;b\n"Die" Kita;2\n') == f"2: {errors.BAD_QUOTE}"


def test_a_null_character_is_refused_with_its_place():
    assert refusal(b"a;b\n1;x\0y\n" + b"3;4\n" * 200) == f"2B: {errors.NUL_CHARACTER}"


def test_other_control_characters_are_removed():
    assert read_table("a;b\n1\x07;\x1b[31mrot\x85\n".encode()).rows == [["1", "[31mrot"]]


def test_a_line_of_200_megabytes_is_refused(tmp_path):
    path = tmp_path / "liste.csv"
    with path.open("wb") as stream:
        stream.write(b"Name;Ort\n")
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(SheetError) as caught:
        read_table(path)
    assert caught.value.message == errors.TOO_LARGE % {"limit": 20}


@pytest.mark.parametrize("line", [b"x" * 8_000_000, b";" * 8_000_000, b'"' + b"x\n" * 4_000_000])
def test_an_endless_line_below_the_size_limit_is_refused(line):
    assert refusal(b"Name;Ort\n" + line).startswith("2:")


def test_limits_of_cells_columns_and_rows_are_refused_not_cut():
    too_long = b"a;b\n1;" + b"x" * 32_768 + b"\n"
    assert refusal(too_long) == "2B: " + errors.CELL_TOO_LONG % {"limit": limits.MAX_CELL_CHARS}
    too_wide = b";".join([b"x"] * 201) + b"\n"
    assert refusal(too_wide) == "1GS: " + errors.TOO_MANY_COLUMNS % {"limit": limits.MAX_COLUMNS}
    too_many = b"a;b\n" + b"1;2\n" * 50_001
    assert refusal(too_many) == "50002: " + errors.TOO_MANY_ROWS % {"limit": limits.MAX_ROWS}


def test_bytes_that_are_no_text_are_refused():
    assert refusal(b"a;b\n\x81\x8d;\xff\xfe\n") == errors.NOT_TEXT


def test_headings_without_rows_are_refused():
    assert refusal(b"Name;Ort\n") == errors.NO_ROWS


def test_the_mark_of_our_own_exports_before_formulas_is_taken_away():
    sheet = read_table("Name;Notiz\n'=1+1;'Zitat\n'@x;-\n".encode("utf-8-sig"))
    assert sheet.rows == [["=1+1", "'Zitat"], ["@x", "-"]]
