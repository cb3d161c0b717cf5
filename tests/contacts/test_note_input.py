"""What a script sends with a note: the day it was typed on, also in the nights when the clock is changed."""

import datetime as dt

import pytest

from contacts.services.note_input import read_choices, read_keys, typed_day

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("contacts.services.note_input.timezone.localdate", lambda *_args: TODAY)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-20T10:00:00+01:00", "2026-11-20"),
        ("2026-11-20T23:30:00Z", "2026-11-21"),
        ("2026-10-24T21:59:00Z", "2026-10-24"),
        ("2026-10-24T22:01:00Z", "2026-10-25"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25"),
        ("2026-10-25T02:30:00", "2026-10-25"),
        ("2026-10-25T23:30:00Z", "2026-10-26"),
        ("2026-09-20T10:00:00Z", "2026-11-23"),
        ("2026-11-25T10:00:00Z", "2026-11-23"),
        ("2026-02-31T10:00:00Z", "2026-11-23"),
        ("gestern", "2026-11-23"),
        ("", "2026-11-23"),
        (None, "2026-11-23"),
        (["2026-11-20"], "2026-11-23"),
        ("9999-12-31T23:59:59-12:00", "2026-11-23"),
    ],
)
def test_the_day_on_which_a_note_was_typed(typed, day):
    assert typed_day(typed) == dt.date.fromisoformat(day)


def test_an_hour_that_the_clock_leaves_out_is_no_crash(monkeypatch):
    monkeypatch.setattr("contacts.services.note_input.timezone.localdate", lambda *_args: dt.date(2026, 4, 1))
    assert typed_day("2026-03-29T02:30:00") == dt.date(2026, 3, 29)


@pytest.mark.parametrize(
    ("sent", "keys"),
    [("1,2", [1, 2]), ([3, "4"], [3, 4]), ("", []), ("x,-1,²,1e3", []), ("9" * 30, []), ({"a": 1}, [])],
)
def test_keys_of_actors(sent, keys):
    assert read_keys(sent) == keys


@pytest.mark.parametrize("sent", ["", "{", "[]", "null", "1", "[" * 100_000, None, 7])
def test_nonsense_is_no_choice(sent):
    assert read_choices(sent) == {}
