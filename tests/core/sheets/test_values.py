import datetime as dt
from decimal import Decimal

import pytest

from core.sheets.cells import CellError, from_json, show, to_json
from core.sheets.values import (
    ValueProblem,
    parse_bool,
    parse_code,
    parse_date,
    parse_decimal,
    parse_end_date,
    parse_integer,
    parse_text,
    parse_time,
)

DAY = dt.date(2014, 3, 12)


@pytest.mark.parametrize(
    "cell",
    [
        "2014-03-12", "2014-3-12", "2014-03-12T18:00:00Z", "12.3.2014", "12.03.14", "12. 3. 2014",
        "12.03.2014 18:30", "12.03.2014, 18.30 Uhr", "12. März 2014", "12 March 2014", "12. Mrz. 2014",
        DAY, dt.datetime(2014, 3, 12, 18, 0),
    ],
)  # fmt: skip
def test_dates_are_understood_in_the_forms_people_write(cell):
    assert parse_date(cell) == DAY


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2014", dt.date(2014, 1, 1), dt.date(2014, 12, 31)),
        (2014, dt.date(2014, 1, 1), dt.date(2014, 12, 31)),
        ("02/2016", dt.date(2016, 2, 1), dt.date(2016, 2, 29)),
        ("Februar 2016", dt.date(2016, 2, 1), dt.date(2016, 2, 29)),
    ],
)
def test_a_year_or_month_means_its_first_day_and_as_an_end_its_last(cell, first, last):
    assert (parse_date(cell), parse_end_date(cell)) == (first, last)


@pytest.mark.parametrize(
    "cell",
    [
        "30.2.2014", "2014-13-01", "31.04.14", "0214-03-12", "20145", 41710, 1.5, "gestern", "12/03/2014",
        "12. Brumaire 2014", True, CellError("#VALUE!"),
    ],
)  # fmt: skip
def test_impossible_dates_are_refused(cell):
    with pytest.raises(ValueProblem):
        parse_date(cell)


def test_the_reason_leaves_the_value_to_its_column_so_that_equal_faults_are_one():
    with pytest.raises(ValueProblem) as caught:
        parse_date("30.2.2014")
    assert str(caught.value) == "Diesen Tag gibt es nicht."


@pytest.mark.parametrize(
    "cell",
    ["18:00", "18.00", "18.00 Uhr", "18 Uhr", "18:00:00", dt.time(18), dt.datetime(2014, 3, 12, 18), 0.75],
)
def test_times_are_understood(cell):
    assert parse_time(cell) == dt.time(18)


@pytest.mark.parametrize("cell", ["24:00", "18:60", "abends", "18–20 Uhr", 1.75, CellError("#N/A")])
def test_impossible_times_are_refused(cell):
    with pytest.raises(ValueProblem):
        parse_time(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,5", "1.5"), ("1.5", "1.5"), ("1.234", "1234"), ("1.234,50", "1234.5"), ("1,234.50", "1234.5"),
        ("-3", "-3"), ("12 €", "12"), ("50 %", "50"), ("1 000", "1000"), ("0.125", "0.125"),
        (2, "2"), (0.1, "0.1"),
    ],
)  # fmt: skip
def test_numbers_are_read_with_german_signs(cell, number):
    assert parse_decimal(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["zwölf", "nan", "inf", "1.2.3", "", CellError("#DIV/0!")])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(ValueProblem):
        parse_decimal(cell)


def test_whole_numbers_are_whole():
    assert [parse_integer(cell) for cell in ("12", 12, 12.0, "1.234")] == [12, 12, 12, 1234]
    with pytest.raises(ValueProblem):
        parse_integer("1,5")


def test_yes_and_no_are_understood():
    assert [parse_bool(cell) for cell in ("ja", "X", "yes", "Wahr", 1, True, "1", "✓")] == [True] * 8
    assert [parse_bool(cell) for cell in ("nein", "No", "falsch", 0, False, "–")] == [False] * 6
    with pytest.raises(ValueProblem):
        parse_bool("vielleicht")


def test_numbers_become_the_text_a_person_would_type():
    assert [parse_text(cell) for cell in (38444, 1.5, DAY, "a")] == ["38444", "1,5", "12.03.2014", "a"]


@pytest.mark.parametrize(
    "cell", [None, "a", 1, 1.5, True, DAY, dt.datetime(2014, 3, 12, 18, 30), dt.time(18), CellError("#REF!")]
)
def test_cells_survive_being_stored(cell):
    assert from_json(to_json(cell)) == cell
    assert isinstance(show(cell), str)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("38440.0", "38440"), ("38440,0", "38440"), (38440.0, "38440"), (38440, "38440"), ("01067", "01067"),
        ("V1", "V1"), ("1.5", "1.5"), ("1E5", "1E5"), ("V1.0", "V1.0"), ("123456789012", "123456789012"),
    ],
)  # fmt: skip
def test_a_code_is_the_digits_without_what_a_spreadsheet_hangs_on_them(cell, code):
    assert parse_code(cell) == code


@pytest.mark.parametrize("cell", ["5.36112e+09", "5,36112E+09", "4E+11", 4.915212345678901e15])
def test_a_code_that_has_lost_its_digits_is_refused(cell):
    with pytest.raises(ValueProblem, match="gekürzt"):
        parse_code(cell)


def test_years_and_yes_or_no_are_read_with_a_point_zero():
    assert (parse_date("2019.0"), parse_end_date("2019,0")) == (dt.date(2019, 1, 1), dt.date(2019, 12, 31))
    assert [parse_bool(cell) for cell in ("1.0", "0.0", "1,0", 0.0)] == [True, False, True, False]
