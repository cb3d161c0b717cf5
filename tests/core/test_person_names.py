"""How a person's name is taken apart."""

import pytest

from core.person_names import PersonName, looks_personal, may_be_family_name, read_couple, read_person


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Erika Muster", PersonName("Erika", "Muster")),
        ("  Erika \n Muster ", PersonName("Erika", "Muster")),
        ("Muster", PersonName("", "Muster")),
        ("Muster, Erika", PersonName("Erika", "Muster")),
        ("Müller-Lüdenscheidt, Dr. Anna", PersonName("Anna", "Müller-Lüdenscheidt", title="Dr.")),
        ("Müller- Lüdenscheidt, Anna", PersonName("Anna", "Müller-Lüdenscheidt")),
        ("Frau Dr. med. Erika Muster", PersonName("Erika", "Muster", "ms", "Dr. med.")),
        ("Hr. Prof. Dr.-Ing. Muster", PersonName("", "Muster", "mr", "Prof. Dr.-Ing.")),
        ("Herrn Dipl.-Soz.-Päd. Jo Beispiel", PersonName("Jo", "Beispiel", "mr", "Dipl.-Soz.-Päd.")),
        ("Prof.Dr. Jo Beispiel", PersonName("Jo", "Beispiel", title="Prof. Dr.")),
        ("Muster, Erika, M.A.", PersonName("Erika", "Muster", title="M.A.")),
        ("Muster, Frau Erika", PersonName("Erika", "Muster", "ms")),
        ("Pfarrerin Muster", PersonName("", "Muster", title="Pfarrerin")),
        ("Erika von der Heide", PersonName("Erika", "von der Heide")),
        ("von der Heide, Erika", PersonName("Erika", "von der Heide")),
        ("Heide, Erika von der", PersonName("Erika", "von der Heide")),
        ("von der Heide", PersonName("", "von der Heide")),
        ("Jan van den Berg", PersonName("Jan", "van den Berg")),
        ("Maria da Silva Santos", PersonName("Maria", "da Silva Santos")),
        ("Mohammed El Ghazi", PersonName("Mohammed", "El Ghazi")),
        ("Anna M. Schulz", PersonName("Anna M.", "Schulz")),
        ("Sean O’Neill", PersonName("Sean", "O’Neill")),
        ("Karl Meier jun.", PersonName("Karl", "Meier jun.")),
        ("Anna Müller geb. Schmidt", PersonName("Anna", "Müller geb. Schmidt")),
        ("Jean-Luc d’Artagnan", PersonName("Jean-Luc", "d’Artagnan")),
        ("Abdul-Rahman al-Masri", PersonName("Abdul-Rahman", "al-Masri")),
        ("al-Masri, Abdul", PersonName("Abdul", "al-Masri")),
        ("Jan van 't Hoff", PersonName("Jan", "van 't Hoff")),
        ("Karl v. d. Heide", PersonName("Karl", "v. d. Heide")),
        ("Karl von und zu Stein", PersonName("Karl", "von und zu Stein")),
        ("Freifrau von Stein, Dr. med. Anna", PersonName("Anna", "Freifrau von Stein", title="Dr. med.")),
        ("Anna Gräfin von Stein", PersonName("Anna", "Gräfin von Stein")),
        ("Freifrau von Stein", PersonName("", "Freifrau von Stein")),
        ("Steffi Graf", PersonName("Steffi", "Graf")),
        ("1. Erika Muster", PersonName("Erika", "Muster")),
        ("☑ Frau Erika Muster", PersonName("Erika", "Muster", "ms")),
        ("Frau", PersonName("", "Frau")),
        ("Dr.", PersonName("", "Dr.")),
        ("", PersonName()),
    ],
)
def test_a_name_is_taken_apart_however_it_is_written(text, name):
    assert read_person(text) == name


@pytest.mark.parametrize(
    "name",
    [
        "Erika Muster", "Sean O'Neill", "O'Neill", "Gianni D’Angelo", "A. Schulz", "Anna M. Schulz",
        "Dr. Schulz", "Frau Neuhaus", "Herr Müller", "Muster, Erika", "Müller-Lüdenscheidt, Dr. Anna",
        "Erika von der Heide", "José da Silva", "✓ Erika Muster", "ERIKA MUSTER", "Jean-Luc d’Artagnan",
        "Abdul-Rahman al-Masri", "al-Masri, Abdul", "Karl von und zu Stein", "Karl v. d. Heide",
        "Anna Maria Gräfin von Stein", "Freifrau von Stein", "Murat Yıldız", "Jan van 't Hoff",
        "Peter Neuhaus",
    ],
)  # fmt: skip
def test_such_a_name_is_a_person_s(name):
    assert looks_personal(name)


