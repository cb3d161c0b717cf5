"""The pages of the import, as a browser without scripts and one with scripts use them."""

import datetime as dt
import io
import json
import re

import networkx as nx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from actors.imports import ActorImporter
from actors.models import Actor
from core.imports.models import ImportedRow, ImportRun, ImportState
from core.roles import Role
from events.models import Event, Participation
from tests.core.imports.import_runs import applied, checked
from tests.core.sheets.workbooks import packed, parts, workbook
from tests.factories.accounts import UserFactory
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.django_db

TABLE = "Nr;Name;Typ\nA1;Bürgerverein;Verein\nA2;Grundschule;Schule\n"
HOSTILE = "<script>alert(1)</script>\u202egro"


@pytest.fixture
def staff(client):
    user = UserFactory(role=Role.STAFF)
    client.force_login(user)
    return user


def file_of(content: str | bytes, name: str = "liste.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def upload(client, kind: str, content: str | bytes, name: str = "liste.csv") -> ImportRun:
    response = client.post(reverse("import_upload", args=[kind]), {"file": file_of(content, name)})
    run = ImportRun.objects.latest("pk")
    assert response["Location"] == reverse("import_mapping", args=[run.pk])
    return run


@pytest.mark.parametrize("kind", ["actors", "events", "participations", "affiliations"])
def test_a_file_that_is_sent_twice_by_one_form_is_one_import(client, staff, kind):
    page = client.get(reverse("import_upload", args=[kind])).content.decode()
    (key,) = re.findall(r'name="source_key" value="([^"]+)"', page)

    def send(content: str) -> str:
        data = {"file": file_of(content), "source_key": key}
        return client.post(reverse("import_upload", args=[kind]), data)["Location"]

    first, second = send(TABLE), send(TABLE)
    assert (first, ImportRun.objects.count()) == (second, 1)
    # As long, and of the same name, but another file.
    other = send(TABLE.replace("A1", "B1"))
    assert (other == first, ImportRun.objects.count()) == (False, 2)


def mapping_of(run: ImportRun, **changes: str) -> dict[str, str]:
    form = {f"column-{index}": key for index, key in run.mapping["columns"].items()}
    return form | {f"fixed-{key}": value for key, value in run.defaults.items()} | changes


def import_by_hand(client, kind: str, content: str, **changes: str) -> ImportRun:
    """Go through all the pages as somebody without scripts."""
    run = upload(client, kind, content)
    client.post(reverse("import_mapping", args=[run.pk]), mapping_of(run, **changes))
    preview = client.get(reverse("import_run", args=[run.pk]))
    assert preview.status_code == 200
    client.post(reverse("import_apply", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    return run


def lines_of(response) -> list[dict]:
    return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]


# --- the whole way -------------------------------------------------------------------------------------


def test_the_southern_women_go_through_by_browser(client, staff):
    graph = nx.davis_southern_women_graph()
    women, events = graph.graph["top"], graph.graph["bottom"]
    import_by_hand(
        client,
        "actors",
        "name,kind\n" + "".join(f"{woman},person\n" for woman in women),
        **{"fixed-actor_type": "resident"},
    )
    import_by_hand(
        client,
        "events",
        "event_id,title\n" + "".join(f"{event},Event {event}\n" for event in events),
        **{"fixed-event_type": "other"},
    )
    ties = "".join(f"{woman},{event}\n" for woman in women for event in graph[woman])
    run = import_by_hand(client, "participations", "name,event_id\n" + ties)
    assert (Actor.objects.count(), Event.objects.count(), Participation.objects.count()) == (18, 14, 89)
    assert client.get(reverse("import_run", args=[run.pk])).status_code == 200
    client.post(reverse("import_undo", args=[run.pk]))
    assert Participation.objects.count() == 0


def test_the_overview_shows_kinds_and_history(client, staff):
    applied(ActorImporter, TABLE, user=staff)
    page = client.get(reverse("imports")).content.decode()
    for kind in ("actors", "events", "affiliations", "participations"):
        assert reverse("import_upload", args=[kind]) in page
    assert "liste.csv" in page


def test_the_template_can_be_filled_and_uploaded(client, staff):
    response = client.get(reverse("import_upload", args=["actors"]), {"template": 1})
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet = book.worksheets[1]
    headings = [str(cell.value) for cell in sheet[1]]
    sheet.append(["A1" if h == "ID" else "Verein" if h in {"Name", "Typ"} else None for h in headings])
    buffer = io.BytesIO()
    book.save(buffer)
    run = upload(client, "actors", buffer.getvalue(), "vorlage.xlsx")
    assert len(run.mapping["columns"]) == len(headings)
    assert run.counts == {"rows": 1}


# --- mapping -------------------------------------------------------------------------------------------


def test_the_mapping_shows_columns_samples_and_what_is_required(client, staff):
    run = upload(client, "actors", TABLE)
    page = client.get(reverse("import_mapping", args=[run.pk])).content.decode()
    assert "Bürgerverein" in page
    assert '<option value="name" selected>' in page


def test_a_missing_field_and_a_double_one_are_refused_by_name(client, staff):
    run = upload(client, "actors", "Name\nA\n")
    response = client.post(reverse("import_mapping", args=[run.pk]), mapping_of(run))
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    run = upload(client, "actors", TABLE)
    response = client.post(reverse("import_mapping", args=[run.pk]), mapping_of(run, **{"column-0": "name"}))
    assert response.status_code == 422


def test_unknown_words_are_asked_once_with_a_proposal(client, staff):
    run = upload(client, "actors", "Name;Art der Gruppe\nA;Verien\nB;Quatsch\n")
    url = reverse("import_mapping", args=[run.pk])
    form = mapping_of(run, **{"column-1": "actor_type"})
    page = client.post(url, form).content.decode()
    assert "Verien" in page
    assert '<option value="association" selected>' in page
    words = {"text-actor_type": ["Verien", "Quatsch"], "meaning-actor_type": ["association", ""]}
    response = client.post(url, form | words)
    assert response["Location"] == reverse("import_run", args=[run.pk])
    run.refresh_from_db()
    assert (run.counts["create"], run.counts["error"]) == (1, 1)


def test_another_sheet_of_the_workbook_can_be_taken(client, staff):
    book = openpyxl.load_workbook(io.BytesIO(workbook([["Name"], ["A"]], title="Eins")))
    for row in (["Name", "Ort"], ["B", "C"]):
        book["Zwei" if "Zwei" in book.sheetnames else book.create_sheet("Zwei").title].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    run = upload(client, "actors", buffer.getvalue(), "liste.xlsx")
    url = reverse("import_mapping", args=[run.pk])
    client.post(url, {"sheet": "Zwei"})
    run.refresh_from_db()
    assert (run.sheet_name, run.table["headers"]) == ("Zwei", ["Name", "Ort"])
    client.post(url, {"sheet": "Drei"})
    run.refresh_from_db()
    assert run.sheet_name == "Zwei"


# --- refused files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "leer.csv"),
        (b"a;b\n1;2;3\n", "schief.csv"),
        (b'a;b\n1;"2\n', "offen.csv"),
        (b"PK\x03\x04kaputt", "kaputt.xlsx"),
        (packed(parts("<!DOCTYPE x><x/>")), "dtd.xlsx"),
        (b"%PDF-1.7", "liste.pdf"),
    ],
)
def test_a_bad_file_is_refused_on_the_page_and_leaves_nothing(client, staff, content, name):
    response = client.post(reverse("import_upload", args=["actors"]), {"file": file_of(content, name)})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert ImportRun.objects.count() == 0


