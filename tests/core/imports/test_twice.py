"""The same file a second time changes nothing, however untidy its cells are."""

import unicodedata

import pytest

from actors.imports import ActorImporter, AffiliationImporter
from actors.models import Actor, Affiliation
from core.imports.importer import Importer
from events.imports import EventImporter, ParticipationImporter
from events.models import Event, Participation
from tests.core.imports.import_runs import applied, changes, checked, counts
from tests.core.sheets.workbooks import workbook
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

UNTIDY = {
    "double blanks": lambda text: text.replace(" ", "  "),
    "blanks around": lambda text: text.replace(";", "  ; "),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "narrow no-break spaces": lambda text: text.replace(" ", "\u202f"),
    "decomposed umlauts": lambda text: unicodedata.normalize("NFD", text),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
}
untidy = pytest.mark.parametrize("spoil", UNTIDY.values(), ids=UNTIDY.keys())


@pytest.fixture
def register() -> None:
    ActorFactory(name="Bürger Verein Nord", external_id="K 1")
    PersonFactory(given_name="Jürgen", family_name="Müller Beispiel")
    EventFactory(title="Sommer Fest am Südplatz", external_id="E 1")


def nothing_changes(importer: type[Importer], table: str | bytes, **mapping) -> None:
    """Import twice; the second time every row is unchanged."""
    first = applied(importer, table, **mapping)
    before = list(importer.model.objects.order_by("pk").values())
    second = applied(importer, table, **mapping)
    assert changes(second) == []
    assert counts(second) == (0, 0, first.counts["rows"], 0)
    assert list(importer.model.objects.order_by("pk").values()) == before


@untidy
def test_actors(spoil):
    table = (
        "ID;Name;Typ;Telefon;Straße;PLZ;Ort;Stadtteil;E-Mail;Website;Tätigkeit;Notiz;Früherer Name;Themen\n"
        "K 1;Bürger Verein Nord;Verein;05361 12 34;Am Markt 3;38444;Süd Stadt;West Süd;A@Example.ORG;"
        "https://Example.org/;größer als gedacht;x y;Alter Bürger Verein;Bildung, Klima\n"
    )
    nothing_changes(ActorImporter, spoil(table))
    actor = Actor.objects.get()
    assert (actor.name, actor.external_id, actor.street) == ("Bürger Verein Nord", "K 1", "Am Markt 3")


@untidy
def test_persons(spoil):
    table = "Vorname;Nachname;Art;Typ\nJürgen Karl;von Müller;Person;Bewohner\nAda;Öz Türk;Person;Bewohner\n"
    nothing_changes(ActorImporter, spoil(table))
    assert sorted(Actor.objects.values_list("given_name", "family_name")) == [
        ("Ada", "Öz Türk"),
        ("Jürgen Karl", "von Müller"),
    ]


@untidy
def test_events(spoil):
    table = (
        "ID;Titel;Typ;Datum;Uhrzeit;Ort;Beschreibung;Themen\n"
        "E 1;Sommer Fest am Südplatz;Sonstige;1.2.2020;18:00;Am Südplatz;größer als gedacht;Bildung\n"
    )
    nothing_changes(EventImporter, spoil(table))
    assert Event.objects.get().title == "Sommer Fest am Südplatz"


@untidy
@pytest.mark.usefixtures("register")
def test_affiliations(spoil):
    table = (
        "Person;Organisation;Funktion;Von\n"
        "Jürgen Müller Beispiel;Bürger Verein Nord;Stellvertretung im Büro;2014\n"
        "Jürgen Müller Beispiel;K 1;;\n"
    )
    nothing_changes(AffiliationImporter, spoil(table))
    assert sorted(Affiliation.objects.values_list("role", flat=True)) == ["", "Stellvertretung im Büro"]


@untidy
@pytest.mark.usefixtures("register")
def test_participations(spoil):
    table = (
        "Akteur;Veranstaltung;Stunden;Anzahl;Vertreten durch\n"
        "Bürger Verein Nord;Sommer Fest am Südplatz;2,50;3;Jürgen Müller Beispiel\n"
    )
    nothing_changes(ParticipationImporter, spoil(table))
    assert Participation.objects.get().people_brought == 3


@untidy
@pytest.mark.usefixtures("register")
def test_participations_of_actors_that_the_import_creates(spoil):
    table = "Akteur;Veranstaltung\nNeue Gruppe Süd;E 1\n"
    choice = {"new_actor_kind": "organisation", "new_actor_type": "other"}
    nothing_changes(ParticipationImporter, spoil(table), defaults=choice)
    assert Actor.objects.filter(name="Neue Gruppe Süd").count() == 1


def test_a_workbook_with_numbers_and_lines_in_its_cells():
    table = [
        ["ID", "Name", "Typ", "PLZ", "lat", "lon"],
        [17.0, "Kita\nSonne", "Kita ", 38444.0, 52.123450, 10.5],
    ]
    nothing_changes(ActorImporter, workbook(table))
    actor = Actor.objects.get()
    assert (actor.name, actor.external_id, actor.postal_code) == ("Kita Sonne", "17", "38444")


def test_rows_that_differ_in_their_blanks_alone_are_one():
    table = "ID;Name;Typ;Straße\nA1;Verein Nord;Verein;Am Markt\nA1;Verein  Nord;Verein;Am\u00a0Markt\n"
    assert counts(checked(ActorImporter, table)) == (1, 0, 1, 0)


def test_what_differs_beyond_its_blanks_is_still_a_change():
    ActorFactory(name="Verein Nord", street="Am Markt")
    run = checked(ActorImporter, "Name;Typ;Straße\nVerein  Nord;Verein;Am  Markt 3\n")
    assert changes(run) == [("Verein Nord", [["street", "Am Markt", "Am Markt 3"]])]


def test_lines_of_a_long_text_are_kept():
    applied(ActorImporter, 'Name;Typ;Notiz\nA;Verein;"eins\nzwei"\n')
    assert Actor.objects.get().notes == "eins\nzwei"