@pytest.mark.parametrize(
    "name",
    [
        "Sportverein Nord", "SV Nord", "AWO Bremen", "Madonna", "Haus der Jugend", "Freunde der Vahr", "Dr.",
        "Frau und Beruf e. V.", "Dr. Oetker GmbH", "Dr.-Martin-Luther-King-Schule", "Feuerwehr, Polizei",
        "Kunst und Kultur", "Kita Sonne", "", "Familie Schmidt", "Fam. Schmidt", "Geschwister Scholl",
        "Eheleute Schmidt", "Erika Muster zur", "Karl von der", "Bürgerhaus Nord",
    ],
)  # fmt: skip
def test_such_a_name_is_no_person_s(name):
    assert not looks_personal(name)


@pytest.mark.parametrize(
    ("text", "couple"),
    [
        ("Herr und Frau Schmidt", [PersonName("", "Schmidt", "mr"), PersonName("", "Schmidt", "ms")]),
        ("Frau & Herr von der Heide", [PersonName("", "von der Heide", s) for s in ("ms", "mr")]),
        ("Herr Dr. und Frau Kurz", [PersonName("", "Kurz", "mr", "Dr."), PersonName("", "Kurz", "ms")]),
        ("Frau Müller und Herr Kurz", [PersonName("", "Müller", "ms"), PersonName("", "Kurz", "mr")]),
        ("Anna und Bernd Altmeier", [PersonName("Anna", "Altmeier"), PersonName("Bernd", "Altmeier")]),
        ("Dr. Anna & Bernd Kurz", [PersonName("Anna", "Kurz", "", "Dr."), PersonName("Bernd", "Kurz")]),
        ("Eva-Maria u. Jo von der Heide", [PersonName(g, "von der Heide") for g in ("Eva-Maria", "Jo")]),
        ("Anna und Dr. Bernd Kurz", [PersonName("Anna", "Kurz"), PersonName("Bernd", "Kurz", "", "Dr.")]),
        ("Schmidt, Peter und Anna", [PersonName("Peter", "Schmidt"), PersonName("Anna", "Schmidt")]),
        (
            "von Stein, Dr. Jo & Eva",
            [PersonName("Jo", "von Stein", "", "Dr."), PersonName("Eva", "von Stein")],
        ),
        ("Eheleute Schmidt", [PersonName("", "Schmidt", "mr"), PersonName("", "Schmidt", "ms")]),
        ("Ehepaar von Stein", [PersonName("", "von Stein", "mr"), PersonName("", "von Stein", "ms")]),
        ("Eheleute Eva und Jo Kurz", [PersonName("Eva", "Kurz"), PersonName("Jo", "Kurz")]),
        *(
            (name, [])
            for name in (
                "Frau und Beruf e. V.",
                "Erika Muster",
                "Anna und Bernd",
                "Anna Müller und Bernd Kurz",
                "Kunst und Kultur Westhagen",
                "Jung und Alt Westhagen",
                "Tanz und Bewegung Nord",
                "Kita und Hort Sonne",
                "AWO und DRK Wolfsburg",
                "Kurz und Klein Rechtsanwälte",
                "Familie Schmidt",
                "Karl von und zu Stein",
                "Rot, Grün und Blau",
                "Verein, Peter und Anna",
                "Muster, Erika und Beispiel, Jo",
            )
        ),
    ],
)
def test_a_couple_is_two_persons(text, couple):
    assert read_couple(text) == couple


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Muster", True),
        ("Dr. Muster", True),
        ("von der Heide", True),
        ("Von der Heide", True),
        ("Freifrau von Stein", True),
        ("d’Artagnan", True),
        ("Erika Muster", False),
        ("Erika von der Heide", False),
        ("Feuerwehr", False),
        ("AWO", False),
        ("Dr.", False),
        ("", False),
    ],
)
def test_one_family_name_is_a_word_with_its_particles(text, may):
    assert may_be_family_name(text) is may


def test_a_form_of_address_is_known_by_letters_that_only_count_as_its_own():
    people = [read_person(name) for name in ("Mr\u017f Smith", "Mıss Smith")]
    assert [(person.salutation, person.family_name) for person in people] == [("ms", "Smith")] * 2


def test_words_that_are_said_a_thousand_times_stop_nothing():
    assert [read_couple(text * 3000) for text in ("Eheleute ", "- Eheleute ", "Anna und ")] == [[], [], []]
