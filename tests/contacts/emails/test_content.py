"""What of a message is its text: flowed lines made whole, a body with a name, an appointment written out."""

from __future__ import annotations

import doctest
from email.message import EmailMessage

import pytest
from django.utils import translation

from contacts.emails import Message, read_eml, text
from tests.contacts.emails.messages import NOW, message, with_file


def read(mail: EmailMessage | bytes) -> Message:
    return read_eml(mail if isinstance(mail, bytes) else mail.as_bytes(), now=NOW)


def plain(body: str, *, parameters: str = "", head: str = "") -> bytes:
    kind = f"Content-Type: text/plain; charset=utf-8{parameters}"
    return f"From: a@b.example\r\n{head}{kind}\r\n\r\n{body}".encode()


FLOWED = (
    "Das ist \r\nein langer \r\nSatz.\r\n\r\n Von hier.\r\n> Wie \r\n> war es?\r\n>> Und davor?\r\n-- \r\nAda"
)


def test_the_examples_of_flowed_text_hold():
    assert doctest.testmod(text).failed == 0


def test_flowed_lines_become_whole_again():
    assert read(plain(FLOWED, parameters="; format=flowed")).text == (
        "Das ist ein langer Satz.\n\nVon hier.\n> Wie war es?\n>> Und davor?\n--\nAda"
    )


def test_flowed_lines_are_joined_without_a_blank_where_it_is_to_be_deleted():
    body = "Grund\r\nDonau \r\ndampf \r\nschiff  \r\nfahrt"
    assert read(plain(body, parameters="; format=flowed; delsp=yes")).text == "Grund\nDonaudampfschiff fahrt"


def test_lines_that_are_not_flowed_stay_as_they_are():
    assert read(plain("eins \r\nzwei")).text == "eins\nzwei"


@pytest.mark.parametrize("disposition", ["", "Content-Disposition: inline; filename=text.txt\r\n"])
def test_a_text_with_a_name_is_the_text_where_there_is_no_other(disposition: str):
    got = read(plain("Guten Tag", parameters="; name=text.txt", head=disposition))
    assert (got.text, got.files) == ("Guten Tag", ())


def named_parts(*bodies: tuple[str, str]) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.make_mixed()
    for body, name in bodies:
        part = EmailMessage()
        part.set_content(body, disposition="inline", **({"filename": name} if name else {}))
        mail.attach(part)
    return mail


def test_among_several_parts_the_first_with_a_name_is_the_text_if_all_have_one():
    got = read(named_parts(("Guten Tag", "eins.txt"), ("Anlage", "zwei.txt")))
    assert (got.text, [file.name for file in got.files]) == ("Guten Tag", ["zwei.txt"])


def test_a_part_with_a_name_beside_a_text_stays_a_file():
    got = read(named_parts(("Guten Tag", ""), ("Anlage", "zwei.txt")))
    assert (got.text, [file.name for file in got.files]) == ("Guten Tag", ["zwei.txt"])


def test_what_is_called_an_attachment_is_none_of_the_text():
    got = read(with_file(b"Protokoll", "protokoll.txt", "text/plain", text="\n"))
    assert (got.text, [file.name for file in got.files]) == ("", ["protokoll.txt"])


def test_of_two_versions_with_names_the_plain_one_is_the_text():
    mail = message(text="Guten Tag", html="<p>Guten Tag</p>")
    for part, name in zip(mail.iter_parts(), ("a.txt", "a.html"), strict=True):
        part["Content-Disposition"] = f"inline; filename={name}"
    got = read(mail)
    assert (got.text, got.files, got.not_kept) == ("Guten Tag", (), ())


def test_quotations_of_a_page_are_marked_as_in_plain_text():
    page = (
        "<div>Ja, gern.</div><div class='gmail_quote'><div>Am 1.6.2026 schrieb das B&uuml;ro:</div>"
        "<blockquote class='gmail_quote'>Kommen Sie?<blockquote type='cite'>Wann?</blockquote>"
        "</blockquote></div>"
        "<blockquote>eingerückt</blockquote>"
    )
    assert read(message(text="", html=page)).text == (
        "Ja, gern.\nAm 1.6.2026 schrieb das Büro:\n\n> Kommen Sie?\n>\n>> Wann?\n\neingerückt"
    )


