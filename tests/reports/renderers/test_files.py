"""All files of one report tell the same: each is opened again by a library of its own."""

import datetime as dt
import io
import json
import re
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from django.utils import timezone, translation

from reports.kinds import KINDS
from reports.renderers.files import FILE_FORMATS, file_name
from reports.renderers.html import render_html
from reports.renderers.texts import cell_text
from reports.report import Report, Table
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ConcernFactory
from tests.factories.events import EventFactory, ParticipationFactory
from tests.factories.reports import small_report

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2022, 1, 1, 12))


@pytest.fixture(autouse=True)
def _german():
    with translation.override("de"):
        yield


@pytest.fixture(params=KINDS)
def report(request: Any) -> Report:
    """A report of each kind on a small register."""
    names = ["Ähre", "Öse & Co. <b>", "=Übel", "Straße 9"]
    user = UserFactory.create(role="staff")
    actors = [ActorFactory.create(name=name, responsible=user) for name in names]
    for year in range(2017, 2022):
        event = EventFactory.create(start_date=dt.date(year, 6, 15))
        for actor in actors[: 2 + year % 3]:
            ParticipationFactory.create(event=event, actor=actor)
    ConcernFactory.create(
        raised_on=dt.date(2021, 5, 1), forwarded_to=actors[0], forwarded_on=dt.date(2021, 5, 2)
    )
    kind = KINDS[request.param]
    form = kind.form({"person": user.pk})  # asked for by the hand-over sheet only
    assert form.is_valid()
    return kind.build(viewer=user, form=form, key="k", now=NOW)


def tables(report: Report) -> list[Table]:
    blocks = [block for section in report.sections for block in section.blocks]
    return [block for block in blocks if isinstance(block, Table) and block.rows]


def rows(table: Table) -> list[list[str]]:
    return [[cell_text(cell, column) for column, cell in pairs] for pairs in table.pairs()]


def written(report: Report, suffix: str) -> io.BytesIO:
    return io.BytesIO(FILE_FORMATS[suffix].render(report, "https://netz.example.org"))


def plain(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def test_word_holds_the_same_rows(report):
    assert tables(report)
    document = docx.Document(written(report, "docx"))
    rows_of_tables = [
        [[cell.text for cell in row.cells] for row in table.rows[1:]] for table in document.tables
    ]
    assert rows_of_tables == [rows(table) for table in tables(report)]


def test_pdf_holds_the_same_rows_in_the_same_order(report):
    texts = plain("".join(page.extract_text() for page in pypdf.PdfReader(written(report, "pdf")).pages))
    place = 0
    for table in tables(report):
        for row in rows(table):
            for text in row:
                position = texts.find(plain(text), place)
                assert position >= 0, (table.key, row, texts[place : place + 200])
                place = position


def test_excel_holds_the_same_values(report):
    book = openpyxl.load_workbook(written(report, "xlsx"))
    lines = [
        tuple(cell.value for cell in row if cell.value is not None)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
    ]
    for table in tables(report):
        for row in table.rows:
            values = tuple(as_text(cell.value) for cell in row if cell.value != "")
            assert any(same(line, values) for line in lines), (table.key, values)


def as_text(value: Any) -> Any:
    """Return a value as a workbook gives it back: a day as its midnight, a number as near as it is stored."""
    if value is None:
        return "–"
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    return float(value) if isinstance(value, Decimal) else value


def same(line: tuple[Any, ...], values: tuple[Any, ...]) -> bool:
    pairs = zip(line, values, strict=False)
    return len(line) >= len(values) and all(
        actual == (pytest.approx(value) if isinstance(value, float) else value) for actual, value in pairs
    )


def test_json_holds_the_same_values(report):
    sections = json.load(written(report, "json"))["sections"]
    blocks = [block for section in sections for block in section["blocks"] if block["type"] == "table"]
    values_of_tables = [
        [[cell["value"] for cell in row] for row in block["rows"]] for block in blocks if block["rows"]
    ]
    expected = [[[plain_value(cell.value) for cell in row] for row in table.rows] for table in tables(report)]
    assert values_of_tables == expected


def plain_value(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def test_the_page_holds_the_same_rows(report, rf):
    request = rf.get("/reports/")
    request.user = UserFactory.create(role="staff")
    request.htmx = False
    page = render_html(report, request=request, context={})
    cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)]
    expected = [text for table in tables(report) for row in rows(table) for text in row]
    assert [
        cell.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for cell in cells
    ] == expected


def test_files_are_called_after_report_period_and_day():
    assert file_name(small_report()) == "Netzwerkbericht 2019–2020 2022-01-01"
