"""Names of months and days of the week, as people write them."""

import pytest

from core.calendar_names import MONTHS, WEEKDAYS
from core.text import fold

WRITTEN = [
    "januar jänner jaenner january jan jän",
    "februar feber february feb",
    "märz maerz mrz mär march mar",
    "april apr",
    "mai may",
    "juni jun june",
    "juli jul july",
    "august aug",
    "september sept sep",
    "oktober okt october oct",
    "november nov",
    "dezember dez december dec",
]
DAYS = [
    "montag mo monday mon",
    "dienstag di tuesday tue",
    "mittwoch mi wednesday wed",
    "donnerstag do thursday thu",
    "freitag fr friday fri",
    "samstag sonnabend sa saturday sat",
    "sonntag so sunday sun",
]


def numbered(lines, first):
    return [(name, number) for number, line in enumerate(lines, first) for name in line.split()]


@pytest.mark.parametrize(("name", "number"), numbered(WRITTEN, 1))
def test_a_month_is_known_by_all_its_names_as_written_and_folded(name, number):
    assert (MONTHS[name], MONTHS[fold(name)]) == (number, number)


@pytest.mark.parametrize(("name", "number"), numbered(DAYS, 0))
def test_a_day_of_the_week_is_known_by_all_its_names(name, number):
    assert WEEKDAYS[name] == number


def test_no_other_word_is_taken_for_a_name():
    months = {fold(name) for name, _number in numbered(WRITTEN, 1)} | {"jaen", "maer"}
    assert {fold(name) for name in MONTHS} == months
    assert set(WEEKDAYS) == {name for name, _number in numbered(DAYS, 0)}
