"""A year without any held event has no figures in any table, and its place in every chart."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from reports.builders.activity.report import build_activity_report
from reports.builders.concerns.report import build_concerns_report
from reports.builders.continuity.report import build_continuity_report
from reports.builders.network.report import build_network_report
from reports.renderers.texts import cell_text
from reports.report import Figure, Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, OfficeFactory, PersonFactory
from tests.factories.contacts import ConcernFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    SeriesCarrierFactory,
    TaskAssignmentFactory,
)
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2024, 5, 31, 12, tzinfo=dt.UTC)
START, END = dt.date(2019, 1, 1), dt.date(2026, 1, 1)
BUILDERS = {
    "network": build_network_report,
    "continuity": lambda request: build_continuity_report(request, programme_end=None),
    "activity": build_activity_report,
    "concerns": build_concerns_report,
}


@pytest.fixture
def _years(meet: Any) -> None:
    """Held in 2019 and 2022, only cancelled in 2021, nothing at all in 2020, and nothing since 2023."""
    club, person, office = ActorFactory.create(), PersonFactory.create(), OfficeFactory.create()
    series = EventSeriesFactory.create()
    SeriesCarrierFactory.create(series=series, actor=club)
    for year in (2019, 2022):
        event = meet(club, person, office, series=series, start_date=dt.date(year, 5, 1))
        TaskAssignmentFactory.create(event=event, actor=club)
    EventFactory.create(start_date=dt.date(2021, 5, 1), status="cancelled", series=series)


def build(kind: str, start: dt.date | None = START, end: dt.date | None = END) -> Report:
    with translation.override("en"):
        return BUILDERS[kind](request_for(UserFactory.create(), start=start, end=end, now=NOW, key="k"))


def rows(report: Report, key: str) -> list[list[str]]:
    with translation.override("en"):
        return [[cell_text(cell, column) for column, cell in row] for row in report.table(key).pairs()]


def figure(report: Report, key: str) -> dict[str, Any]:
    blocks = [block for section in report.sections for block in section.blocks]
    table = next(block for block in blocks if isinstance(block, Figure) and block.key == key)
    return {"": table.categories, **{series.label: series.values for series in table.series}}


@pytest.mark.usefixtures("_years")
@pytest.mark.parametrize("kind", ["network", "continuity"])
def test_actors_of_a_year_without_events_are_not_told(kind):
    report = build(kind)

    assert rows(report, "years") == [
        ["2019", "1", "0", "3", "0", "3", "0", "0", "–"],
        ["2020", "0", "0", "–", "–", "–", "–", "–", "–"],
        ["2021", "0", "1", "–", "–", "–", "–", "–", "–"],
        ["2022", "1", "0", "3", "0", "0", "3", "0", "–"],
        ["2023", "0", "0", "–", "–", "–", "–", "–", "–"],
        ["2024", "0", "0", "–", "–", "–", "–", "–", "–"],
    ]
    assert [row[1:] for row in rows(report, "tie_turnover") if row[0] not in {"2019", "2022"}] == [
        ["–"] * 5
    ] * 4
    assert figure(report, "presence") == {
        "": ("2019", "2020", "2021", "2022", "2023", "2024"),
        "Returning": (0, None, None, 0, None, None),
        "New": (3, None, None, 0, None, None),
        "Reactivated": (0, None, None, 3, None, None),
    }
    assert figure(report, "events")["Cancelled"] == (0, 0, 1, 0, 0, 0)


@pytest.mark.usefixtures("_years")
def test_tasks_and_formats_of_a_year_without_events_are_not_told():
    report = build("continuity")

    empty = [row for row in rows(report, "trend") if row[0] not in {"2019", "2022"}]
    assert empty == [[year, *["–"] * 8] for year in ("2020", "2021", "2023", "2024")]
    assert rows(report, "trend")[0] == ["2019", "–", "1", "0", "–", "1", "0", "0", "–"]
    assert rows(report, "formats_by_carrier") == [
        ["2019", "1", "1"],
        ["2020", "–", "–"],
        ["2021", "–", "–"],
        ["2022", "1", "1"],
        ["2023", "–", "–"],
        ["2024", "–", "–"],
    ]
    assert figure(report, "formats_by_carrier") == {
        "": ("2019", "2020", "2021", "2022", "2023", "2024"),
        "Association": (1, None, None, 1, None, None),
    }


@pytest.mark.usefixtures("_years")
def test_the_activity_report_keeps_the_years_in_which_nothing_took_place():
    report = build("activity")

    assert rows(report, "years") == [
        ["2019", "1", "0", "0", "3", "1", "0", "0.0"],
        ["2020", "0", "0", "0", "–", "–", "–", "–"],
        ["2021", "0", "1", "0", "–", "–", "–", "–"],
        ["2022", "1", "0", "0", "3", "1", "0", "0.0"],
        ["2023", "0", "0", "0", "–", "–", "–", "–"],
        ["2024", "0", "0", "0", "–", "–", "–", "–"],
        ["Whole period", "2", "1", "0", "6", "1", "0", "0.0"],
    ]
    assert figure(report, "visits")["Visits"] == (3, None, None, 3, None, None)
    assert figure(report, "events") == {
        "": ("2019", "2020", "2021", "2022", "2023", "2024"),
        "Held": (1, 0, 0, 1, 0, 0),
        "Cancelled": (0, 0, 1, 0, 0, 0),
        "Postponed": (0,) * 6,
    }


@pytest.mark.usefixtures("_years")
def test_without_an_end_the_years_end_with_the_last_recorded_one():
    assert [row[0] for row in rows(build("network", None, None), "years")] == ["2019", "2020", "2021", "2022"]
    assert [row[0] for row in rows(build("activity", None, None), "years")][:-1] == [
        "2019",
        "2020",
        "2021",
        "2022",
    ]


def test_a_period_in_which_all_was_called_off_has_no_visits():
    EventFactory.create(start_date=dt.date(2020, 5, 1), status="cancelled")
    EventFactory.create(start_date=dt.date(2021, 5, 1), status="postponed")

    assert rows(build("activity", dt.date(2020, 1, 1), dt.date(2022, 1, 1)), "years") == [
        ["2020", "0", "1", "0", "–", "–", "–", "–"],
        ["2021", "0", "0", "1", "–", "–", "–", "–"],
        ["Whole period", "0", "1", "1", "–", "–", "–", "–"],
    ]


def test_a_year_without_concerns_keeps_its_place():
    ConcernFactory.create(raised_on=dt.date(2020, 5, 1))
    ConcernFactory.create(raised_on=dt.date(2022, 5, 1))

    report = build("concerns", None, None)

    assert [row[:2] for row in rows(report, "years")] == [
        ["2020", "1"],
        ["2021", "0"],
        ["2022", "1"],
        ["Whole period", "2"],
    ]
    assert figure(report, "concerns")[""] == ("2020", "2021", "2022")
