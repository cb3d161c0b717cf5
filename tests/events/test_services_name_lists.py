"""Reading pasted lists of names."""

import pytest

from events.services import PastedName, parse_names, split_person

KNOWN = {"Probe, Anna", "Anna Probe", "Feuerwehr", "Rot, Grün und Blau e. V.", "Kita Sonne"}


def names(text: str) -> list[str]:
    return [
        f"{n.name} ({n.organisation})" if n.organisation else n.name
        for n in parse_names(text, is_known=KNOWN.__contains__)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Erika Muster\n\n  Jo  Beispiel \n", ["Erika Muster", "Jo Beispiel"]),
        ("Erika Muster; Jo Beispiel;", ["Erika Muster", "Jo Beispiel"]),
        ("Erika Muster, Jo Beispiel", ["Erika Muster", "Jo Beispiel"]),
        ("Muster, Erika", ["Erika Muster"]),
        ("Muster, Erika; Yıldız, Ayşe", ["Erika Muster", "Ayşe Yıldız"]),
        ("Muster, Erika Maria", ["Erika Maria Muster"]),
        ("von der Heide, Anna", ["Anna von der Heide"]),
        ("Muster\tErika", ["Erika Muster"]),
        ("Muster\tErika\tVerein Süd", ["Erika Muster (Verein Süd)"]),
        ("Erika Muster\tKita Sonne", ["Erika Muster (Kita Sonne)"]),
        ("Erika Muster\tJo Beispiel\tAnna Probe", ["Erika Muster", "Jo Beispiel", "Anna Probe"]),
        ("Erika Muster (Verein Süd)", ["Erika Muster (Verein Süd)"]),
        ("Muster, Erika (Rot, Grün und Blau)", ["Erika Muster (Rot, Grün und Blau)"]),
        ("Erika Muster (Süd), Jo Beispiel (Nord)", ["Erika Muster (Süd)", "Jo Beispiel (Nord)"]),
        ("Feuerwehr, Polizei", ["Feuerwehr", "Polizei"]),
        ("Feuerwehr, Kita Sonne", ["Feuerwehr", "Kita Sonne"]),
        ("Rot, Grün und Blau e. V.", ["Rot, Grün und Blau e. V."]),
        ("Probe, Anna", ["Anna Probe"]),
        ("1. Erika Muster\n2) Jo Beispiel\n- Anna Probe\n• Kita Sonne", None),
        ("Erika Muster <erika@example.org>", ["Erika Muster"]),
        ('"Muster, Erika"', ["Erika Muster"]),
        (" ; ,\t\n", []),
        ("", []),
        ("<script>alert(1)</script>", ["<script>alert(1)</script>"]),
    ],
)
def test_a_list_is_read_however_it_was_written(text, expected):
    if expected is None:
        expected = ["Erika Muster", "Jo Beispiel", "Anna Probe", "Kita Sonne"]
    assert names(text) == expected


def test_the_form_of_address_is_not_part_of_the_name():
    assert parse_names("Frau Erika Muster", is_known=KNOWN.__contains__) == [
        PastedName(name="Erika Muster", salutation="ms")
    ]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Erika Muster", ("Erika", "Muster")),
        ("Anna Maria Muster", ("Anna Maria", "Muster")),
        ("Erika von der Heide", ("Erika", "von der Heide")),
        ("Muster", ("", "Muster")),
    ],
)
def test_a_person_s_name_is_split_into_given_and_family_name(name, parts):
    assert split_person(PastedName(name)) == parts
