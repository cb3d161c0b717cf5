"""Pasted tables whose first row holds headings."""

import pytest

from events.services.name_lists import parse_names
from events.services.name_tables import headings_of


@pytest.mark.parametrize(
    ("text", "headings", "expected"),
    [
        ("Name\tVorname\nMuster\tErika", "Name, Vorname", ["Erika Muster"]),
        ("Vorname\tName\nErika\tvon der Heide", "Vorname, Name", ["Erika von der Heide"]),
        ("Nachname;Vorname\nMuster;Erika\nKurz;Jo", "Nachname, Vorname", ["Erika Muster", "Jo Kurz"]),
        ("Name, Vorname\nMuster, Erika", "Name, Vorname", ["Erika Muster"]),
        ("First name\tLast name\nErika\tMuster", "First name, Last name", ["Erika Muster"]),
        ("Name\nErika Muster\nKita Sonne", "Name", ["Erika Muster", "Kita Sonne"]),
        ("Teilnehmende:\nErika Muster, Jo Kurz", "Teilnehmende", ["Erika Muster", "Jo Kurz"]),
        (
            "Nr.;Name;Vorname;Verein\n1;Muster;Erika;Kita Sonne\n2;Kurz;Jo;",
            "Nr., Name, Vorname, Verein",
            ["Erika Muster (Kita Sonne)", "Jo Kurz"],
        ),
        ("Name;Vorname\nErika Muster\nKurz, Jo", "Name, Vorname", ["Erika Muster", "Jo Kurz"]),
        ("Name\tVorname", "Name, Vorname", []),
        ("Muster\tErika", "", ["Erika Muster"]),
        ("Erika Muster\nName", "", ["Erika Muster", "Name"]),
        ("", "", []),
    ],
)
def test_a_row_of_headings_says_what_the_columns_hold_and_is_no_name(text, headings, expected):
    parsed = parse_names(text, is_known=lambda name: False)
    named = [f"{name.name} ({name.organisation})" if name.organisation else name.name for name in parsed]
    assert (headings_of(text), named) == (headings, expected)


def test_form_of_address_and_title_of_a_table_belong_to_the_person():
    text = "Anrede;Titel;Vorname;Nachname\nFrau;Dr.;Erika;Muster\nHerr;;Jo;Kurz\nFamilie;;;Lang"
    parsed = parse_names(text, is_known=lambda name: False)
    assert [(n.salutation, n.title, n.given_name, n.family_name, n.name) for n in parsed] == [
        ("ms", "Dr.", "Erika", "Muster", "Erika Muster"),
        ("mr", "", "Jo", "Kurz", "Jo Kurz"),
        ("", "", "", "", "Familie Lang"),
    ]