def test_100_megabytes_and_no_file_at_all_are_refused(client, staff, monkeypatch):
    monkeypatch.setattr("core.sheets.limits.MAX_FILE_BYTES", 10)
    url = reverse("import_upload", args=["actors"])
    assert client.post(url, {"file": file_of("x" * 11)}).status_code == 422
    assert client.post(url).status_code == 422


# --- check, apply, undo --------------------------------------------------------------------------------


def test_errors_are_listed_by_row_and_column_and_can_be_taken_along(client, staff):
    run = checked(ActorImporter, "Name;Typ;Aktiv seit\nA;Verein;30.2.2014\n=B;Quatsch;\n", user=staff)
    page = client.get(reverse("import_run", args=[run.pk])).content.decode()
    assert "30.2.2014" in page
    url = reverse("import_errors", args=[run.pk])
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(url).content)).worksheets[1]
    rows = [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=2)]
    assert rows == [[2, "C", "Aktiv seit", "30.2.2014"], [3, "B", "Typ", "Quatsch"]]
    assert client.get(url, {"format": "csv"}).content.decode("utf-8-sig").count("\r\n") == 3


def test_faulty_rows_are_left_out_only_on_demand(client, staff):
    run = checked(ActorImporter, "Name;Typ\nA;Verein\nB;Quatsch\n", user=staff)
    url = reverse("import_apply", args=[run.pk])
    client.post(url)
    assert Actor.objects.count() == 0
    client.post(url, {"correct_only": "on"})
    assert [actor.name for actor in Actor.objects.all()] == ["A"]


