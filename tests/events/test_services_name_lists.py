"""Reading pasted lists of names."""

import pytest

from events.services.name_lists import PastedName, parse_names, several_names, split_person

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
        ("✓ Erika Muster\n☑ 2. Jo Beispiel\n[x] Anna Probe\nx Kita Sonne", None),
        ("1\tMuster\tErika\n2\tBeispiel\tJo\n✓\tAnna Probe\n4.\tKita Sonne", None),
        ("1. FC Nord", ["1. FC Nord"]),
        ("Müller-Lüdenscheidt, Dr. Anna", ["Anna Müller-Lüdenscheidt"]),
        ("Prof. Dr. Erika Muster", ["Erika Muster"]),
        ("Muster, Erika, M.A.", ["Erika Muster"]),
        ("O'Neill, Sean; D’Angelo, Gianni", ["Sean O'Neill", "Gianni D’Angelo"]),
        ("Herr und Frau Schmidt", ["Schmidt", "Schmidt"]),
        ("Anna und Bernd Altmeier", ["Anna Altmeier", "Bernd Altmeier"]),
        ("Herr und Frau Schmidt (Kita Sonne)", ["Schmidt (Kita Sonne)", "Schmidt (Kita Sonne)"]),
        ("Frau Müller, Herr Schmidt", ["Müller", "Schmidt"]),
        ("Verein A, Frau B und Kita C", ["Verein A", "B", "Kita C"]),
        ("Frau und Beruf e. V.", ["Frau und Beruf e. V."]),
        ("3 - Carla Weiß\na) Emil Ernst\nIV. Otto Ohm", ["Carla Weiß", "Emil Ernst", "Otto Ohm"]),
        ("#5 Paul Pohl; ► Emil Ernst; → Fritz Fuchs", ["Paul Pohl", "Emil Ernst", "Fritz Fuchs"]),
        ("1 Erika Muster\n2 Jo Beispiel", ["Erika Muster", "Jo Beispiel"]),
        ("#1\tMuster\tErika\nII.\tBeispiel\tJo", ["Erika Muster", "Jo Beispiel"]),
        ("3 Eichen e.V.", ["3 Eichen e.V."]),
        ("Freifrau von Müller-Lüdenscheidt, Dr. med. Anna", ["Anna Freifrau von Müller-Lüdenscheidt"]),
        (
            "Müller-Lüdenscheidt, Prof. Dr. Anna, Schulz, Bernd",
            ["Anna Müller-Lüdenscheidt", "Bernd Schulz"],
        ),
        ("Muster, Erika (Süd), Beispiel, Jo (Nord)", ["Erika Muster (Süd)", "Jo Beispiel (Nord)"]),
        ("Muster (Süd), Erika (Nord)", ["Muster (Süd)", "Erika (Nord)"]),
        ("Müller, Dr. Anna, Kita Sonne", ["Anna Müller", "Kita Sonne"]),
        (
            "Erika Muster, Jo Beispiel, Ada Kurz, Eva Lang",
            ["Erika Muster", "Jo Beispiel", "Ada Kurz", "Eva Lang"],
        ),
        ("Verein für Kultur und Bildung e.V.", ["Verein für Kultur und Bildung e.V."]),
        ("Verein für Kultur und politische Bildung e.V.", ["Verein für Kultur und politische Bildung e.V."]),
        ("Verein der Freunde und Förderer e.V.", ["Verein der Freunde und Förderer e.V."]),
        ("Verein für Kultur und Sportverein Nord e.V.", ["Verein für Kultur", "Sportverein Nord e.V."]),
        ("Erika Muster und Lesefreunde e.V.", ["Erika Muster", "Lesefreunde e.V."]),
        ("Hans Peter Müller und Söhne GmbH", ["Hans Peter Müller und Söhne GmbH"]),
        ("Hans Müller & Sohn GmbH", ["Hans Müller & Sohn GmbH"]),
        ("Schmidt, Peter und Anna", ["Peter Schmidt", "Anna Schmidt"]),
        ("Eheleute Schmidt", ["Schmidt", "Schmidt"]),
        ("Familie Schmidt; Schmidt, Familie", ["Familie Schmidt", "Familie Schmidt"]),
        ("✓\n- \n", []),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jean-Luc d’Artagnan", [("Jean-Luc d’Artagnan", True)]),
        ("Abdul-Rahman al-Masri", [("Abdul-Rahman al-Masri", True)]),
        ("Eheleute Schmidt", [("Schmidt", True), ("Schmidt", True)]),
        ("Familie Schmidt", [("Familie Schmidt", False)]),
        ("Hans Müller und Söhne GmbH", [("Hans Müller und Söhne GmbH", False)]),
    ],
)
def test_who_of_a_list_is_a_person(text, expected):
    parsed = parse_names(text, is_known=KNOWN.__contains__)
    assert [(name.name, name.looks_personal) for name in parsed] == expected


