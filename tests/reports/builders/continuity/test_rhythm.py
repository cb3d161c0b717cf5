"""How regularly formats took place, as the continuity report tells it."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from events.models import EventStatus
from reports.builders.continuity.report import build_continuity_report
from reports.report import Report
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, EventSeriesFactory, HeadcountFactory
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 6, 30, 12, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def build(**period: dt.date | None) -> Report:
    given: dict[str, Any] = {"start": None, "end": None, **period}
    with translation.override("en"):
        return build_continuity_report(
            request_for(UserFactory.create(), now=NOW, key="k", **given), programme_end=None
        )


def values(report: Report) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in report.table("rhythm").rows]


@pytest.fixture
def festival() -> Any:
    """A yearly festival: not in 2016, cancelled in 2020, with ever more people."""
    series = EventSeriesFactory.create(name="Fest", rhythm="yearly")
    for number, year in enumerate((2014, 2015, 2017, 2018, 2019)):
        event = EventFactory.create(series=series, start_date=dt.date(year, 6, 1))
        HeadcountFactory.create(event=event, count=100 + 20 * number)
    EventFactory.create(series=series, start_date=dt.date(2020, 6, 1), status=EventStatus.CANCELLED)
    return series


def test_a_format_is_compared_with_its_rhythm(festival):
    report = build()

    assert values(report) == [["Fest", "yearly", 5, 1, "5 of 6", dt.date(2019, 6, 1), 0, 365, "more people"]]
    held, cancelled = (f"/events/?series={festival.pk}&status={status}" for status in ("held", "cancelled"))
    assert [cell.url for cell in report.table("rhythm").rows[0]] == [
        f"/events/series/{festival.pk}/",
        None,
        held,
        cancelled,
        held,
        None,
        None,
        held,
        None,
    ]


def test_only_the_period_counts(festival):
    rows = values(build(start=dt.date(2017, 1, 1), end=dt.date(2020, 1, 1)))

    assert rows == [["Fest", "yearly", 3, 0, "3 of 3", dt.date(2019, 6, 1), 0, 365, None]]


def test_what_has_passed_since_is_counted_in_whole_years_of_the_calendar():
    """From May 2018 to June 2021 three years have passed, of the calendar 2019 and 2020 as a whole."""
    series = EventSeriesFactory.create(name="Fest", rhythm="yearly")
    EventFactory.create(series=series, start_date=dt.date(2018, 5, 1))

    table = build().table("rhythm")
    at = [column.key for column in table.columns].index("silent")

    assert table.rows[0][at].value == 2
    assert table.columns[at].explanation.startswith("Whole calendar weeks, months, quarters")


def test_a_format_without_rhythm_or_without_people_says_less():
    series = EventSeriesFactory.create(name="Treffen", rhythm="irregular")
    EventFactory.create(series=series, start_date=dt.date(2019, 6, 1))

    report = build()

    assert values(report) == [["Treffen", "irregular", 1, 0, None, dt.date(2019, 6, 1), None, None, None]]
    assert [cell.url is not None for cell in report.table("rhythm").rows[0]] == [
        *(True, False, True),
        *[False] * 6,
    ]


def test_a_format_that_was_only_cancelled_has_no_last_day():
    series = EventSeriesFactory.create(name="Fest", rhythm="yearly")
    EventFactory.create(series=series, start_date=dt.date(2020, 6, 1), status=EventStatus.CANCELLED)

    assert values(build()) == [["Fest", "yearly", 0, 1, None, None, 0, None, None]]


def test_a_format_without_editions_has_no_row():
    EventSeriesFactory.create()

    report = build()

    assert values(report) == []
    assert report.table("rhythm").empty_text.startswith("No dated edition")


def test_the_time_since_the_last_edition_opens_the_cancelled_ones_too(client):
    """It runs from the last edition, here a cancelled one, to the end of the period."""
    series = EventSeriesFactory.create(rhythm="yearly")
    EventFactory.create(series=series, start_date=dt.date(2016, 6, 1))
    EventFactory.create(series=series, start_date=dt.date(2017, 6, 1), status=EventStatus.CANCELLED)
    client.force_login(UserFactory.create())

    def passed(end: dt.date | None) -> tuple[Any, int]:
        cell = build(end=end).table("rhythm").rows[0][6]
        return cell.value, len(client.get(cell.url).context["table"].rows)

    assert passed(None) == (3, 2)
    assert passed(dt.date(2020, 1, 1)) == (2, 2)
