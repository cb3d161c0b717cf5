"""Import of who belongs to which organisation."""

import datetime as dt

import pytest
from django.utils import translation

from actors.imports import AffiliationImporter
from actors.models import Affiliation
from tests.core.imports.import_runs import applied, changes, checked, counts, errors, undone
from tests.factories.actors import (
    ActorFactory,
    AffiliationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

HEAD = "Nr;Name;Art;Typ\n"
TWO = HEAD + "A1;Bürgerverein;Organisation;Verein\nA2;Grundschule;Organisation;Schule\n"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_affiliations_name_both_ends_by_key_or_by_name():
    person = PersonFactory(given_name="Ada", family_name="Beispiel", external_id="P1")
    club = ActorFactory(name="Bürgerverein", external_id="O1")
    school = ActorFactory(name="Grundschule")
    table = (
        "person_id;Organisation;Funktion;Hauptkontakt;Von;Bis\n"
        "P1;O1;Vorsitz;ja;2014;2016\nAda Beispiel;Grundschule;;;;\n"
    )
    applied(AffiliationImporter, table)
    assert list(
        Affiliation.objects.order_by("pk").values_list(
            "person", "organisation", "role", "is_main_contact", "valid_from", "valid_until"
        )
    ) == [
        (person.pk, club.pk, "Vorsitz", True, dt.date(2014, 1, 1), dt.date(2017, 1, 1)),
        (person.pk, school.pk, "", False, None, None),
    ]
    assert counts(applied(AffiliationImporter, table)) == (0, 0, 2, 0)


def test_an_affiliation_asks_for_the_right_kind_on_each_side():
    PersonFactory(external_id="P1")
    ActorFactory(external_id="O1")
    run = checked(AffiliationImporter, "person_id;organisation_id\nO1;O1\nP1;P1\nP9;O1\nP1;\n")
    assert [(row, column) for row, column, _reason in errors(run)] == [(2, "A"), (3, "B"), (4, "A"), (5, "B")]


def test_an_affiliation_that_ends_before_it_begins_is_an_error():
    PersonFactory(external_id="P1")
    ActorFactory(external_id="O1")
    run = checked(AffiliationImporter, "person_id;organisation_id;Von;Bis\nP1;O1;2016;2014\n")
    assert errors(run) == [(2, "", "The end lies before the beginning.")]


def test_a_later_end_changes_the_affiliation_that_is_recorded():
    tie = AffiliationFactory(role="Vorsitz", valid_from=dt.date(2014, 1, 1))
    row = f"{tie.person};{tie.organisation};Vorsitz;;2016\n"
    run = applied(AffiliationImporter, "Person;Organisation;Funktion;Von;Bis\n" + row)
    assert changes(run)[0][1] == [["valid_until", "", "31.12.2016"]]
    assert Affiliation.objects.get().valid_until == dt.date(2017, 1, 1)
    undone(run, AffiliationImporter)
    assert Affiliation.objects.get().valid_until is None
