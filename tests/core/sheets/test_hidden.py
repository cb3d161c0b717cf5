"""What is hidden in a workbook: read like all else, and mentioned."""

import io

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from actors.imports import ActorImporter
from actors.models import Actor
from core.imports.table_notes import table_notes
from core.roles import Role
from core.sheets.reader import Sheet, read_table
from tests.core.imports.import_runs import applied, checked, upload
from tests.core.sheets.workbooks import HEAD, packed, parts, row, sheet_xml, text_cell
from tests.factories.accounts import UserFactory

NOTES = [
    "Rows 3, 5 (2 rows) are hidden in the workbook, perhaps by a filter. They are read like the others.",
    "This column is hidden in the workbook: B Typ.",
    "The workbook has hidden sheets that are not read: geheim, sehr geheim.",
]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def hiding() -> bytes:
    """Return a workbook with hidden rows, a hidden column and hidden sheets."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for values in (["Name", "Typ", "Ort"], *([f"Verein {n}", "Verein", "Ort"] for n in range(2, 7))):
        sheet.append(values)
    for number in (3, 5, 9):  # the last one is empty
        sheet.row_dimensions[number].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["F"].hidden = True
    book.create_sheet("geheim").sheet_state = "hidden"
    book.create_sheet("sehr geheim").sheet_state = "veryHidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(rows: str, **around: str) -> Sheet:
    return read_table(packed(parts(sheet_xml(HEAD + rows, **around))))


def test_hidden_rows_columns_and_sheets_are_told():
    sheet = read_table(hiding())
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.hidden_sheets) == (
        [3, 5],
        [1, 5],
        ["geheim", "sehr geheim"],
    )
    assert sheet.source_row_numbers == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("attribute", "numbers"),
    [
        ('hidden="1"', [2]),
        ('hidden="true"', [2]),
        ('ht="0" customHeight="1"', [2]),
        ('hidden="0"', []),
        ('hidden="x"', []),
        ("", []),
    ],
)
def test_a_row_is_hidden_when_its_xml_says_so(attribute, numbers):
    hidden = row(2, text_cell("A2", "Verein")).replace("<row ", f"<row {attribute} ")
    assert read(hidden).hidden_rows == numbers


@pytest.mark.parametrize(
    ("column", "indexes"),
    [
        ('<col min="2" max="2" hidden="1"/>', [1]),
        ('<col min="2" max="2" width="0"/>', [1]),
        ('<col min="199" max="16384" hidden="1"/>', [198, 199]),
        ('<col min="0" max="1" hidden="1"/>', [0]),
        ('<col min="-5" max="99999999999" hidden="0"/>', []),
        ('<col min="x" max="2" hidden="1"/>', []),
        ('<col hidden="1"/>', []),
        ('<col min="3" max="1" hidden="1"/>', []),
    ],
)
def test_columns_are_hidden_as_far_as_a_table_may_reach(column, indexes):
    sheet = read(row(2, text_cell("A2", "Verein")), before=f"<cols>{column}</cols>")
    assert sheet.hidden_columns == indexes


def test_a_csv_file_hides_nothing():
    sheet = read_table(b"Name\nA\n", "liste.csv")
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.hidden_sheets) == ([], [], [])


@pytest.mark.django_db
def test_the_pages_mention_what_is_hidden_before_anything_is_written(client):
    user = UserFactory(role=Role.STAFF)
    client.force_login(user)
    run = upload(ActorImporter, hiding(), user=user)
    assert table_notes(run) == NOTES
    run = checked(ActorImporter, hiding(), user=user)
    for name in ("import_mapping", "import_run"):
        response = client.get(reverse(name, args=[run.pk]))
        assert len(response.context["table_notes"]) == len(NOTES)
        assert "sehr geheim" in response.content.decode()
    done = applied(ActorImporter, hiding(), user=user)
    assert client.get(reverse("import_run", args=[done.pk])).status_code == 200
    assert Actor.objects.count() == 5


@pytest.mark.django_db
def test_the_command_mentions_what_is_hidden(tmp_path):
    path = tmp_path / "liste.xlsx"
    path.write_bytes(hiding())
    out = io.StringIO()
    call_command("import_file", "actors", str(path), "--dry-run", stdout=out)
    assert out.getvalue().splitlines()[:3] == NOTES
