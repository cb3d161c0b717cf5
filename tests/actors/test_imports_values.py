"""What the cells of an address list mean: names, telephone numbers, postal codes, days, and nothing."""

import datetime as dt

import pytest
from django.utils import translation

from actors.imports import ActorImporter, AffiliationImporter
from actors.models import Actor, Affiliation
from core.imports.models import ImportRun
from tests.core.imports.import_runs import applied, changes, checked, counts, errors
from tests.core.sheets.workbooks import workbook
from tests.factories.actors import ActorFactory, FormerNameFactory, PersonFactory, PhoneNumberFactory

pytestmark = pytest.mark.django_db

PERSONS = {"kind": "person", "actor_type": "resident"}
CLUBS = {"kind": "organisation", "actor_type": "association"}
PARTS = ("salutation", "title", "given_name", "family_name")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def notes(run: ImportRun) -> list[tuple[int, str]]:
    return [(row.number, text) for row in run.rows.all() for _column, _shown, text in row.notes]


def phones(actor: Actor) -> list[str]:
    return [str(phone) for phone in actor.phone_numbers.all()]


# --- names ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Ana García López", "García López, Ana", "Frau Dr. Ana García López"])
def test_a_whole_name_that_is_recorded_leaves_its_parts_as_they_are(name):
    PersonFactory(given_name="Ana", family_name="García López", external_id="A1")
    PersonFactory(given_name="Bo", family_name="von Muster")
    for head, key in (("Nr;", "A1;"), ("", "")):
        run = applied(ActorImporter, f"{head}Name;Ort\n{key}{name};Wolfsburg\n", defaults=PERSONS, columns={})
        assert run.counts["create"] == 0
        assert Actor.objects.filter(city="Wolfsburg").values_list(*PARTS).get() == (
            "",
            "",
            "Ana",
            "García López",
        )
    assert counts(applied(ActorImporter, f"Name\n{name}\n", defaults=PERSONS)) == (0, 0, 1, 0)


def test_new_whole_names_are_split_as_everywhere():
    table = "Name\nMüller-Lüdenscheidt, Dr. Anna\nFrau Erika von der Heide\nSean O'Neill\n✓ Anna M. Schulz\n"
    applied(ActorImporter, table, defaults=PERSONS)
    assert list(Actor.objects.order_by("pk").values_list(*PARTS)) == [
        ("", "Dr.", "Anna", "Müller-Lüdenscheidt"),
        ("ms", "", "Erika", "von der Heide"),
        ("", "", "Sean", "O'Neill"),
        ("", "", "Anna M.", "Schulz"),
    ]
    assert counts(applied(ActorImporter, table, defaults=PERSONS)) == (0, 0, 4, 0)


@pytest.mark.parametrize(("written", "code"), [("Herrn", "mr"), ("Hr.", "mr"), ("Fr.", "ms"), ("Frau", "ms")])
def test_the_form_of_address_is_known_in_all_its_spellings(written, code):
    applied(ActorImporter, f"Anrede;Nachname\n{written};Muster\n", defaults=PERSONS)
    assert Actor.objects.get().salutation == code


def test_a_title_has_a_column_of_its_own():
    applied(ActorImporter, "Anrede;Titel;Vorname;Nachname\nFrau;Dr.;Hülya;Öztürk\n", defaults=PERSONS)
    assert Actor.objects.values_list(*PARTS).get() == ("ms", "Dr.", "Hülya", "Öztürk")


def test_spellings_that_are_joined_with_an_actor_are_told():
    ActorFactory(name="Bürgerverein Süd", kind="organisation")
    FormerNameFactory(
        actor=ActorFactory(name="Freunde Westhagens", kind="organisation"), name="Sprecherkreis"
    )
    run = checked(
        ActorImporter,
        "Name;Ort\nBuergerverein Sued;X\nSprecherkreis;Y\nFreunde Westhagens;Y\n",
        defaults=CLUBS,
    )
    assert notes(run)[:2] == [
        (2, "“Buergerverein Sued” is taken as “Bürgerverein Süd”."),
        (3, "“Sprecherkreis” is taken as “Freunde Westhagens”."),
    ]


