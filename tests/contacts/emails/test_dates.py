"""When an e-mail was sent: on the clocks of the office, unless it names another zone."""

from __future__ import annotations

import datetime as dt

import pytest

from contacts.emails import read_eml, read_pasted
from contacts.emails.dates import header_date
from tests.contacts.emails.messages import BERLIN, NOW, eml


def utc(year: int, *numbers: int) -> dt.datetime:
    return dt.datetime(year, *numbers).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Mon, 1 Jun 2026 23:30:00 CEST", utc(2026, 6, 1, 21, 30)),
        ("Mon, 1 Jun 2026 23:30:00 MESZ", utc(2026, 6, 1, 21, 30)),
        ("Mon, 1 Jun 2026 23:30:00 MEZ", utc(2026, 6, 1, 21, 30)),
        ("Mon, 1 Jun 2026 23:30:00 CET", utc(2026, 6, 1, 21, 30)),
        ("Mon, 1 Jun 2026 23:30:00", utc(2026, 6, 1, 21, 30)),
        ("Mon, 1 Jun 2026 23:30", utc(2026, 6, 1, 21, 30)),
        ("Mon, 1 Jun 2026 23:30:00 W. Europe Daylight Time", utc(2026, 6, 1, 21, 30)),
        ("Mon, 1 Jun 2026 23:30:00 +0200 (CEST)", utc(2026, 6, 1, 21, 30)),
        ("Tue, 13 Jan 2026 23:30:00 MEZ", utc(2026, 1, 13, 22, 30)),
        ("Tue, 13 Jan 2026 23:30:00", utc(2026, 1, 13, 22, 30)),
        ("Mon, 1 Jun 2026 23:30:00 -0000", utc(2026, 6, 1, 23, 30)),
        ("Mon, 1 Jun 2026 23:30:00 GMT", utc(2026, 6, 1, 23, 30)),
        ("Mon, 1 Jun 2026 23:30:00 UT", utc(2026, 6, 1, 23, 30)),
        ("Mon, 1 Jun 2026 23:30:00 Z", utc(2026, 6, 1, 23, 30)),
        ("Mon, 1 Jun 2026 23:30:00 A", utc(2026, 6, 1, 23, 30)),
        ("Mon, 1 Jun 2026 23:30:00 EST", utc(2026, 6, 2, 4, 30)),
        ("Mon, 1 Jun 2026 23:30:00 BST", utc(2026, 6, 1, 22, 30)),
        ("Mon, 1 Jun 2026 23:30:00 EEST", utc(2026, 6, 1, 20, 30)),
        ("Mon, 1 Jun 2026 23:30:00 GMT+2", utc(2026, 6, 1, 21, 30)),
        ("Mon, 1 Jun 2026 23:30:00 +02:00", utc(2026, 6, 1, 21, 30)),
        ("Mon, 1 Jun 26 23:30:60 +0200", utc(2026, 6, 1, 21, 30, 59)),
        ("Sun, 25 Oct 2026 02:30:00 CEST", utc(2026, 10, 25, 0, 30)),
        ("Sun, 25 Oct 2026 02:30:00 CET", utc(2026, 10, 25, 1, 30)),
        ("Mon Jun  1 23:30:00 CEST 2026", utc(2026, 6, 1, 21, 30)),
        ("Mo, 12 Okt 2026 23:30:00 +0200", utc(2026, 10, 12, 21, 30)),
        ("2026-06-01T23:30:00Z", utc(2026, 6, 1, 23, 30)),
        ("2026-06-01T23:30:00+02:00", utc(2026, 6, 1, 21, 30)),
        ("Mon, 23 Nov 99999 12:00:00 +9999", None),
        ("Mon, 1 Jun 2026 25:30:00", None),
    ],
)
def test_a_date_header_is_read_on_local_clocks_unless_it_names_a_zone(
    said: str, expected: dt.datetime | None
):
    assert header_date(said, zone=BERLIN) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Mon, 1 Jun 2026 11:30 PM +0200", utc(2026, 6, 1, 21, 30)),
        ("Mon, 1 Jun 2026 11:30:15 p.m. +0200", utc(2026, 6, 1, 21, 30, 15)),
        ("Monday, June 1, 2026 3:15 PM", utc(2026, 6, 1, 13, 15)),
        ("Monday, June 1, 2026 3:15:22PM", utc(2026, 6, 1, 13, 15, 22)),
        ("1 June 2026 12:05 AM", utc(2026, 5, 31, 22, 5)),
        ("1 June 2026 12:05 PM", utc(2026, 6, 1, 10, 5)),
        ("Jun 1, 2026, at 3:15\u202fPM", utc(2026, 6, 1, 13, 15)),
        ("Mon, 1 Jun 2026 03:15:00 PM GMT", utc(2026, 6, 1, 15, 15)),
        ("6/1/2026 3:15PM", utc(2026, 6, 1, 13, 15)),
        ("6/1/2026 3:15 p.m.", utc(2026, 6, 1, 13, 15)),
        ("am 1/6/2026 15:15", utc(2026, 6, 1, 13, 15)),
    ],
)
def test_a_time_of_twelve_hours_is_read_in_a_header_and_in_a_copied_head(said: str, expected: dt.datetime):
    now = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    pasted = read_pasted(f"From: a@b.example\nSent: {said}\nSubject: x\n\ny", now=now, zone=BERLIN)
    assert (header_date(said, zone=BERLIN), pasted.sent_at) == (expected, expected)


@pytest.mark.parametrize("zone", ["CEST", "MEZ", "MESZ", "CET", ""])
def test_half_past_eleven_at_night_stays_on_its_day(zone: str):
    date = f"Date: Mon, 1 Jun 2026 23:30:00 {zone}\r\n".encode()
    sent_at = read_eml(date + eml(date=""), now=NOW).sent_at
    pasted = read_pasted(f"Von: a@b.example\nGesendet: 01.06.2026 23:30 {zone}\n\nx", now=NOW, zone=BERLIN)
    assert [moment.astimezone(BERLIN).date() for moment in (sent_at, pasted.sent_at)] == [
        dt.date(2026, 6, 1)
    ] * 2


def test_a_server_on_the_way_without_a_zone_is_read_on_local_clocks():
    raw = b"Received: from a by b; Mon, 1 Jun 2026 23:30:00 CEST\r\n" + eml(date="")
    assert read_eml(raw, now=NOW).sent_at == utc(2026, 6, 1, 21, 30)


def test_a_copied_date_with_a_foreign_zone_is_moved_to_the_local_day():
    text = "From: a@b.example\nSent: June 1, 2026 at 11:30 PM EST\nSubject: x\n\ny"
    assert read_pasted(text, now=NOW, zone=BERLIN).sent_at == utc(2026, 6, 2, 4, 30)
