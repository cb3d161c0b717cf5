"""Files are called what they hold, with their umlauts, and never anything that a system takes for more."""

import pytest
from django.http import HttpResponse

from core.exports import download
from core.file_names import ascii_file_name, content_disposition, safe_file_name
from core.text import without_accents
from tests.downloads import file_names_of


def handed_out(name: str, suffix: str = "xlsx") -> tuple[str, str]:
    return file_names_of(download(b"", name=name, suffix=suffix, content_type="text/plain"))


@pytest.mark.parametrize(
    ("name", "plain", "whole"),
    [
        ("Übersicht Müller", "Uebersicht Mueller.xlsx", "Übersicht Müller.xlsx"),
        ("Größe ÄÖÜ äöü ẞß", "Groesse AEOEUE aeoeue Ssss.xlsx", "Größe ÄÖÜ äöü ẞß.xlsx"),
        # The same letter written as letter and dots.
        ("U\u0308bung", "Uebung.xlsx", "Übung.xlsx"),
        ("Café Łódź Ørsted", "Cafe Lodz Orsted.xlsx", "Café Łódź Ørsted.xlsx"),
        ("Bericht 2019\u20132021", "Bericht 2019-2021.xlsx", "Bericht 2019\u20132021.xlsx"),
        ("Anliegen 2026/17", "Anliegen 2026-17.xlsx", "Anliegen 2026-17.xlsx"),
        ("Verein e. V.", "Verein e. V.xlsx", "Verein e. V.xlsx"),
        ("نادي", "export.xlsx", "نادي.xlsx"),
    ],
)
def test_umlauts_stay_and_are_written_out_for_who_reads_plain_letters_only(name, plain, whole):
    assert handed_out(name) == (plain, whole)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "etc-passwd.xlsx"),
        ("C:\\Windows\\System32", "C--Windows-System32.xlsx"),
        ('a"; filename="b.exe', "a-- filename=-b.exe.xlsx"),
        ("Zeile\r\nSet-Cookie: a=b", "Zeile Set-Cookie - a=b.xlsx"),
        ("Nul\x00\x1b[31m\x7f", "Nul[31m.xlsx"),
        ("\u202egpj.exe", "gpj.exe.xlsx"),
        ("..", "export.xlsx"),
        ("", "export.xlsx"),
        (" . ", "export.xlsx"),
        ("con", "_con.xlsx"),
        ("LPT1.txt", "_LPT1.txt.xlsx"),
        (".htaccess", "htaccess.xlsx"),
        ("100%41", "100-41.xlsx"),
        ("\U0001f600", "export.xlsx"),
        ("\ud800", "export.xlsx"),
    ],
)
def test_no_name_is_a_path_a_header_or_a_device(name, plain):
    assert handed_out(name)[0] == plain


def test_a_long_name_keeps_its_end():
    plain, whole = handed_out("ü" * 5_000)
    assert whole == f"{'ü' * 120}.xlsx"
    assert plain == f"{'ue' * 60}.xlsx"
    assert len(whole.encode()) < 255


def test_a_name_in_plain_letters_is_said_once():
    assert content_disposition("Liste.csv") == 'attachment; filename="Liste.csv"'
    assert content_disposition("Liste.ics", kind="inline") == 'inline; filename="Liste.ics"'


def test_a_header_is_one_that_the_server_can_send():
    response = HttpResponse()
    response["Content-Disposition"] = content_disposition('Ä"\r\n;.csv')
    assert file_names_of(response) == ("Ae.csv", "Ä.csv")


def test_a_name_of_nothing_is_what_the_caller_says():
    assert (safe_file_name("\x00", "Datei"), ascii_file_name("\x00", "Datei")) == ("Datei", "Datei")


def test_accents_are_written_out_in_the_case_they_had():
    assert without_accents("Ärzte ÄRZTE Über Straße GROẞ") == "Aerzte AERZTE Ueber Strasse GROSS"