def test_joined_spellings_are_told_where_a_tie_names_an_actor():
    person = PersonFactory(given_name="Erika", family_name="Müller")
    ActorFactory(name="Verein Süd", external_id="V1", kind="organisation")
    run = applied(AffiliationImporter, "Person;Organisation\nFrau Erika Mueller;V1\n")
    assert notes(run) == [(2, "“Frau Erika Mueller” is taken as “Erika Müller”.")]
    assert Affiliation.objects.get().person == person


def test_two_persons_in_one_name_are_refused():
    run = checked(ActorImporter, "Name\nHerr und Frau Schmidt\nErika Muster\n", defaults=PERSONS)
    reason = "These are two persons. Please give each a row of its own."
    assert errors(run) == [(2, "A", reason)]
    assert run.counts["create"] == 1


# --- telephone numbers and postal codes ------------------------------------------------------------------


def test_two_numbers_in_a_cell_are_two_with_their_notes_and_kinds():
    table = (
        "Name;Telefon\nA;05361 1 / 0170 2\nB;05361 123 (Büro) oder 0171 55\n"
        'C;"Tel. 05361 124; nur vormittags"\n'
        'D;"05361 125\n0172 66"\n'
    )
    applied(ActorImporter, table, defaults=CLUBS)
    assert {actor.name: phones(actor) for actor in Actor.objects.all()} == {
        "A": ["05361 1", "mobile: 0170 2"],
        "B": ["Büro: 05361 123", "mobile: 0171 55"],
        "C": ["Tel., nur vormittags: 05361 124"],
        "D": ["05361 125", "mobile: 0172 66"],
    }
    assert counts(applied(ActorImporter, table, defaults=CLUBS)) == (0, 0, 4, 0)


def test_zeros_that_a_spreadsheet_has_eaten_are_put_back_and_told():
    table: list[list[object]] = [
        ["Name", "Telefon", "PLZ"],
        ["A", 5361123456, 1067],
        ["B", "727864", "D-38444"],
        ["C", "05361 1", "A-1010"],
        ["D", "05361 2", 1010],
    ]
    run = applied(ActorImporter, workbook(table), defaults=CLUBS)
    assert notes(run) == [
        (2, "“5361123456” is read as “05361123456”: the leading zero was missing."),
        (2, "“1067” is read as “01067”: the leading zero was missing."),
        (3, "“727864” has no area code: please check whether a zero is missing in front."),
    ]
    assert [(phones(a), a.postal_code) for a in Actor.objects.order_by("name")] == [
        (["05361123456"], "01067"),
        (["727864"], "38444"),
        (["05361 1"], "A-1010"),
        (["05361 2"], "1010"),  # Vienna: no German code lies below 01067
    ]
    assert counts(applied(ActorImporter, workbook(table), defaults=CLUBS)) == (0, 0, 4, 0)


def test_whole_numbers_lose_the_point_zero_of_a_program_in_between():
    ActorFactory(name="C", kind="organisation", external_id="3.0")
    table = (
        "ID;Name;Telefon;PLZ;Gegründet\n"
        "1.0;A;5361123456.0;38440.0;1968.0\n"
        "2,0;B;495361123457.0;1067,0;1999\n"
        "3.0;C;05361 1;38442;2001\n"
    )
    run = applied(ActorImporter, table, defaults=CLUBS)
    assert notes(run) == [
        (2, "“5361123456” is read as “05361123456”: the leading zero was missing."),
        (3, "“495361123457” is read as “+495361123457”: the plus in front was missing."),
        (3, "“1067,0” is read as “01067”: the leading zero was missing."),
    ]
    columns = ("external_id", "name", "postal_code", "active_from")
    assert list(Actor.objects.order_by("name").values_list(*columns)) == [
        ("1", "A", "38440", dt.date(1968, 1, 1)),
        ("2", "B", "01067", dt.date(1999, 1, 1)),
        ("3", "C", "38442", dt.date(2001, 1, 1)),
    ]
    assert [phones(a) for a in Actor.objects.order_by("name")] == [
        ["05361123456"],
        ["+495361123457"],
        ["05361 1"],
    ]
    assert counts(applied(ActorImporter, table, defaults=CLUBS)) == (0, 0, 3, 0)
    PersonFactory(given_name="Erika", family_name="Muster", external_id="7")
    applied(AffiliationImporter, "Person;Organisation\n7.0;1.0\n")
    assert str(Affiliation.objects.get().organisation) == "A"


