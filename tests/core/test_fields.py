"""The day an interval ends: the last day goes in and comes out, the day after it is stored."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from rest_framework import serializers

from core.fields import (
    CharField,
    InclusiveDateField,
    InclusiveDateSerializerField,
    TextField,
    UntilDateField,
    last_day,
)

LAST, STORED = dt.date(2017, 12, 31), dt.date(2018, 1, 1)


def test_the_last_day_of_an_interval_is_the_day_before_it_ends():
    assert (last_day(STORED), last_day(None)) == (LAST, None)


def test_a_form_takes_and_shows_the_last_day():
    field = UntilDateField(null=True, blank=True).formfield()
    assert isinstance(field, InclusiveDateField)
    assert field.clean("2017-12-31") == STORED
    assert field.clean("31.12.2017") == STORED
    assert field.clean("") is None
    assert field.prepare_value(STORED) == LAST


def test_a_form_shows_again_what_was_typed():
    assert InclusiveDateField().prepare_value("31.12.") == "31.12."


def test_a_form_notices_whether_the_last_day_was_changed():
    field = InclusiveDateField()
    assert not field.has_changed(STORED, "2017-12-31")
    assert field.has_changed(STORED, "2018-01-01")


def test_the_end_of_the_calendar_is_a_wrong_date_not_a_crash():
    with pytest.raises(ValidationError):
        InclusiveDateField().clean("9999-12-31")
    with pytest.raises(serializers.ValidationError):
        InclusiveDateSerializerField().run_validation("9999-12-31")


def test_the_api_takes_and_gives_the_last_day():
    field = InclusiveDateSerializerField(allow_null=True)
    assert field.run_validation("2017-12-31") == STORED
    assert field.run_validation(None) is None
    assert field.to_representation(STORED) == "2017-12-31"


def test_impossible_years_are_slips_of_the_keys():
    field = UntilDateField()
    field.clean(STORED, None)
    for year in (214, 1799, 2201):
        with pytest.raises(ValidationError):
            field.clean(dt.date(year, 6, 1), None)


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x7fb", "a\ud800b"])
def test_text_that_no_database_or_eye_can_read_is_refused(text):
    for field in (CharField(max_length=10), TextField()):
        with pytest.raises(ValidationError):
            field.clean(text, None)


def test_line_breaks_and_tabs_are_text():
    assert TextField().clean("a\tb\r\nc", None) == "a\tb\r\nc"


def test_blanks_are_no_text():
    with pytest.raises(ValidationError):
        CharField(max_length=10).clean(" \n ", None)
    assert CharField(max_length=10, blank=True).clean("  ", None) == ""


def test_a_long_text_has_a_greatest_length_everywhere():
    assert TextField(max_length=3).clean("abc", None) == "abc"
    with pytest.raises(ValidationError):
        TextField(max_length=3).clean("abcd", None)
    assert TextField().clean("x" * 100_000, None) == "x" * 100_000


def test_the_greatest_length_survives_a_migration():
    name, path, args, kwargs = TextField(max_length=3).deconstruct()
    assert (name, path, args, kwargs) == (None, "core.fields.TextField", [], {"max_length": 3})
    assert isinstance(TextField(), models.TextField)
