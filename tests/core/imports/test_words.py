"""Words that a vocabulary does not know: asked about once each, also where a cell holds several."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from actors.imports import ActorImporter
from actors.models import Actor
from core.imports.importer import Importer
from core.imports.models import ImportRun
from core.imports.pipeline import bound_importer, unknown_values
from core.roles import Role
from events.imports import EventImporter
from events.models import Event
from tests.core.imports.import_runs import applied, checked, counts, errors, upload
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

EVENT = "Veranstaltung;Typ;Datum;Handlungsfelder\nB;Sonstige;1.2.2020;Kultur\n"
LISTS = [
    (ActorImporter, "Name;Typ;Themen\n{cell}", "A;Verein;"),
    (EventImporter, "Titel;Typ;Datum;Handlungsfelder\n{cell}", "A;Sonstige;1.2.2020;"),
]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def staff(client):
    user = UserFactory(role=Role.STAFF)
    client.force_login(user)
    return user


def unknown_words(importer: type[Importer], table: str) -> dict[str, list[str]]:
    run = upload(importer, table)
    return unknown_values(run, bound_importer(run, importer))


def import_file(tmp_path, kind: str, table: str, *options: str) -> tuple[str, str]:
    path = tmp_path / "liste.csv"
    path.write_text(table)
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_file", kind, str(path), *options, stdout=out, stderr=err)
    except CommandError as error:
        err.write(f"refused: {error}")
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize(("importer", "table", "row"), LISTS)
def test_an_unknown_word_among_several_is_an_error_that_names_the_word(importer, table, row):
    run = checked(importer, table.format(cell=f"{row}Bildung, Kultur, Xylophon\n"))
    column = "D" if importer is EventImporter else "C"
    assert errors(run) == [
        (2, column, "“Kultur” is not known here. Did you mean “Neighbourhood culture”?"),
        (2, column, "“Xylophon” is not known here."),
    ]
    assert [value for _column, value, _reason in run.rows.get().errors] == ["Kultur", "Xylophon"]


@pytest.mark.parametrize(("importer", "table", "row"), LISTS)
def test_every_unknown_word_is_asked_about_once_however_often_it_stands(importer, table, row):
    cells = ["Kultur", "Bildung, kultur", "Kunst|Klima|KULTUR", "Kunst"]
    rows = "".join(f"{row.replace('A', f'A{n}', 1)}{cell}\n" for n, cell in enumerate(cells))
    assert unknown_words(importer, table.format(cell=rows)) == {"topics": ["Kultur", "Kunst"]}


@pytest.mark.parametrize(("importer", "table", "row"), LISTS)
def test_a_word_among_several_can_be_given_a_meaning_or_left_out(importer, table, row):
    run = applied(
        importer,
        table.format(cell=f"{row}Bildung, Kultur, Kunst\n"),
        values={"topics": {"kultur": "climate", "Kunst": "-"}},
    )
    assert counts(run) == (1, 0, 0, 0)
    record = importer.model.objects.get()
    assert {topic.code for topic in record.topics.all()} == {"education", "climate"}


def test_a_cell_of_left_out_words_says_nothing():
    applied(ActorImporter, "Name;Typ;Themen\nA;Verein;Bildung\n")
    run = applied(ActorImporter, "Name;Typ;Themen\nA;Verein;Kunst\n", values={"topics": {"Kunst": "-"}})
    assert counts(run) == (0, 0, 1, 0)
    assert [topic.code for topic in Actor.objects.get().topics.all()] == ["education"]


def test_a_single_word_can_be_left_out_too_and_the_value_for_all_rows_takes_its_place():
    table = "Name;Typ\nA;Verein\nB;Gruppe 7\n"
    left_out = {"actor_type": {"Gruppe 7": "-"}}
    run = checked(ActorImporter, table, values=left_out)
    assert errors(run) == [(3, "B", "A value is missing here.")]
    applied(ActorImporter, table, values=left_out, defaults={"actor_type": "other"})
    types = Actor.objects.order_by("name").values_list("actor_type__code", flat=True)
    assert list(types) == ["association", "other"]


def test_terms_are_parted_by_slash_and_and_where_each_part_is_a_term():
    applied(ActorImporter, "Name;Typ;Themen\nA;Verein;Bildung/Klima\nB;Verein;Bildung und Klima\n")
    for actor in Actor.objects.all():
        assert {topic.code for topic in actor.topics.all()} == {"education", "climate"}


# --- the pages -----------------------------------------------------------------------------------------


def test_the_wizard_asks_what_an_unknown_topic_means(client, staff):
    upload(EventImporter, EVENT, user=staff)
    run = ImportRun.objects.get()
    url = reverse("import_mapping", args=[run.pk])
    page = client.get(url).content.decode()
    assert '<input type="hidden" name="text-topics" value="Kultur">' in page
    form = {f"column-{index}": key for index, key in run.mapping["columns"].items()}
    form |= {f"fixed-{key}": value for key, value in run.defaults.items()}
    assert client.post(url, form).status_code == 200
    response = client.post(url, form | {"text-topics": "Kultur", "meaning-topics": "education"})
    assert response["Location"] == reverse("import_run", args=[run.pk])
    client.post(reverse("import_apply", args=[run.pk]))
    assert [topic.code for topic in Event.objects.get().topics.all()] == ["education"]


def test_a_word_over_two_lines_is_asked_about_once_and_for_all(client, staff):
    run = upload(ActorImporter, 'Name;Typ\nA;"Verein\nmit Haus"\n', user=staff)
    url = reverse("import_mapping", args=[run.pk])
    form = {"column-0": "name", "column-1": "actor_type", "fixed-kind": "organisation"}
    # Browsers send line breaks as CR LF.
    answer = {"text-actor_type": "Verein\r\nmit Haus", "meaning-actor_type": "association"}
    assert client.post(url, form | answer).status_code == 302
    run.refresh_from_db()
    assert (run.counts["create"], run.counts["error"]) == (1, 0)


# --- the command line ----------------------------------------------------------------------------------


def test_the_command_names_row_column_and_word(tmp_path):
    _out, err = import_file(tmp_path, "events", EVENT)
    assert "Row 2, column D (Handlungsfelder): “Kultur” is not known here. Did you mean" in err
    assert "refused: Some rows are faulty." in err
    assert Event.objects.count() == 0


def test_the_command_takes_what_a_word_means(tmp_path):
    _out, err = import_file(tmp_path, "events", EVENT, "--value", "topics:Kultur=education")
    assert err == ""
    assert [topic.code for topic in Event.objects.get().topics.all()] == ["education"]


def test_an_unknown_topic_for_all_rows_is_refused_by_name(tmp_path):
    _out, err = import_file(tmp_path, "events", "Titel;Typ\nA;Sonstige\n", "--set", "topics=Xylophon")
    assert err == "refused: Topics: “Xylophon” is not known here."


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ("themen:Kultur=education", "There is no field “themen”."),
        ("Kultur=education", "Please write FIELD:WORD=VALUE, not: Kultur=education"),
    ],
)
def test_a_meaning_that_would_not_count_is_refused(tmp_path, option, reason):
    _out, err = import_file(tmp_path, "events", EVENT, "--value", option)
    assert reason in err
    assert Event.objects.count() == 0
