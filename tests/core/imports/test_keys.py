"""Lasting keys: running numbers are none, and a key that is recorded under another name overwrites nobody."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from actors.imports import ActorImporter
from actors.models import Actor
from core.imports.pipeline import notes_of
from core.roles import Role
from core.sheets.headers import counts_rows
from events.imports import EventImporter
from events.models import Event
from tests.core.imports.import_runs import applied, changes, checked, counts, undone, upload
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, FormerNameFactory, PersonFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

RENAME = {"other_name": "rename"}
OLD = "Nr;Name;Typ\n1;Bürgerverein;Verein\n2;Grundschule;Schule\n3;Kita Sonne;Kita\n"
NEW = "Nr;Name;Typ\n1;Angelverein;Verein\n2;Bürgerverein;Verein\n3;Grundschule;Schule\n"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def import_file(tmp_path):
    def run(kind: str, table: str, *options: str) -> tuple[str, str]:
        path = tmp_path / "liste.csv"
        path.write_text(table)
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_file", kind, str(path), *options, stdout=out, stderr=err)
        except CommandError as error:
            err.write(f"refused: {error}")
        return out.getvalue(), err.getvalue()

    return run


# --- running numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ([1, 2, 3], True),
        (["1.", "2.", "3."], True),
        (["Nr. 1", "Nr. 2"], True),
        (["001", "002", "003"], True),
        ([3, 1, 2], True),
        ([1, 2, 3, None, 4, 6, 7], True),
        ([*range(1, 30), "12a"], True),
        (list(range(301, 320)), True),
        ([*range(1, 20), 7], True),
        ([1, 1, 2, 2, 3], False),
        ([1, 3, 4, 8, 9, 12], True),
        ([1, 6, 9], True),
        ([1, 6, 10], False),
        ([2, 6, 9], False),
        ([12, 7, 3, 12, 5, 8, 7, 4, 6, 9, 11, 10, 3], False),
        ([1], True),
        ([0, 1, 2], True),
        ([7], False),
        ([4711, 4712], False),
        ([17, 45, 102], False),
        ([1, 50, 100, 150], False),
        (["A1", "A2"], False),
        (["1", "x", "y"], False),
        ([dt.date(2020, 1, 1)], False),
        ([None], False),
        ([], False),
    ],
)
def test_a_column_that_counts_the_rows_is_told_from_one_of_keys(cells, answer):
    assert counts_rows(cells) is answer


@pytest.mark.parametrize(
    "heading",
    ["lfd. Nr.", "Lfd.-Nr.", "laufende Nummer", "Nr.", "Nr", "No.", "#", "Zeile", "Pos.", "ID", "Nummer"],
)
@pytest.mark.parametrize("importer", [ActorImporter, EventImporter])
def test_running_numbers_are_never_guessed_as_a_key(importer, heading):
    run = upload(importer, f"{heading};Name;Typ\n1;A;Sonstige\n2;B;Sonstige\n")
    assert run.mapping["columns"] == {
        "1": "name" if importer is ActorImporter else "title",
        "2": TYPE[importer],
    }


TYPE = {ActorImporter: "actor_type", EventImporter: "event_type"}


@pytest.mark.parametrize("heading", ["ID", "Nr", "Kennung", "Akteur-ID"])
def test_numbers_that_count_nothing_are_keys(heading):
    run = upload(ActorImporter, f"{heading};Name;Typ\n4711;A;Verein\n17;B;Verein\n")
    assert run.mapping["columns"]["0"] == "external_id"


def test_a_real_key_beside_a_running_number_is_guessed():
    run = upload(ActorImporter, "Nr;Name;Typ;ID\n1;A;Verein;K-7\n2;B;Verein;K-3\n")
    assert run.mapping["columns"] == {"1": "name", "2": "actor_type", "3": "external_id"}


def test_the_list_of_the_next_year_does_not_overwrite_the_actors_of_the_last():
    applied(ActorImporter, OLD)
    run = applied(ActorImporter, NEW)
    assert counts(run) == (1, 0, 2, 0)
    assert sorted(Actor.objects.values_list("name", "external_id")) == [
        ("Angelverein", ""),
        ("Bürgerverein", ""),
        ("Grundschule", ""),
        ("Kita Sonne", ""),
    ]


# --- a key under another name --------------------------------------------------------------------------


def test_a_row_whose_key_is_recorded_under_another_name_is_left_out_and_named():
    as_key = {"columns": {0: "external_id"}}
    applied(ActorImporter, OLD, **as_key)
    run = applied(ActorImporter, NEW, **as_key)
    assert (counts(run), run.counts["leave"]) == ((0, 0, 0, 0), 3)
    assert next(notes_of(run)) == (
        2,
        0,
        "1",
        "Here the key belongs to “Bürgerverein”, not to “Angelverein”. The row is left out.",
    )
    assert [actor.name for actor in Actor.objects.order_by("external_id")] == [
        "Bürgerverein",
        "Grundschule",
        "Kita Sonne",
    ]


def test_a_rename_within_a_key_is_taken_by_choice_and_can_be_undone():
    ActorFactory(name="Grundschule", external_id="A2")
    table = "ID;Name;Typ\nA2;Gesamtschule Nord;Schule\n"
    assert checked(ActorImporter, table).counts["leave"] == 1
    run = applied(ActorImporter, table, defaults=RENAME)
    assert changes(run)[0][1][0] == ["name", "Grundschule", "Gesamtschule Nord"]
    assert Actor.objects.get().name == "Gesamtschule Nord"
    undone(run, ActorImporter)
    assert Actor.objects.get().name == "Grundschule"


@pytest.mark.parametrize(
    ("recorded", "name"),
    [
        ("Bürgerverein Westhagen", "Buergerverein  Westhagen e. V."),
        ("Bürger-Verein", "Bürgerverein"),
        ("Kindertagestätte Sonne", "Kindertagesstätte Sonne"),
        ("Westhagen, Bürgerverein", "Bürgerverein Westhagen"),
    ],
)
def test_another_spelling_is_the_same_name(recorded, name):
    ActorFactory(name=recorded, external_id="A1")
    run = checked(ActorImporter, f"ID;Name;Typ;Ort\nA1;{name};Verein;Wolfsburg\n")
    assert (counts(run)[1], run.counts["leave"]) == (1, 0)


@pytest.mark.parametrize(("recorded", "name"), [("Kita 1", "Kita 2"), ("Frauentreff", "Männertreff")])
def test_a_name_that_differs_where_it_matters_is_another(recorded, name):
    ActorFactory(name=recorded, external_id="A1")
    assert checked(ActorImporter, f"ID;Name;Typ\nA1;{name};Verein\n").counts["leave"] == 1


def test_persons_of_short_names_that_resemble_each_other_are_others():
    PersonFactory(given_name="Anna", family_name="Meyer", external_id="P1")
    table = "ID;Vorname;Nachname;Art;Typ\nP1;{};Meyer;Person;Bewohner\n"
    assert checked(ActorImporter, table.format("Hanna")).counts["leave"] == 1
    assert checked(ActorImporter, table.format("Anna")).counts["leave"] == 0


def test_a_key_under_a_former_name_means_the_actor_and_keeps_its_present_name():
    actor = ActorFactory(name="Freunde Westhagens", external_id="A1", city="")
    FormerNameFactory(actor=actor, name="Sprecherkreis")
    run = applied(ActorImporter, "ID;Name;Typ;Ort\nA1;Sprecherkreis;Verein;Wolfsburg\n")
    assert counts(run) == (0, 1, 0, 0)
    actor.refresh_from_db()
    assert (actor.name, actor.city) == ("Freunde Westhagens", "Wolfsburg")


def test_a_row_with_a_key_and_no_name_is_found_by_the_key_alone():
    ActorFactory(name="Verein", external_id="A1", city="")
    assert (
        counts(applied(ActorImporter, "ID;Ort\nA1;Wolfsburg\n", defaults={"actor_type": "association"}))[1]
        == 1
    )


def test_an_event_of_another_title_or_year_is_left_out_and_one_that_moved_is_changed():
    EventFactory(title="Stadtteilfest", external_id="E1", start_date=dt.date(2024, 5, 4))
    head = "ID;Titel;Datum;Typ\n"
    for row, left in (
        ("E1;Sprachcafé;4.5.2024;Sonstige\n", 1),
        ("E1;Stadtteilfest;4.5.2025;Sonstige\n", 1),
        ("E1;Stadtteilfest;11.5.2024;Sonstige\n", 0),
    ):
        assert checked(EventImporter, head + row).counts["leave"] == left
    run = checked(EventImporter, head + "E1;Sprachcafé;4.5.2024;Sonstige\n")
    names = "“Stadtteilfest, 04.05.2024”, not to “Sprachcafé, 04.05.2024”"
    assert [note for _row, _column, _value, note in notes_of(run)] == [
        f"Here the key belongs to {names}. The row is left out."
    ]
    applied(EventImporter, head + "E1;Stadtteilfest;4.5.2025;Sonstige\n", defaults=RENAME)
    assert Event.objects.get().start_date == dt.date(2025, 5, 4)


# --- the pages -----------------------------------------------------------------------------------------


def test_the_wizard_says_that_a_column_counts_the_rows_and_the_preview_what_it_leaves_out(client):
    user = UserFactory(role=Role.STAFF)
    client.force_login(user)
    for name in ("Bürgerverein", "Grundschule", "Kita Sonne"):
        ActorFactory(name=name, external_id=str(Actor.objects.count() + 1))
    run = upload(ActorImporter, NEW, user=user)
    url = reverse("import_mapping", args=[run.pk])
    page = client.get(url, headers={"Accept-Language": "en"}).content.decode()
    assert 'id="numbering-0"' in page
    assert "fixed-other_name" not in page
    form = {
        "column-0": "external_id",
        "column-1": "name",
        "column-2": "actor_type",
        "fixed-kind": "organisation",
    }
    client.post(url, form)
    preview = client.get(reverse("import_run", args=[run.pk]))
    assert [(note["rows"], note["value"]) for note in preview.context["notes"]] == [
        ("Zeile 2", "1"),
        ("Zeile 3", "2"),
        ("Zeile 4", "3"),
    ]
    assert "Bürgerverein" in preview.content.decode()
    assert '<option value="leave" selected>' in client.get(url).content.decode()
    client.post(url, form | {"fixed-other_name": "rename"})
    client.post(reverse("import_apply", args=[run.pk]))
    assert [actor.name for actor in Actor.objects.order_by("external_id")] == [
        "Angelverein",
        "Bürgerverein",
        "Grundschule",
    ]


# --- the command line ----------------------------------------------------------------------------------


def test_the_command_says_what_only_counts_and_what_is_left_out_and_takes_new_names_by_choice(import_file):
    out, _err = import_file("actors", OLD)
    assert "A Nr → – (only counts the rows)" in out
    assert "another name" not in out
    Actor.objects.all().delete()
    import_file("actors", OLD, "--map", "Nr=external_id")
    out, err = import_file("actors", NEW, "--map", "Nr=external_id")
    sentence = "Row 2, column A (Nr): Here the key belongs to “Bürgerverein”, not to “Angelverein”."
    assert f"{sentence} The row is left out. [1]" in out
    assert "left out: 3" in out
    assert err == ""
    assert Actor.objects.get(external_id="1").name == "Bürgerverein"
    import_file("actors", NEW, "--map", "Nr=external_id", "--take-new-names")
    assert Actor.objects.get(external_id="1").name == "Angelverein"


def test_the_option_is_refused_where_lists_have_no_key(import_file):
    _out, err = import_file("participations", "Akteur;Veranstaltung\nA;B\n", "--take-new-names")
    assert "--take-new-names" in err