def test_progress_is_told_line_by_line(client, staff):
    run = upload(client, "actors", TABLE)
    progress = {"X-Progress": "1"}
    response = client.post(reverse("import_mapping", args=[run.pk]), mapping_of(run), headers=progress)
    *steps, last = lines_of(response)
    assert steps[-1] == {"done": 4, "total": 4, "phase": "check"}
    assert last == {"redirect": reverse("import_run", args=[run.pk])}
    *steps, last = lines_of(client.post(reverse("import_apply", args=[run.pk]), headers=progress))
    assert steps[-1] == {"done": 2, "total": 2, "phase": "write"}
    assert Actor.objects.count() == 2
    last = lines_of(client.post(reverse("import_apply", args=[run.pk]), headers=progress))[-1]
    assert last.keys() == {"error", "details"}


def test_a_refused_undo_tells_who_stands_against_it(client, staff):
    run = applied(ActorImporter, TABLE, user=staff)
    ContactFactory(actors=[Actor.objects.get(external_id="A1")])
    url = reverse("import_undo", args=[run.pk])
    ((answer),) = lines_of(client.post(url, headers={"X-Progress": "1"}))
    assert "Bürgerverein" in answer["details"][0]
    response = client.post(url, follow=True)
    assert "Bürgerverein" in " ".join(map(str, response.context["messages"]))
    assert Actor.objects.filter(external_id="A1").exists()


def test_an_import_is_discarded_before_and_purged_after_it_was_applied(client, staff):
    open_run = checked(ActorImporter, TABLE, user=staff)
    client.post(reverse("import_discard", args=[open_run.pk]))
    assert not ImportRun.objects.exists()
    done = applied(ActorImporter, TABLE, user=staff)
    client.post(reverse("import_discard", args=[done.pk]))
    done.refresh_from_db()
    assert (done.is_purged, done.rows.count(), Actor.objects.count()) == (True, 0, 2)
    assert client.get(reverse("import_run", args=[done.pk])).status_code == 200


def test_hostile_text_stays_text_and_direction_marks_are_shown(client, staff):
    run = checked(ActorImporter, f"Name;Typ\n{HOSTILE};Verein\n", user=staff)
    for url in (reverse("import_mapping", args=[run.pk]), reverse("import_run", args=[run.pk])):
        page = client.get(url).content.decode()
        assert "<script>alert(1)" not in page
        assert "⟨U+202E⟩gro" in page
        assert "\u202e" not in page.replace(f'value="{HOSTILE}"', "")


# --- who may -------------------------------------------------------------------------------------------


def pages_of(run: ImportRun) -> list[tuple[str, str]]:
    names = ["import_run", "import_mapping", "import_errors"]
    actions = ["import_mapping", "import_apply", "import_undo", "import_discard"]
    return [
        ("get", reverse("imports")),
        ("get", reverse("import_upload", args=["actors"])),
        ("post", reverse("import_upload", args=["actors"])),
        *(("get", reverse(name, args=[run.pk])) for name in names),
        *(("post", reverse(name, args=[run.pk])) for name in actions),
    ]


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.READER])
def test_for_volunteers_and_readers_there_is_no_import(client, role):
    run = checked(ActorImporter, TABLE)
    client.force_login(UserFactory(role=role))
    assert {getattr(client, method)(url).status_code for method, url in pages_of(run)} == {404}
    assert ImportRun.objects.get().state == ImportState.CHECKED


def test_staff_finds_only_its_own_imports_and_management_all(client, staff):
    foreign = checked(ActorImporter, TABLE, user=UserFactory(role=Role.STAFF))
    for method, url in pages_of(foreign)[3:]:
        assert getattr(client, method)(url).status_code == 404
    client.force_login(UserFactory(role=Role.MANAGEMENT))
    assert client.get(reverse("import_run", args=[foreign.pk])).status_code == 200
    assert Actor.objects.count() == 0


def test_rows_are_seen_by_whoever_sees_their_import():
    owner, colleague = UserFactory(role=Role.STAFF), UserFactory(role=Role.STAFF)
    checked(ActorImporter, TABLE, user=owner)
    assert ImportedRow.objects.visible_to(owner).count() == 2
    assert ImportedRow.objects.visible_to(colleague).count() == 0


def test_an_unknown_kind_of_import_does_not_exist(client, staff):
    assert client.get(reverse("import_upload", args=["accounts"])).status_code == 404


# --- what is kept --------------------------------------------------------------------------------------


def test_old_imports_lose_their_rows_and_open_ones_go_altogether():
    done, fresh = applied(ActorImporter, TABLE), applied(ActorImporter, TABLE)
    forgotten = checked(ActorImporter, TABLE)
    long_ago = timezone.now() - dt.timedelta(days=91)
    ImportRun.objects.filter(pk__in=[done.pk, forgotten.pk]).update(created_at=long_ago)
    call_command("purge_imports", stdout=io.StringIO())
    assert {run.pk: run.is_purged for run in ImportRun.objects.all()} == {done.pk: True, fresh.pk: False}
    assert set(ImportedRow.objects.values_list("run", flat=True)) == {fresh.pk}