@pytest.mark.parametrize("column", ["ID", "Telefon", "PLZ"])
def test_numbers_that_a_spreadsheet_has_shortened_are_refused(column):
    run = checked(ActorImporter, f"Name;{column}\nA;5,36112E+09\n", defaults=CLUBS)
    reason = "The spreadsheet has shortened this number: 5,36112E+09. Please format its column as text."
    assert errors(run) == [(2, "B", reason)]


@pytest.mark.parametrize("stored", ["5361123456", "05361 123456", "+49 (0)5361 123456"])
@pytest.mark.parametrize("typed", ["05361/12 34 56", "5361123456", "+49 5361 123456", "0049536112", "05361"])
def test_a_number_is_found_in_any_spelling(stored, typed):
    actor = ActorFactory()
    PhoneNumberFactory(actor=actor, number=stored)
    PhoneNumberFactory(number="0421 99887766")
    assert list(Actor.objects.matching(typed, details=True)) == [actor]


def test_what_is_no_number_is_an_error_that_names_it():
    run = checked(ActorImporter, "Name;Telefon\nA;siehe oben\n", defaults=CLUBS)
    assert errors(run) == [(2, "B", "This is not a telephone number: siehe oben")]


# --- cells that say nothing, and days ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "nothing", ["NA", "n/a", "-", "–", "k. A.", "k.A.", "keine Angabe", "unbekannt", "?"]
)
def test_a_cell_may_say_that_there_is_nothing_to_say(nothing):
    PersonFactory(given_name="Mara", family_name="Muster")
    head = "Name;Typ;Aktiv seit;Aktiv bis;lat;Themen;Telefon;E-Mail;PLZ;Zuständig;Webseite\n"
    run = applied(
        ActorImporter, head + "A;Verein" + f";{nothing}" * 9 + "\n", defaults={"kind": "organisation"}
    )
    actor = Actor.objects.get(name="A")
    assert (counts(run), notes(run)) == ((1, 0, 0, 0), [])
    assert (actor.active_from, actor.active_until, actor.latitude, actor.responsible) == (None,) * 4
    assert (actor.email, actor.postal_code, actor.website, phones(actor)) == ("", "", "", [])
    assert list(actor.topics.all()) == []


def test_a_text_stays_a_text():
    applied(ActorImporter, "Name;Beschreibung;Bemerkung\nNA;unbekannt;?\n", defaults=CLUBS)
    actor = Actor.objects.get()
    assert (actor.name, actor.description, actor.notes) == ("NA", "unbekannt", "?")


def test_a_required_word_that_says_nothing_is_missing():
    run = checked(ActorImporter, "Name;Typ\nA;n/a\n", defaults={"kind": "organisation"})
    assert errors(run) == [(2, "B", "A value is missing here.")]


def test_foundations_lie_in_the_past():
    table = "Name;Gegründet\nA;1.1.68\nB;98\nC;05/2020\nD;März 02\n"
    applied(ActorImporter, table, defaults=CLUBS)
    assert list(Actor.objects.order_by("name").values_list("active_from", flat=True)) == [
        dt.date(1968, 1, 1),
        dt.date(1998, 1, 1),
        dt.date(2020, 5, 1),
        dt.date(2002, 3, 1),
    ]


def test_an_actor_that_begins_on_several_days_is_an_error():
    run = checked(ActorImporter, "Name;Gegründet\nA;6.–7.4.2019\n", defaults=CLUBS)
    assert errors(run) == [(2, "B", "These are several days. Only one can be kept here.")]
    assert changes(run) == []