def test_who_is_in_the_register_is_no_given_name_of_a_couple():
    assert names("Kurz, Jo und Feuerwehr") == ["Kurz", "Jo und Feuerwehr"]


def test_the_form_of_address_is_not_part_of_the_name():
    assert parse_names("Frau Erika Muster", is_known=KNOWN.__contains__) == [
        PastedName(name="Erika Muster", salutation="ms")
    ]


def test_a_couple_is_two_persons_with_their_forms_of_address():
    assert parse_names("Herr und Frau Dr. Schmidt", is_known=KNOWN.__contains__) == [
        PastedName(name="Schmidt", salutation="mr"),
        PastedName(name="Schmidt", salutation="ms", title="Dr."),
    ]


@pytest.mark.parametrize(
    ("name", "is_person"),
    [("Sean O'Neill", True), ("Anna M. Schulz", True), ("Dr. Kurz", True), ("SV Nord", False)],
)
def test_a_name_with_apostrophe_initial_or_title_is_a_person_by_default(name, is_person):
    (pasted,) = parse_names(name, is_known=KNOWN.__contains__)
    assert pasted.looks_personal is is_person


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Verein A, Frau B und Kita C", ["Verein A", "Frau B", "Kita C"]),
        ("Kita A; Beirat", ["Kita A", "Beirat"]),
        ("Kita A\nKita B", ["Kita A", "Kita B"]),
        ("AWO / DRK", ["AWO", "DRK"]),
        ("Herr und Frau Schmidt", ["Herr Schmidt", "Frau Schmidt"]),
        ("Anna und Bernd Altmeier", ["Anna Altmeier", "Bernd Altmeier"]),
        ("Muster, Erika und Beispiel, Jo", ["Muster, Erika", "Beispiel, Jo"]),
        ("Schmidt, Peter und Anna", ["Peter Schmidt", "Anna Schmidt"]),
        ("Eheleute Schmidt", ["Herr Schmidt", "Frau Schmidt"]),
        ("Muster, Dr. Erika, Beispiel, Jo", ["Muster, Dr. Erika", "Beispiel, Jo"]),
        ("Muster, Erika", []),
        ("Freifrau von Stein, Dr. med. Anna", []),
        ("Familie Schmidt", []),
        ("Verein für Kultur und Bildung e.V.", []),
        ("Hans Peter Müller und Söhne GmbH", []),
        ("Erika Muster, M.A.", []),
        ("Verein für Kunst, Kultur und Bildung e. V.", []),
        ("Amt für Jugend und Schule", []),
        ("Rot, Grün und Blau e. V.", []),
        ("Frau und Beruf e. V.", []),
        ("Bürgerzentrum, Raum 3", []),
        ("Kinder- und Jugendzentrum", []),
        ("Verein A (Frau B, Herr C)", []),
    ],
)
def test_several_names_in_one_cell_are_noticed(cell, expected):
    assert several_names(cell, is_known=KNOWN.__contains__) == expected


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
