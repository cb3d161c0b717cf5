"""An import of actors is written as a whole or not at all, and can be taken back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from actors.imports import ActorImporter
from actors.models import Actor, FormerName, PhoneNumber
from core.imports.models import ImportRun, ImportState
from core.imports.pipeline import ImportRefused, apply_run, check_run
from tests.core.imports.import_runs import applied, checked, take, undone, upload
from tests.factories.actors import ActorFactory, AffiliationFactory, TopicFactory
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.django_db

HEAD = "Nr;Name;Art;Typ\n"
TWO = HEAD + "A1;Bürgerverein;Organisation;Verein\nA2;Grundschule;Organisation;Schule\n"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


# --- all or nothing ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_database_error_leaves_nothing_behind_and_says_so(monkeypatch):
    run = checked(ActorImporter, HEAD.strip() + ";Telefon\n1;A;Organisation;Verein;05361 11\n")

    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(PhoneNumber.objects, "bulk_create", fail)
    with pytest.raises(ImportRefused):
        take(apply_run(run=run, importer=ActorImporter))
    run.refresh_from_db()
    assert (Actor.objects.count(), run.state) == (0, ImportState.FAILED)


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_goes_away_half_way_leaves_nothing_behind():
    run = checked(ActorImporter, TWO)
    steps = apply_run(run=run, importer=ActorImporter)
    while next(steps).phase != "write":
        pass
    assert Actor.objects.count() == 2
    steps.close()
    run.refresh_from_db()
    assert (Actor.objects.count(), run.state) == (0, ImportState.CHECKED)


def test_an_import_is_applied_once():
    run = applied(ActorImporter, TWO)
    with pytest.raises(ImportRefused):
        take(apply_run(run=run, importer=ActorImporter))
    with pytest.raises(ImportRefused):
        take(check_run(run=run, importer=ActorImporter))


def test_what_changed_since_the_check_is_noticed():
    run = checked(ActorImporter, HEAD + ";Verein;Organisation;Verein\n")
    ActorFactory.create_batch(2, name="Verein")
    with pytest.raises(ImportRefused, match="changed since"):
        take(apply_run(run=run, importer=ActorImporter))
    assert Actor.objects.count() == 2


def test_progress_is_reported_for_check_and_write():
    run = upload(ActorImporter, TWO)
    assert [step.phase for step in check_run(run=run, importer=ActorImporter)][-1] == "check"
    steps = list(apply_run(run=run, importer=ActorImporter))
    assert steps[-1] == (2, 2, "write")


def table_of(rows: int, city: str) -> str:
    lines = (f"A{n};Verein {n};Verein;{city};05361 {1000 + n};Bildung" for n in range(rows))
    return "Nr;Name;Typ;Ort;Telefon;Themen\n" + "\n".join(lines)


def queries_of(rows: int) -> tuple[int, int, int]:
    with CaptureQueriesContext(
        connection,
    ) as check_new:
        run = checked(ActorImporter, table_of(rows, "Gifhorn"))
    with CaptureQueriesContext(connection) as write_new:
        take(apply_run(run=run, importer=ActorImporter))
    with CaptureQueriesContext(connection) as check_changes:
        checked(ActorImporter, table_of(rows, "Wolfsburg"))
    undone(run, ActorImporter)
    return len(check_new), len(write_new), len(check_changes)


def test_the_number_of_queries_does_not_grow_with_the_rows():
    assert queries_of(2) == queries_of(30)


# --- undo ----------------------------------------------------------------------------------------------


def test_undo_deletes_what_was_created():
    run = applied(ActorImporter, "Name;Typ;Telefon;Früherer Name;Themen\nA;Verein;05361 11;B;Bildung\n")
    undone(run, ActorImporter)
    assert (Actor.objects.count(), PhoneNumber.objects.count(), FormerName.objects.count()) == (0, 0, 0)
    assert run.state == ImportState.UNDONE


def test_undo_restores_what_was_changed():
    actor = ActorFactory(
        name="Verein", external_id="A1", city="Gifhorn", latitude=Decimal("52.4"), longitude=Decimal("10.8"),
        active_from=dt.date(2001, 2, 3),
    )  # fmt: skip
    actor.topics.add(TopicFactory(code="education"))
    before = Actor.objects.values(*RESTORED).get()
    table = (
        "Nr;Name;Typ;Ort;lat;lon;Aktiv seit;Telefon;Themen;Früherer Name\n"
        "A1;Verein Nord;Schule;Wolfsburg;1;2;2014;05361 11;Klima;Alt\n"
    )
    run = applied(ActorImporter, table, defaults={"other_name": "rename"})
    assert Actor.objects.values(*RESTORED).get() != before
    undone(run, ActorImporter)
    assert Actor.objects.values(*RESTORED).get() == before
    actor.refresh_from_db()
    assert (actor.version, [topic.code for topic in actor.topics.all()]) == (3, ["education"])
    assert (actor.phone_numbers.count(), actor.former_names.count()) == (0, 0)


RESTORED = [
    *("name", "sort_name", "search_names", "search_details", "city", "latitude", "longitude"),
    *("active_from", "actor_type", "external_id"),
]


def test_undo_is_refused_when_somebody_has_changed_a_record_since():
    run = applied(ActorImporter, TWO)
    actor = Actor.objects.get(external_id="A1")
    actor.city = "Wolfsburg"
    actor.save()
    with pytest.raises(ImportRefused) as refused:
        undone(run, ActorImporter)
    assert refused.value.reasons == ["“Bürgerverein” was changed after the import."]
    assert Actor.objects.count() == 2


def test_undo_is_refused_when_others_use_a_record_and_names_them():
    run = applied(ActorImporter, TWO)
    ContactFactory(actors=[Actor.objects.get(external_id="A1")])
    AffiliationFactory(organisation=Actor.objects.get(external_id="A2"))
    with pytest.raises(ImportRefused) as refused:
        undone(run, ActorImporter)
    assert sorted(refused.value.reasons) == [
        "“Bürgerverein” is used by 1 entry of “contacts”.",
        "“Grundschule” is used by 1 entry of “affiliations”.",
    ]
    assert Actor.objects.filter(external_id__in=["A1", "A2"]).count() == 2


def test_imports_are_undone_in_reverse_order():
    first = applied(ActorImporter, TWO)
    changed = TWO.replace("Grundschule", "Gesamtschule")
    second = applied(ActorImporter, changed, defaults={"other_name": "rename"})
    with pytest.raises(ImportRefused):
        undone(first, ActorImporter)
    undone(second, ActorImporter)
    undone(first, ActorImporter)
    assert Actor.objects.count() == 0


def test_undo_happens_once_and_not_after_the_rows_were_deleted():
    run = applied(ActorImporter, TWO)
    undone(run, ActorImporter)
    with pytest.raises(ImportRefused):
        undone(run, ActorImporter)
    run = applied(ActorImporter, TWO)
    run.purge()
    with pytest.raises(ImportRefused):
        undone(run, ActorImporter)
    assert Actor.objects.count() == 2


def test_purging_deletes_the_rows_and_keeps_the_numbers():
    run = applied(ActorImporter, TWO)
    run.purge()
    run = ImportRun.objects.get()
    assert (run.table, run.source, run.rows.count(), run.counts["create"]) == ({}, None, 0, 2)
