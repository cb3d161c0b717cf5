"""Actors that have ended are marked wherever a report names them, as of the end of its period."""

import datetime as dt
import io
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from django.utils import translation

from reports.builders.concerns.report import build_concerns_report
from reports.builders.continuity.report import build_continuity_report
from reports.builders.coverage.report import build_coverage_report
from reports.builders.network.report import build_network_report
from reports.renderers.docx import render_docx
from reports.renderers.json import canonical_json
from reports.renderers.json_reading import read_report
from reports.renderers.texts import cell_text
from reports.renderers.xlsx import render_xlsx
from reports.report import Report, Table
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import ConcernFactory
from tests.factories.events import EventSeriesFactory, SeriesCarrierFactory
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)
BUILDERS: dict[str, Any] = {
    "network": build_network_report,
    "continuity": lambda request: build_continuity_report(request, programme_end=None),
    "coverage": build_coverage_report,
    "concerns": build_concerns_report,
}


def build(kind: str = "network", *, role: str = "staff", end: dt.date | None = None) -> Report:
    with translation.override("en"):
        user = UserFactory.create(role=role)
        report: Report = BUILDERS[kind](request_for(user, start=None, end=end, now=NOW, key="k"))
    return report


def name_of(table: Table, name: str, column: int = 0) -> str:
    (text,) = [
        cell_text(row[column], table.columns[column]) for row in table.rows if row[column].value == name
    ]
    return text


@pytest.fixture
def kiosk(meet: Any) -> Any:
    """A shop that came in May 2019 and whose last day was the end of that year."""
    kiosk = ActorFactory.create(name="Kiosk", active_until=dt.date(2020, 1, 1))
    meet(kiosk, *ActorFactory.create_batch(3), start_date=dt.date(2019, 5, 1))
    return kiosk


@pytest.mark.usefixtures("kiosk")
@pytest.mark.parametrize(
    ("end", "text"),
    [
        (None, "Kiosk (ended on 31 Dec 2019)"),
        (dt.date(2020, 1, 2), "Kiosk (ended on 31 Dec 2019)"),
        (dt.date(2020, 1, 1), "Kiosk"),
    ],
)
def test_who_has_ended_by_the_end_of_the_period_is_marked(end, text):
    report = build(end=end)

    assert name_of(report.table("key_actors"), "Kiosk") == text
    assert ("Kiosk (ended)" in str(report.table("components").rows[0][2].value)) == (text != "Kiosk")


@pytest.mark.usefixtures("kiosk")
def test_the_mark_is_seen_in_every_form_and_kept_with_a_report(client: Client):
    report, text = build(), "Kiosk (ended on 31 Dec 2019)"

    with translation.override("en"):
        book = openpyxl.load_workbook(io.BytesIO(render_xlsx(report)))
        word = docx.Document(io.BytesIO(render_docx(report)))
        kept = read_report(canonical_json(report))
    assert text in {cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert text in {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert name_of(kept.table("key_actors"), "Kiosk") == text
    client.force_login(UserFactory.create())
    assert "Kiosk (beendet am 31.12.2019)" in client.get("/reports/network/").content.decode()


def test_readers_do_not_learn_when_somebody_behind_a_pseudonym_ended(meet):
    person = PersonFactory.create(active_until=dt.date(2020, 1, 1))
    meet(
        person, *PersonFactory.create_batch(4), *ActorFactory.create_batch(5), start_date=dt.date(2019, 5, 1)
    )

    assert [row[0].mark for row in build().table("key_actors").rows].count("ended on 31 Dec 2019") == 1
    reader = build(role="reader")
    assert [row[0].mark for row in reader.table("key_actors").rows] == [""] * 10
    assert "ended" not in str(reader.table("components").rows)


@pytest.mark.usefixtures("kiosk")
def test_those_to_be_asked_again_and_the_carriers_of_today_are_marked_too(kiosk):
    SeriesCarrierFactory.create(series=EventSeriesFactory.create(), actor=kiosk)
    ConcernFactory.create(raised_on=dt.date(2019, 5, 1), forwarded_to=kiosk, forwarded_on=dt.date(2019, 5, 2))
    text = "Kiosk (ended on 31 Dec 2019)"

    assert name_of(build("coverage").table("earlier"), "Kiosk") == text
    # Who carries a format is told of today, whatever the period.
    early = build("continuity", end=dt.date(2019, 6, 1))
    assert name_of(early.table("carriers"), "Kiosk") == text
    assert name_of(build("concerns").table("departments"), "Kiosk") == text
    early = build("concerns", end=dt.date(2019, 6, 1))
    assert name_of(early.table("departments"), "Kiosk") == "Kiosk"
