"""What a tampered form or a stray program sends to the pages of an import: refused in words, no fault."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.imports.models import ImportRun, ImportState
from core.roles import Role
from core.sheets import errors
from core.sheets.errors import SheetError
from core.sheets.reader import read_table
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

TABLE = "Nr;Name;Typ\nA1;Bürgerverein;Verein\nA2;Grundschule;Schule\n"
HOSTILE = {
    "NUL": "\0",
    "NUL inside": "a\0b",
    "200,000 characters": "x" * 200_000,
    "empty": "",
    "unknown": "gibt es nicht",
    "direction": "\u202eabc",
    "newline": "a\r\nb",
}
hostile = pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())


@pytest.fixture
def staff(client):
    user = UserFactory(role=Role.STAFF)
    client.force_login(user)
    return user


def two_sheets() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Eins"
    book.create_sheet("Zwei")
    for sheet in book.worksheets:
        sheet.append(["Name", "Typ"])
        sheet.append([f"Verein {sheet.title}", "Verein"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(client, content: bytes, name: str) -> ImportRun:
    client.post(reverse("import_upload", args=["actors"]), {"file": SimpleUploadedFile(name, content)})
    return ImportRun.objects.get()


def mapping_of(run: ImportRun, **changes: str) -> dict[str, str]:
    form = {f"column-{index}": key for index, key in run.mapping["columns"].items()}
    return form | {f"fixed-{key}": value for key, value in run.defaults.items()} | changes


@hostile
def test_a_sheet_that_is_not_in_the_workbook_is_refused_in_words(client, staff, value):
    run = upload(client, two_sheets(), "liste.xlsx")
    url = reverse("import_mapping", args=[run.pk])
    response = client.post(url, {"sheet": value}, follow=True)
    assert [str(message) for message in response.context["messages"]] == [str(errors.NO_SUCH_SHEET)]
    run.refresh_from_db()
    assert (run.sheet_name, run.table["headers"]) == ("Eins", ["Name", "Typ"])


@hostile
def test_no_door_reads_a_sheet_that_the_workbook_does_not_have(value):
    for data, name in ((two_sheets(), "liste.xlsx"), (TABLE.encode(), "liste.csv")):
        with pytest.raises(SheetError) as caught:
            read_table(data, name, sheet=value)
        assert caught.value.message == errors.NO_SUCH_SHEET


@hostile
@pytest.mark.parametrize("name", ["column-0", "column-1", "column-x", "column-99999"])
def test_a_column_is_assigned_to_nothing_that_is_not_a_field(client, staff, value, name):
    run = upload(client, TABLE.encode(), "liste.csv")
    response = client.post(reverse("import_mapping", args=[run.pk]), mapping_of(run, **{name: value}))
    assert response.status_code in {302, 422}
    run.refresh_from_db()
    assert set(run.mapping["columns"].values()) <= {"external_id", "name", "actor_type"}


@hostile
@pytest.mark.parametrize("key", ["district", "kind", "actor_type", "topics", "nothing"])
def test_values_for_all_rows_are_cleaned_or_refused(client, staff, value, key):
    run = upload(client, TABLE.encode(), "liste.csv")
    url = reverse("import_mapping", args=[run.pk])
    response = client.post(url, mapping_of(run, **{f"fixed-{key}": value}), follow=True)
    assert response.status_code in {200, 422}
    run.refresh_from_db()
    assert "\0" not in str(run.defaults.values())
    assert all(len(text) <= 1000 for text in run.defaults.values())
    assert set(run.defaults) <= {"kind", "district", "actor_type", "topics", "other_name"}


def test_an_endless_value_for_all_rows_is_refused_with_its_name(client, staff):
    run = upload(client, TABLE.encode(), "liste.csv")
    form = mapping_of(run, **{"fixed-district": "x" * 1001})
    response = client.post(reverse("import_mapping", args=[run.pk]), form)
    assert response.status_code == 422
    assert response.context["form"].errors == [
        "Der Wert für alle Zeilen von „Quartier“ ist länger als 1000 Zeichen."
    ]


@hostile
def test_only_words_that_were_asked_about_get_a_meaning_that_was_offered(client, staff, value):
    run = upload(client, b"Name;Typ\nA;Quatsch\nB;Verein\n", "liste.csv")
    url = reverse("import_mapping", args=[run.pk])
    words = {"text-actor_type": [value, "Quatsch"], "meaning-actor_type": ["association", value]}
    response = client.post(url, mapping_of(run) | words)
    assert response["Location"] == reverse("import_run", args=[run.pk])
    run.refresh_from_db()
    assert run.mapping["values"] == {"actor_type": {"Quatsch": ""}}
    assert (run.counts["create"], run.counts["error"]) == (1, 1)


@hostile
def test_the_preview_and_its_lists_take_any_question(client, staff, value):
    run = upload(client, TABLE.encode(), "liste.csv")
    client.post(reverse("import_mapping", args=[run.pk]), mapping_of(run))
    run.refresh_from_db()
    assert run.state == ImportState.CHECKED
    for name, query in (
        ("import_run", {"show": value}),
        ("import_run", {"page": value}),
        ("import_errors", {"format": value}),
        ("imports", {"page": value}),
    ):
        url = reverse(name, args=[] if name == "imports" else [run.pk])
        assert client.get(url, query).status_code == 200


@pytest.mark.parametrize("number", ["0", "9" * 25, "9" * 5000])
@pytest.mark.parametrize("page", ["", "mapping/", "errors/", "apply/", "undo/", "discard/"])
def test_the_number_of_an_import_that_cannot_be_is_not_found(client, staff, number, page):
    address = f"/imports/{number}/{page}"
    send = client.post if page in {"apply/", "undo/", "discard/"} else client.get
    assert send(address).status_code == 404


@hostile
def test_a_file_may_be_called_anything(client, staff, value):
    name = value or "leer"
    response = client.post(
        reverse("import_upload", args=["actors"]), {"file": SimpleUploadedFile(f"{name}.csv", TABLE.encode())}
    )
    assert response.status_code == 302
    assert "\0" not in ImportRun.objects.get().file_name


def test_text_in_place_of_the_file_is_no_file(client, staff):
    response = client.post(reverse("import_upload", args=["actors"]), {"file": "a\0b"})
    assert response.status_code == 422
