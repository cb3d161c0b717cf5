"""Reading a calendar file: what is taken over as whole days, and what is left out with its reason."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from events.calendar import MOST_BYTES, MOST_EVENTS, CalendarDays, read_calendar


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def entry(*lines: str, uid: str = "a", name: str = "Herbstferien") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{name}", *lines, "END:VEVENT"])


def file_with(*entries: str, head: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y", *([head] if head else []), *entries]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def taken(*lines: str, head: str = "") -> list[tuple[str, str]]:
    closed_days = read_calendar(file_with(entry(*lines), head=head))
    assert closed_days.left_out == []
    return [(day.first_day.isoformat(), day.final_day.isoformat()) for day in closed_days.days]


def reason(*lines: str) -> str:
    closed_days = read_calendar(file_with(entry(*lines)))
    assert closed_days.days == []
    return closed_days.left_out[0].reason


def refusal(data: bytes) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        read_calendar(data)
    return refused.value.messages


def test_the_end_of_whole_days_is_the_day_after_the_last() -> None:
    closed_days = read_calendar(file_with(entry("DTSTART;VALUE=DATE:20261012", "DTEND;VALUE=DATE:20261025")))
    assert closed_days.days == [
        CalendarDays("a", "Herbstferien", dt.date(2026, 10, 12), dt.date(2026, 10, 24)),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART;VALUE=DATE:20261012",),
        ("DTSTART;VALUE=DATE:20261012", "DTEND;VALUE=DATE:20261012"),
        ("DTSTART;VALUE=DATE:20261012", "DURATION:P1D"),
    ],
)
def test_a_single_day_is_one_day_however_its_end_is_written(lines: tuple[str, ...]) -> None:
    assert taken(*lines) == [("2026-10-12", "2026-10-12")]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # Summer time ends in this night: in universal time the two midnights differ.
        ("DTSTART:20261023T220000Z", "DTEND:20261025T230000Z"),
        ("DTSTART;TZID=Europe/Berlin:20261024T000000", "DTEND;TZID=Europe/Berlin:20261026T000000"),
        ("DTSTART:20261024T000000", "DTEND:20261026T000000"),
    ],
)
def test_midnight_to_midnight_counts_as_whole_days_and_is_noted(start: str, end: str) -> None:
    (day,) = read_calendar(file_with(entry(start, end))).days
    assert (day.first_day, day.final_day) == (dt.date(2026, 10, 24), dt.date(2026, 10, 25))
    assert day.note == "It had times from midnight to midnight and counts as whole days."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("DTSTART:20261012T080000Z", "DTEND:20261012T100000Z"),
            "It has times. Only whole days can be taken over.",
        ),
        (("DTSTART:20261012T080000Z",), "It has times. Only whole days can be taken over."),
        (
            ("DTSTART;VALUE=DATE:20261012", "RRULE:FREQ=YEARLY"),
            "It repeats. Please enter its days one by one.",
        ),
        (("DTSTART;VALUE=DATE:20261012", "DTEND;VALUE=DATE:20261001"), "It ends before it begins."),
        (("DTSTART;VALUE=DATE:20261012", "DTEND:20261013T100000"), "Its beginning and end do not match."),
        (("DTSTART;VALUE=DATE:20261012", "STATUS:CANCELLED"), "It was called off in the calendar."),
        (("DESCRIPTION:ohne Tag",), "It has no day."),
        (("DTSTART;VALUE=DATE:20261012", "DTEND:morgen"), "Its day cannot be read."),
        (
            ("DTSTART;VALUE=DATE:02261012",),
            "The year 226 cannot be right. Please check the date.",
        ),
    ],
)
def test_what_is_no_stretch_of_days_is_left_out_with_its_reason(
    lines: tuple[str, ...], expected: str
) -> None:
    assert reason(*lines) == expected


def test_a_day_that_no_calendar_has_is_left_out() -> None:
    assert reason("DTSTART;VALUE=DATE:20260231") == "Its day cannot be read."


def test_an_entry_that_stands_twice_is_taken_once() -> None:
    day = entry("DTSTART;VALUE=DATE:20261012")
    closed_days = read_calendar(file_with(day, day))
    assert len(closed_days.days) == 1
    assert [left.reason for left in closed_days.left_out] == ["It stands in the file twice."]


def test_names_are_cut_with_a_mark_and_cleaned() -> None:
    closed_days = read_calendar(file_with(entry("DTSTART;VALUE=DATE:20261012", name="x" * 300)))
    assert closed_days.days[0].name == "x" * 199 + "…"


def test_an_entry_without_identifier_is_known_by_its_day_and_name() -> None:
    text = "\r\n".join(["BEGIN:VEVENT", "SUMMARY:Ferien", "DTSTART;VALUE=DATE:20261012", "END:VEVENT"])
    assert read_calendar(file_with(text)).days[0].key == "2026-10-12 Ferien"


def test_what_is_no_calendar_is_refused() -> None:
    for data in (b"", b"PK\x03\x04", b"<html>", b"Ferien;12.10.2026", b"\x00" * 100):
        assert refusal(data) == ["This is not a calendar file (.ics)."]


def test_a_damaged_calendar_is_refused() -> None:
    assert refusal(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nkaputt\r\nEND:VTODO\r\n") in (
        ["This calendar file is damaged and cannot be read."],
        ["This calendar holds no entries."],
    )


def test_too_large_a_file_and_too_many_entries_are_refused() -> None:
    assert refusal(b"BEGIN:VCALENDAR" + b" " * MOST_BYTES) == ["This file is larger than 1 MB."]
    many = [entry("DTSTART;VALUE=DATE:20261012", uid=str(n)) for n in range(MOST_EVENTS + 1)]
    assert refusal(file_with(*many)) == [
        "This calendar has more than 500 entries. Please export a shorter period."
    ]
    assert refusal(file_with()) == ["This calendar holds no entries."]
