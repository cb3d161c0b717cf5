"""An e-mail pasted as text: its header lines are understood in German and English, or are missing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.emails import Address, EmailError, Message, errors, read_eml, read_pasted
from tests.contacts.emails.messages import BERLIN, NOW, eml

PETRA = Address("Petra Müller", "petra@verein.example")
ADA = Address("Ada Beispiel", "ada@example.org")
OFFICE = Address("Stadtteilbüro", "buero@westhagen.example")
SENT = dt.datetime(2026, 11, 23, 8, 15, tzinfo=dt.UTC)

OUTLOOK = """Von: Petra Müller <petra@verein.example>
Gesendet: Montag, 23. November 2026 09:15
An: Stadtteilbüro <buero@westhagen.example>; Ada Beispiel <ada@example.org>
Cc: Ada Beispiel <ADA@example.org>
Betreff: Sommerfest

Guten Tag,

kommen Sie?"""
THUNDERBIRD = """-------- Weitergeleitete Nachricht --------
Betreff: \tSommerfest
Datum: \tMon, 23 Nov 2026 09:15:00 +0100
Von: \tPetra Müller <petra@verein.example>
An: \tStadtteilbüro <buero@westhagen.example>, Ada Beispiel <ada@example.org>


Guten Tag,

kommen Sie?"""
ENGLISH = """-----Original Message-----
From: Petra Müller [mailto:petra@verein.example]
Sent: Monday, November 23, 2026 9:15 AM
To: 'Stadtteilbüro' <buero@westhagen.example>; Ada Beispiel <ada@example.org>
Subject: Sommerfest
Attachments: plan.pdf

Guten Tag,

kommen Sie?"""
BOLD = """*Von:* Petra Müller <petra@verein.example>
*Datum:* 23.11.26, 09:15
*An:* Stadtteilbüro <buero@westhagen.example>,
 Ada Beispiel <ada@example.org>
*Betreff:* Sommerfest

Guten Tag,

kommen Sie?"""


def read(text: str) -> Message:
    return read_pasted(text, now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    "text",
    [OUTLOOK, THUNDERBIRD, ENGLISH, BOLD, OUTLOOK.replace("\n", "\r\n")],
    ids=["o", "t", "e", "b", "rn"],
)
def test_copied_header_lines_are_understood(text: str):
    got = read(text)
    assert got == Message(
        key=got.key,
        sent_at=SENT,
        sender=PETRA,
        to=(OFFICE, ADA),
        cc=(),
        subject="Sommerfest",
        text="Guten Tag,\n\nkommen Sie?",
    )


def test_the_same_text_pasted_twice_is_the_same_message():
    assert read(OUTLOOK).key == read(f"\n{OUTLOOK}  \n\n").key


def test_the_source_of_a_message_is_read_as_what_it_is():
    assert read(eml().decode()) == read_eml(eml(), now=NOW)


@pytest.mark.parametrize(
    "text",
    [
        "Guten Tag, hier ist Petra.",
        "An: alle Vereine\nAm Freitag ist Sommerfest.",
        "Betreff: nur das",
        "Von: hier bis dort\n\nein Weg",
    ],
)
def test_a_text_without_a_header_stays_whole(text: str):
    got = read(text)
    assert (got.sender, got.to, got.subject, got.text) == (Address("", ""), (), "", text)


def test_markup_that_was_pasted_stays_text():
    hostile = "Von: a@b.example\nBetreff: <b>x</b>\n\n<script>alert(1)</script><img src=x onerror=alert(1)>"
    got = read(hostile)
    assert (got.subject, got.text) == (
        "<b>x</b>",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Sonntag, 25. Oktober 2026 02:30", dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)),
        ("29.03.2026 02:30", dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)),
        ("2026-11-23 09:15:30", dt.datetime(2026, 11, 23, 8, 15, 30, tzinfo=dt.UTC)),
        ("11/20/2026 1:05 PM", dt.datetime(2026, 11, 20, 12, 5, tzinfo=dt.UTC)),
        ("12:05 AM, Nov 20, 2026", dt.datetime(2026, 11, 19, 23, 5, tzinfo=dt.UTC)),
        ("Fr., 20. Nov. 2026 um 10:00 Uhr", dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)),
        ("20. März 2026", dt.datetime(2026, 3, 20, 11, 0, tzinfo=dt.UTC)),
        ("31.02.2026 10:00", None),
        ("1. Januar 2047 10:00", None),
        ("23.11.2026 99:99", None),
        ("gestern", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_write_them(typed: str, expected: dt.datetime | None):
    assert read(f"Von: a@b.example\nGesendet: {typed}\nBetreff: x\n\ny").sent_at == expected


def test_people_without_an_address_are_named():
    got = read("Von: Müller, Petra\nGesendet: gestern\nAn: Büro; Beispiel, Ada\nBetreff: x\n\ny")
    assert (got.sender, got.to) == (
        Address("Müller, Petra", ""),
        (Address("Büro", ""), Address("Beispiel, Ada", "")),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", EmailError(errors.EMPTY_TEXT)),
        (" \n\0\u202e ", EmailError(errors.EMPTY_TEXT)),
        ("x" * 1_000_001, EmailError(errors.TEXT_TOO_LONG, limit=1_000_000)),
    ],
    ids=["empty", "blank", "long"],
)
def test_what_cannot_be_taken_is_refused_in_plain_words(text: str, reason: EmailError):
    with pytest.raises(EmailError) as refused:
        read(text)
    assert str(refused.value) == str(reason)


LINES = st.sampled_from(
    ["Von:", "An: ", "Gesendet: 1.1.2026", "Betreff", ":", "\n", "\t", "<a@b.de>", ";", "*", "-----"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES | st.text(max_size=20), max_size=30).map("".join))
def test_no_text_whatever_crashes_the_reader(text: str):
    try:
        got = read(text).text
    except EmailError as refused:
        got = str(refused)
    assert "\0" not in got
