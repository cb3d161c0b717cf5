"""Where the headings of a table stand, whether there are any, and who says so: no first record is lost."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from actors.imports import ActorImporter, AffiliationImporter
from actors.models import Actor
from core.imports.importer import Importer
from core.imports.models import ImportRun
from core.imports.pipeline import ImportRefused, check_run, choose_headings
from core.roles import Role
from core.sheets import errors
from core.sheets.errors import SheetError
from events.imports import EventImporter, ParticipationImporter
from tests.core.imports.import_runs import take, upload
from tests.core.sheets.workbooks import workbook
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

BARE = "Bürgerverein;Verein;Wolfsburg\nGrundschule;Schule;Wolfsburg\n"
QUESTION = "Does row 1 hold the headings, or is it already the first record?"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def staff(client):
    user = UserFactory(role=Role.STAFF)
    client.force_login(user)
    return user


@pytest.fixture
def import_file(tmp_path):
    def run(table: str, *options: str) -> tuple[str, str]:
        path = tmp_path / "liste.csv"
        path.write_text(table)
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_file", "actors", str(path), *options, stdout=out, stderr=err)
        except CommandError as error:
            err.write(f"refused: {error}")
        return out.getvalue(), err.getvalue()

    return run


def place_of(importer: type[Importer], table: str | bytes) -> tuple[int, bool]:
    """Return the row that was taken for the headings, and whether that is in doubt."""
    run = upload(importer, table)
    return run.table["header_row"], run.table["doubt"]


# --- noticed -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("importer", "table"),
    [
        (ActorImporter, BARE),
        (ActorImporter, "Bürgerverein;Verein;05361 1234\nGrundschule;Schule;05361 99\n"),
        (ActorImporter, "Ada Beispiel\nBo Muster\n"),
        (ActorImporter, "Ada Beispiel;Person;ada@example.org\nBo Muster;Person;\n"),
        (ActorImporter, "Ort der Stille;Verein;38444;2014\nOrt;Verein;38444;2015\n"),
        (EventImporter, "Sommerfest;Stadtteilfest;12.6.2014\nHerbstfest;Stadtteilfest;1.10.2014\n"),
        (ParticipationImporter, "A1;E1\nA2;E1\n"),
        (ParticipationImporter, "Ada Beispiel;Sommerfest\nBo Muster;Sommerfest\n"),
        (AffiliationImporter, "Ada Beispiel;Bürgerverein;Vorsitz\nBo Muster;Bürgerverein;\n"),
        (ActorImporter, workbook([["Bürgerverein", "Verein", 38444], ["Kita", "Kita", 38440]])),
    ],
)
def test_a_first_row_that_may_be_data_is_noticed(importer, table):
    assert place_of(importer, table) == (1, True)


@pytest.mark.parametrize(
    ("importer", "table"),
    [
        (ActorImporter, "Name;Typ\nA;Verein\n"),
        (ActorImporter, "Verein;Ort\nBürgerverein;Wolfsburg\n"),
        (ActorImporter, "Name;Lieblingsfarbe;Hund;2014;2015\nA;rot;Rex;1;2\n"),
        (ActorImporter, "Name;Ort\nA;B\nName;Ort\nC;D\n"),
        (EventImporter, "Titel;Datum\nFest;12.6.2014\n"),
        (AffiliationImporter, "Person;Organisation\nA;B\n"),
        (ParticipationImporter, "actor_id;event_id\nA;B\n"),
        (ParticipationImporter, "Teilnehmende;Veranstaltung\nA;B\n"),
    ],
)
def test_headings_that_are_known_are_not_asked_about(importer, table):
    assert place_of(importer, table) == (1, False)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("Akteursliste 2014\n\nName;Typ\nA;Verein\n", 3),
        ("Adressen;Stand 2024;;\n;;;\nName;Typ;Ort;PLZ\nA;Verein;X;1\n", 3),
        ("Teilnehmerliste\n\nName\nAda\n", 3),
        (workbook([["Adressen", "Stand 2024"], [], ["lfd. Nr.", "Name", "Ort"], [1, "A", "B"]]), 3),
        (workbook([[], [], ["Name", "Ort"], [], ["A", "B"]]), 3),
    ],
)
def test_titles_and_blank_rows_above_the_headings_are_passed_over(table, row):
    assert place_of(ActorImporter, table) == (row, False)


# --- set -----------------------------------------------------------------------------------------------


def test_a_table_without_headings_keeps_its_first_row():
    run = upload(ActorImporter, BARE)
    choose_headings(run=run, importer=ActorImporter, row=0)
    run.refresh_from_db()
    assert (run.table["header_row"], run.table["headers"], run.table["doubt"]) == (0, ["", "", ""], False)
    assert run.table["source_row_numbers"] == [1, 2]
    assert run.table["rows"][0] == ["Bürgerverein", "Verein", "Wolfsburg"]
    assert (run.counts, run.mapping["columns"]) == ({"rows": 2}, {})


def test_the_headings_can_be_taken_from_another_row_and_back():
    run = upload(ActorImporter, workbook([["Liste"], ["Name", "Ort"], ["A", 38444], ["B", None]]))
    before = run.table | {"head": None}
    choose_headings(run=run, importer=ActorImporter, row=3)
    assert (run.table["headers"], run.table["rows"]) == (["A", "38444"], [["B", None]])
    choose_headings(run=run, importer=ActorImporter, row=0)
    assert run.table["rows"] == [["Liste", None], ["Name", "Ort"], ["A", 38444], ["B", None]]
    choose_headings(run=run, importer=ActorImporter, row=2)
    assert run.table | {"head": None} == before


@pytest.mark.parametrize("row", [-1, 3, 99])
def test_a_row_that_is_not_there_or_leaves_no_data_is_refused(row):
    run = upload(ActorImporter, "Name;Ort\nA;B\n")
    with pytest.raises(SheetError):
        choose_headings(run=run, importer=ActorImporter, row=row)


def test_nothing_is_checked_as_long_as_it_is_open():
    run = upload(ActorImporter, BARE, columns={0: "name", 1: "actor_type"}, defaults={"kind": "organisation"})
    with pytest.raises(ImportRefused, match="hold the headings"):
        take(check_run(run=run, importer=ActorImporter))
    choose_headings(run=run, importer=ActorImporter, row=1)
    assert run.table["doubt"] is False


# --- the pages -----------------------------------------------------------------------------------------


def test_the_wizard_asks_and_the_first_record_arrives(client, staff):
    client.post(
        reverse("import_upload", args=["actors"]), {"file": SimpleUploadedFile("liste.csv", BARE.encode())}
    )
    run = ImportRun.objects.get()
    url = reverse("import_mapping", args=[run.pk])
    page = client.get(url).content.decode()
    assert '<button class="btn btn-outline" type="submit" name="headings" value="0">' in page
    form = {"column-0": "name", "column-1": "actor_type", "column-2": "city", "fixed-kind": "organisation"}
    response = client.post(url, form)
    assert response.status_code == 422
    assert len(response.context["form"].errors) == 1
    client.post(url, {"headings": "0"})
    assert 'name="headings" value="0">' not in client.get(url).content.decode()
    client.post(url, form)
    client.post(reverse("import_apply", args=[run.pk]))
    assert [actor.name for actor in Actor.objects.order_by("pk")] == ["Bürgerverein", "Grundschule"]


@pytest.mark.parametrize("value", ["", "x", "-1", "\0", "9" * 200_000, "²", "1.5", "4"])
def test_a_row_that_cannot_be_is_refused_in_words(client, staff, value):
    run = upload(ActorImporter, "Name;Ort\nA;B\n", user=staff)
    response = client.post(reverse("import_mapping", args=[run.pk]), {"headings": value}, follow=True)
    assert [str(message) for message in response.context["messages"]] == [str(errors.NO_SUCH_ROW)]


# --- the command line ----------------------------------------------------------------------------------


def test_the_command_asks_and_is_told(import_file):
    _out, err = import_file(BARE)
    assert err == (
        f"refused: {QUESTION} [Bürgerverein · Verein · Wolfsburg] "
        "Please add --headings 1, or --headings 0 if the first row is already data."
    )
    assert (Actor.objects.count(), ImportRun.objects.count()) == (0, 0)
    out, err = import_file(
        BARE, "--headings", "0", "--map", "A=name", "--map", "B=actor_type", "--map", "C=city"
    )
    assert "No headings: the first row is data." in out
    assert err == ""
    assert [actor.name for actor in Actor.objects.order_by("pk")] == ["Bürgerverein", "Grundschule"]


def test_the_command_takes_headings_from_the_row_it_is_given(import_file):
    table = "Unsere;Liste\nWer;Was\nBürgerverein;Verein\n"
    mapping = ("--map", "Wer=name", "--map", "Was=actor_type")
    out, err = import_file(table, "--headings", "2", *mapping)
    assert ("Headings in row 2." in out, err) == (True, "")
    assert [actor.name for actor in Actor.objects.all()] == ["Bürgerverein"]
    _out, err = import_file(table, "--headings", "7", *mapping)
    assert err == f"refused: {errors.NO_SUCH_ROW}"


def test_who_calls_a_column_by_its_heading_has_answered(import_file):
    table = "Wer;Was\nBürgerverein;Verein\n"
    _out, err = import_file(table, "--map", "Wer=name", "--map", "Was=actor_type")
    assert (err, Actor.objects.count()) == ("", 1)
