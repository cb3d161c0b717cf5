"""Import of actors and affiliations, from the table to the register and back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from actors.imports import ActorImporter
from actors.models import Actor
from core.imports.importer import MISSING, OTHER_TWIN
from core.imports.pipeline import ImportRefused, apply_run, check_run
from core.imports.suggestions import UNKNOWN_WITH_SUGGESTION
from tests.core.imports.import_runs import applied, changes, checked, counts, errors, take, upload
from tests.core.sheets.workbooks import workbook
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    FormerNameFactory,
    PersonFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

HEAD = "Nr;Name;Art;Typ\n"
TWO = HEAD + "A1;Bürgerverein;Organisation;Verein\nA2;Grundschule;Organisation;Schule\n"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


# --- what arrives --------------------------------------------------------------------------------------


def test_an_address_list_arrives_with_everything_it_says():
    UserFactory(first_name="Mara", last_name="Muster")
    table = (
        "Nr;Name;Art;Typ;E-Mail;Telefon;Webseite;Straße;PLZ;Ort;Stadtteil;lat;lon;Themen;"
        "Aktiv seit;Aktiv bis;Beschreibung;Zuständig;Früherer Name;Bemerkung\n"
        "A1;Freunde Westhagens;Gremium;Gremium/Netzwerk;post@example.org;05361 1234, 0171 5555;"
        "https://example.org;Dessauer Straße 3;38444;Wolfsburg;Westhagen;52,4;10,75;Bildung, Klima;"
        "2014;31.12.2020;Ein Kreis;Mara Muster;Sprecherkreis;ohne\n"
    )
    applied(ActorImporter, table.encode("cp1252"))
    actor = Actor.objects.get()
    assert (actor.name, actor.kind, actor.actor_type.code) == ("Freunde Westhagens", "body", "body")
    assert (actor.email, actor.website, actor.street) == (
        "post@example.org",
        "https://example.org",
        "Dessauer Straße 3",
    )
    assert (actor.postal_code, actor.city, actor.district) == ("38444", "Wolfsburg", "Westhagen")
    assert (actor.latitude, actor.longitude) == (Decimal("52.4"), Decimal("10.75"))
    assert (actor.active_from, actor.active_until) == (dt.date(2014, 1, 1), dt.date(2021, 1, 1))
    assert (actor.description, actor.notes, actor.external_id) == ("Ein Kreis", "ohne", "A1")
    assert str(actor.responsible) == "Mara Muster"
    assert [topic.code for topic in actor.topics.all()] == ["education", "climate"]
    assert [number.number for number in actor.phone_numbers.all()] == ["05361 1234", "0171 5555"]
    assert [former.name for former in actor.former_names.all()] == ["Sprecherkreis"]


def test_what_was_imported_is_found_by_every_name_and_number():
    row = ";Bürgerverein;Verein;Verein;05361/12;Vorläufer\n"
    applied(ActorImporter, HEAD.strip() + ";Telefon;Früherer Name\n" + row)
    assert Actor.objects.matching("buerger").count() == 1
    assert Actor.objects.matching("vorläufer").count() == 1
    assert Actor.objects.matching("0536112", details=True).count() == 1


def test_persons_get_given_and_family_name_however_they_are_written():
    table = (
        "Name;Vorname;Nachname;Art;Typ\nAda Beispiel;;;Person;Bewohner*in\n"
        "Muster, Bo;;;Person;Bewohner\n;Cy;Probe;Person;resident\n"
    )
    applied(ActorImporter, table)
    assert list(Actor.objects.values_list("given_name", "family_name", "name")) == [
        ("Ada", "Beispiel", "Ada Beispiel"),
        ("Bo", "Muster", "Bo Muster"),
        ("Cy", "Probe", "Cy Probe"),
    ]


def test_an_excel_table_keeps_its_types():
    table: list[list[object]] = [
        ["ID", "Name", "Typ", "PLZ", "Aktiv seit"],
        [7, "Kita", "daycare", 38444, dt.date(2014, 3, 12)],
    ]
    applied(ActorImporter, workbook(table))
    actor = Actor.objects.get()
    assert (actor.external_id, actor.postal_code, actor.active_from) == ("7", "38444", dt.date(2014, 3, 12))


def test_vocabulary_is_known_by_code_and_by_name_in_both_languages():
    table = (
        HEAD
        + "1;a;organisation;school\n2;b;Organisation;Schule\n3;c;ORGANISATION;School\n4;d;Verein;initiative\n"
    )
    applied(ActorImporter, table)
    assert [a.actor_type.code for a in Actor.objects.order_by("name")] == ["school"] * 3 + ["initiative"]


def test_values_for_all_rows_fill_missing_columns_and_empty_cells():
    applied(
        ActorImporter,
        "Name;Stadtteil\nA;\nB;Detmerode\n",
        defaults={"actor_type": "other", "district": "Westhagen"},
    )
    assert list(Actor.objects.values_list("name", "district", "kind", "actor_type__code")) == [
        ("A", "Westhagen", "organisation", "other"),
        ("B", "Detmerode", "organisation", "other"),
    ]


def test_a_word_of_the_table_can_be_given_a_meaning():
    run = applied(
        ActorImporter,
        HEAD + "1;A;Organisation;Ehrenamt\n",
        values={"actor_type": {"Ehrenamt": "association"}},
    )
    assert counts(run) == (1, 0, 0, 0)
    assert Actor.objects.get().actor_type.code == "association"


# --- what already exists -------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing():
    applied(ActorImporter, TWO)
    before = list(Actor.objects.values())
    run = applied(ActorImporter, TWO)
    assert counts(run) == (0, 0, 2, 0)
    assert list(Actor.objects.values()) == before


def test_a_change_shows_old_and_new_field_by_field_and_counts_the_version_up():
    TopicFactory(code="education")
    applied(ActorImporter, "Nr;Name;Typ;Ort;Telefon;Themen\nA1;Verein;Verein;Gifhorn;05361 11;Bildung\n")
    table = "Nr;Name;Typ;Ort;Telefon;Themen\nA1;Verein Nord;Verein;Wolfsburg;05361-11, 05361 22;Klima\n"
    run = applied(ActorImporter, table, defaults={"other_name": "rename"})
    assert changes(run) == [
        (
            "Verein Nord",
            [
                ["name", "Verein", "Verein Nord"],
                ["phone_numbers", "05361 11", "05361 11, 05361 22"],
                ["city", "Gifhorn", "Wolfsburg"],
                ["topics", "Education", "Climate"],
            ],
        )
    ]
    actor = Actor.objects.get()
    assert (actor.name, actor.city, actor.version) == ("Verein Nord", "Wolfsburg", 2)
    assert [topic.code for topic in actor.topics.all()] == ["climate"]
    assert [number.number for number in actor.phone_numbers.all()] == ["05361 11", "05361 22"]
    assert Actor.objects.matching("0536122", details=True).count() == 1


def test_an_empty_cell_never_clears_what_is_recorded():
    ActorFactory(name="Verein", email="a@example.org")
    run = applied(ActorImporter, "Name;Typ;E-Mail\nVerein;Verein;\n")
    assert counts(run) == (0, 0, 1, 0)
    assert Actor.objects.get().email == "a@example.org"


def test_the_external_key_decides_before_the_name():
    kept = ActorFactory(name="Alter Name", external_id="A1")
    other = ActorFactory(name="Neuer Name")
    table = HEAD + "A1;Neuer Name;Organisation;Verein\n"
    applied(ActorImporter, table, defaults={"other_name": "rename"})
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.name, other.name, other.version) == ("Neuer Name", "Neuer Name", 1)


def test_a_name_matches_in_any_spelling_within_its_kind_and_receives_the_key():
    actor = ActorFactory(name="Bürger-Verein  Größe")
    PersonFactory(given_name="Bürger-Verein", family_name="Größe")
    run = applied(ActorImporter, HEAD + "A1;buergerverein groesse;Organisation;Verein\n")
    assert counts(run) == (1, 0, 0, 0)
    run = applied(ActorImporter, HEAD + "A9;BUERGER VEREIN Groesse;Organisation;Verein\n")
    assert counts(run) == (0, 1, 0, 0)
    actor.refresh_from_db()
    assert actor.external_id == "A9"


def test_another_key_of_the_list_is_another_actor_even_with_the_same_name():
    applied(ActorImporter, HEAD + "A1;Verein;Organisation;Verein\n")
    run = applied(ActorImporter, HEAD + "A2;Verein;Organisation;Verein\n")
    assert counts(run) == (1, 0, 0, 0)


def test_an_ambiguous_name_is_an_error_that_names_the_candidates():
    ActorFactory(name="Verein", district="Nord")
    ActorFactory(name="Verein", district="Süd")
    run = checked(ActorImporter, HEAD + ";Verein;Organisation;Verein\n")
    ((number, _column, reason),) = errors(run)
    assert number == 2
    assert reason == "“Verein” is ambiguous: Verein (Association · Nord); Verein (Association · Süd)."


def test_an_actor_found_by_a_former_name_keeps_its_present_name():
    actor = ActorFactory(name="Freunde Westhagens")
    FormerNameFactory(actor=actor, name="Sprecherkreis")
    run = applied(ActorImporter, HEAD.strip() + ";Ort\n;Sprecherkreis;Organisation;Verein;Wolfsburg\n")
    assert changes(run) == [("Sprecherkreis", [["city", "", "Wolfsburg"]])]
    assert Actor.objects.get().name == "Freunde Westhagens"


def test_a_row_that_stands_twice_in_the_table_counts_once():
    run = applied(ActorImporter, HEAD + "A1;V;Organisation;Verein\nA1;V;Organisation;Verein\n")
    assert counts(run) == (1, 0, 1, 0)
    assert Actor.objects.count() == 1


def test_two_rows_that_contradict_each_other_are_an_error():
    run = checked(ActorImporter, HEAD + "A1;V;Organisation;Verein\nA1;W;Organisation;Verein\n")
    assert errors(run) == [(3, "", str(OTHER_TWIN) % {"row": 2})]


def test_a_person_does_not_become_an_organisation():
    PersonFactory(external_id="P1")
    run = checked(ActorImporter, HEAD + "P1;V;Organisation;Verein\n")
    assert errors(run) == [(2, "", "This actor is recorded as: Person.")]


# --- what is wrong -------------------------------------------------------------------------------------


def test_every_error_names_row_and_column():
    table = (
        "Name;Typ;E-Mail;Aktiv seit;Telefon;Webseite\n"
        "A;Verien;;;;\n"
        "B;Verein;kein-mail;;;\n"
        "C;Verein;;30.2.2014;;\n"
        "D;Verein;;;abc;\n"
        "E;Verein;;;;javascript:alert(1)\n"
        ";Verein;;;;\n"
        "F;Verein;;;;\n"
    )
    run = checked(ActorImporter, table)
    assert counts(run) == (1, 0, 0, 6)
    assert [(row, column) for row, column, _reason in errors(run)] == [
        (2, "B"),
        (3, "C"),
        (4, "D"),
        (5, "E"),
        (6, "F"),
        (7, "A"),
    ]
    assert errors(run)[0][2] == UNKNOWN_WITH_SUGGESTION % {"value": "Verien", "suggestions": "“Association”"}


def test_faulty_rows_block_everything_unless_only_the_correct_ones_are_wanted():
    table = "Name;Typ\nA;Verein\nB;Unfug\n"
    run = checked(ActorImporter, table)
    with pytest.raises(ImportRefused):
        take(apply_run(run=run, importer=ActorImporter))
    assert Actor.objects.count() == 0
    take(apply_run(run=run, importer=ActorImporter, correct_only=True))
    assert [actor.name for actor in Actor.objects.all()] == ["A"]


def test_error_cells_of_excel_are_errors_of_their_row():
    run = checked(
        ActorImporter, workbook([["Name", "Typ", "Ort"], ["A", "Verein", "#REF!"], ["B", "Verein", "x"]])
    )
    assert [(row, column) for row, column, _reason in errors(run)] == [(2, "C")]
    assert counts(run) == (1, 0, 0, 1)


def test_a_required_field_needs_a_column_or_a_value():
    run = upload(ActorImporter, "Name\nA\n")
    with pytest.raises(ImportRefused, match="Type"):
        take(check_run(run=run, importer=ActorImporter))
    run = checked(ActorImporter, "Name;Typ\nA;Verein\nB;\n")
    assert errors(run) == [(3, "B", str(MISSING))]


def test_overlong_text_is_an_error_not_a_cut():
    run = checked(ActorImporter, f"Name;Typ;Ort\nA;Verein;{'x' * 101}\n")
    assert [(row, column) for row, column, _reason in errors(run)] == [(2, "C")]