def calendar(*lines: str, method: str = "REQUEST") -> str:
    begin = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *([f"METHOD:{method}"] if method else [])]
    return "\r\n".join([*begin, "BEGIN:VEVENT", "UID:1@x", *lines, "END:VEVENT", "END:VCALENDAR", ""])


def with_calendar(content: str, *, text: str = "", method: str = "REQUEST") -> EmailMessage:
    mail = message(text=text or "\n")
    mail.add_alternative(content, subtype="calendar", params={"method": method})
    return mail


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("DTSTART:20260620T120000Z", "DTEND:20260620T160000Z", "LOCATION:Marktplatz 1\\, Saal"),
            "Einladung: Sommerfest\nWann: Samstag, 20.06.2026, 14:00–18:00\nWo: Marktplatz 1, Saal",
        ),
        (
            ("DTSTART;TZID=W. Europe Standard Time:20260113T140000", "DURATION:PT90M"),
            "Einladung: Sommerfest\nWann: Dienstag, 13.01.2026, 14:00–15:30",
        ),
        (
            ("DTSTART;TZID=America/New_York:20260620T200000", "RRULE:FREQ=WEEKLY"),
            "Einladung: Sommerfest\nWann: Sonntag, 21.06.2026, 02:00 (wiederholt sich)",
        ),
        (("DTSTART:20260620T140000",), "Einladung: Sommerfest\nWann: Samstag, 20.06.2026, 14:00"),
        (
            ("DTSTART;VALUE=DATE:20260620", "DTEND;VALUE=DATE:20260622"),
            "Einladung: Sommerfest\nWann: Samstag, 20.06.2026 – Sonntag, 21.06.2026",
        ),
        (
            ("STATUS:CANCELLED", "DTSTART;VALUE=DATE:20260620"),
            "Abgesagt: Sommerfest\nWann: Samstag, 20.06.2026",
        ),
    ],
)
def test_title_time_and_place_of_an_invitation_are_kept_as_text(lines: tuple[str, ...], expected: str):
    with translation.override("de"):
        got = read(with_calendar(calendar("SUMMARY:Sommerfest", *lines)))
    assert (got.text, got.kind) == (expected, "invitation")


def test_an_invitation_with_a_letter_stays_a_letter_with_the_appointment_below():
    content = calendar("SUMMARY:Fest", "DTSTART:20260620T120000Z", "DESCRIPTION:Bitte mitbringen")
    with translation.override("de"):
        got = read(with_calendar(content, text="Liebe Leute,\nkommt alle!"))
    assert (got.text, got.kind) == (
        "Liebe Leute,\nkommt alle!\n\nEinladung: Fest\nWann: Samstag, 20.06.2026, 14:00",
        "letter",
    )
    assert [file.content_type for file in got.files] == ["text/calendar"]


def test_without_a_letter_what_is_said_about_the_appointment_is_the_text():
    with translation.override("de"):
        got = read(with_calendar(calendar("SUMMARY:Fest", "DESCRIPTION:Bitte Kuchen\\nmitbringen")))
    assert got.text == "Einladung: Fest\n\nBitte Kuchen\nmitbringen"


def test_a_calendar_file_that_is_attached_is_written_out_once():
    content = calendar("SUMMARY:Fest", "DTSTART:20260620T120000Z", method="")
    mail = message(text="Siehe Anlage")
    for _number in range(2):
        mail.add_attachment(content.encode(), maintype="application", subtype="ics", filename="fest.ics")
    with translation.override("de"):
        assert read(mail).text == "Siehe Anlage\n\nTermin: Fest\nWann: Samstag, 20.06.2026, 14:00"


@pytest.mark.parametrize(
    "content", ["BEGIN:VCALENDAR\nkaputt", "nichts", calendar("DTSTART:99999999T999999Z")]
)
def test_a_damaged_calendar_hinders_nothing(content: str):
    assert "Guten Tag" in read(with_calendar(content, text="Guten Tag")).text
