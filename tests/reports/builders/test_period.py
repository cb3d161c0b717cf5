"""Periods in words, and the year that is not over."""

import datetime as dt

import pytest
from django.utils import translation

from reports.builders.activity.report import build_activity_report
from reports.builders.shared.basis import load_basis
from reports.builders.shared.years import put_years, years_section
from reports.period import unfinished_year
from reports.report import Note
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.reports.requests import request_for


@pytest.mark.parametrize(
    ("years", "today", "text"),
    [
        ([2020, 2021], dt.date(2021, 12, 30), "2021 is not over: its figures go up to 30 Dec 2021."),
        ([2021], dt.date(2021, 1, 1), "2021 is not over: its figures go up to 1 Jan 2021."),
        ([2020, 2021], dt.date(2021, 12, 31), ""),
        ([2020], dt.date(2021, 6, 30), ""),
        ([2022], dt.date(2021, 6, 30), ""),
        ([], dt.date(2021, 6, 30), ""),
    ],
)
def test_a_year_is_not_over_before_its_last_day(years, today, text):
    with translation.override("en"):
        assert unfinished_year(years, today) == text


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "is_said"), [(dt.date(2021, 12, 30), True), (dt.date(2021, 12, 31), False)])
def test_reports_with_years_say_that_the_last_one_is_not_over(meet, day, is_said):
    meet(*ActorFactory.create_batch(2), start_date=dt.date(2021, 5, 1))
    now = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    parameters = {"user": UserFactory.create(), "start": None, "end": None, "now": now, "key": "k"}
    with translation.override("en"):
        basis = load_basis(request_for(**parameters))
        chapters = [
            years_section(basis, put_years(basis)),
            build_activity_report(request_for(**parameters)).section("overview"),
        ]

    for chapter in chapters:
        notes = [block.text for block in chapter.blocks if isinstance(block, Note)]
        assert any("is not over" in text for text in notes) == is_said
