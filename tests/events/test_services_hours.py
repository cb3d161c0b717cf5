"""When the office is open."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from events.models import Season, SpecialDaysKind
from events.services.hours import OpenHours, hours_on, is_open_at, next_hours, office_days
from tests.factories.events import ConsultationHoursFactory, SpaceFactory, SpecialDaysFactory

pytestmark = pytest.mark.django_db
TUESDAY = dt.date(2026, 3, 17)
HOLIDAY_TUESDAY = dt.date(2026, 3, 24)
BERLIN = ZoneInfo("Europe/Berlin")


def hours(start: int, end: int, place: str = "", note: str = "") -> OpenHours:
    return OpenHours(dt.time(start), dt.time(end), place, note)


def test_a_weekday_has_its_hours_in_their_order_and_others_have_none() -> None:
    ConsultationHoursFactory.create(start=dt.time(15), end=dt.time(17), note="Mit Dolmetscherin")
    ConsultationHoursFactory.create(place=SpaceFactory.create(name="Marktplatz"))
    assert hours_on(TUESDAY) == [hours(10, 12, "Marktplatz"), hours(15, 17, "", "Mit Dolmetscherin")]
    assert hours_on(TUESDAY + dt.timedelta(days=1)) == []


def test_in_school_holidays_other_hours_hold() -> None:
    SpecialDaysFactory.create()
    ConsultationHoursFactory.create(season=Season.TERM)
    ConsultationHoursFactory.create(season=Season.HOLIDAYS, start=dt.time(11), end=dt.time(12))
    ConsultationHoursFactory.create(start=dt.time(16), end=dt.time(17))
    assert hours_on(TUESDAY) == [hours(10, 12), hours(16, 17)]
    assert hours_on(HOLIDAY_TUESDAY) == [hours(11, 12), hours(16, 17)]


def test_a_closing_day_has_no_hours_whatever_else_it_is() -> None:
    SpecialDaysFactory.create()
    SpecialDaysFactory.create(
        kind=SpecialDaysKind.CLOSED,
        name="Betriebsausflug",
        first_day=HOLIDAY_TUESDAY,
        final_day=HOLIDAY_TUESDAY,
    )
    ConsultationHoursFactory.create()
    (day,) = office_days(HOLIDAY_TUESDAY, HOLIDAY_TUESDAY)
    assert (day.hours, day.is_closed, day.is_holiday) == ([], True, True)


def test_hours_hold_from_their_first_day_until_their_last() -> None:
    ConsultationHoursFactory.create(valid_from=TUESDAY, valid_until=TUESDAY + dt.timedelta(days=8))
    weeks = [TUESDAY + dt.timedelta(weeks=number) for number in (-1, 0, 1, 2)]
    assert [len(hours_on(day)) for day in weeks] == [0, 1, 1, 0]


def test_the_next_hours_leap_over_a_closed_week() -> None:
    ConsultationHoursFactory.create()
    SpecialDaysFactory.create(
        kind=SpecialDaysKind.CLOSED, first_day=TUESDAY, final_day=TUESDAY + dt.timedelta(days=6)
    )
    assert next_hours(TUESDAY, 2) == [
        (HOLIDAY_TUESDAY, hours(10, 12)),
        (HOLIDAY_TUESDAY + dt.timedelta(weeks=1), hours(10, 12)),
    ]


def test_an_office_without_hours_has_no_next_ones() -> None:
    assert next_hours(TUESDAY, 5) == []


def test_a_year_of_days_takes_two_questions(django_assert_num_queries) -> None:
    ConsultationHoursFactory.create_batch(3)
    SpecialDaysFactory.create_batch(3)
    with django_assert_num_queries(2):
        office_days(TUESDAY, TUESDAY + dt.timedelta(days=365))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        # The clock on the wall counts: nine in universal time is ten in winter and eleven in summer.
        (dt.datetime(2026, 3, 24, 9, 0, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 3, 31, 8, 0, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 3, 31, 10, 0, tzinfo=dt.UTC), False),
        (dt.datetime(2026, 3, 24, 12, 0, tzinfo=BERLIN), False),
    ],
)
def test_the_office_is_open_by_the_clock_on_its_wall(moment: dt.datetime, is_open: bool) -> None:
    ConsultationHoursFactory.create()
    assert is_open_at(moment) is is_open


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_in_autumn_is_open_both_times(fold: int) -> None:
    ConsultationHoursFactory.create(weekday=6, start=dt.time(1), end=dt.time(4))
    night = dt.datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold)
    assert is_open_at(night.astimezone(dt.UTC))
    assert [len(hours_on(dt.date(2026, 10, day))) for day in (24, 25, 26)] == [0, 1, 0]


def test_the_night_that_loses_an_hour_in_spring_stays_one_day() -> None:
    ConsultationHoursFactory.create(weekday=6, start=dt.time(1), end=dt.time(4))
    days = office_days(dt.date(2026, 3, 28), dt.date(2026, 3, 30))
    assert [(office_day.day.day, len(office_day.hours)) for office_day in days] == [(28, 0), (29, 1), (30, 0)]


@pytest.mark.parametrize(
    ("season", "other", "refused"),
    [
        (Season.ALWAYS, Season.TERM, True),
        (Season.TERM, Season.ALWAYS, True),
        (Season.HOLIDAYS, Season.HOLIDAYS, True),
        (Season.TERM, Season.HOLIDAYS, False),
    ],
)
def test_hours_that_overlap_in_the_same_weeks_are_refused(season: str, other: str, refused: bool) -> None:
    ConsultationHoursFactory.create(season=other)
    new = ConsultationHoursFactory.build(season=season, start=dt.time(11), end=dt.time(13))
    errors = {}
    try:
        new.full_clean()
    except ValidationError as error:
        errors = error.message_dict
    assert list(errors) == (["start"] if refused else [])


def test_hours_may_touch_and_may_follow_each_other_in_time() -> None:
    ConsultationHoursFactory.create(valid_until=dt.date(2026, 1, 1))
    ConsultationHoursFactory.build(start=dt.time(12), end=dt.time(13)).full_clean()
    ConsultationHoursFactory.build(start=dt.time(9), valid_from=dt.date(2026, 1, 1)).full_clean()


@pytest.mark.parametrize("end", [dt.time(10), dt.time(9)])
def test_hours_that_end_before_they_begin_are_refused_at_the_end(end: dt.time) -> None:
    with pytest.raises(ValidationError) as refused:
        ConsultationHoursFactory.build(end=end).full_clean()
    assert "end" in refused.value.message_dict
