"""Rules about events that one row can break alone: the database bites, and full_clean says why."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.core.rules import assert_refused, assert_refused_as_twin, problems
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import (
    AgendaItemFactory,
    DecisionFactory,
    EventContactFactory,
    EventFactory,
    EventSeriesFactory,
    EventTypeFactory,
    FundingPeriodFactory,
    HeadcountFactory,
    MeasureFactory,
    ParticipationFactory,
    ProgrammeFactory,
    SeriesCarrierFactory,
    SeriesFormerNameFactory,
    SpaceFactory,
    TaskAssignmentFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 5, 4)
BACKWARDS = {"__all__": ["The end lies before the beginning."]}


@pytest.mark.parametrize(
    ("factory", "changes", "errors"),
    [
        pytest.param(
            EventFactory,
            {"end_date": dt.date(2019, 6, 14)},
            {
                "end_date": ["The end lies before the beginning."],
            },
            id="an event does not end before its day",
        ),
        pytest.param(
            EventFactory,
            {"start_time": dt.time(18), "end_time": dt.time(17)},
            {"end_time": ["The end lies before the beginning."]},
            id="an event does not end before its hour",
        ),
        pytest.param(
            EventFactory,
            {"start_date": None, "start_time": dt.time(18)},
            {"start_date": ["Enter the day of the event as well."]},
            id="an hour needs a day",
        ),
        pytest.param(
            EventFactory,
            {"start_date": None, "end_date": DAY},
            {"start_date": ["Enter the day of the event as well."]},
            id="a last day needs a first",
        ),
        pytest.param(
            SpaceFactory,
            {"has_permanent_right": True, "right_until": DAY},
            {"__all__": ["A right of use without end has no end date."]},
            id="a right without end has no end",
        ),
        pytest.param(
            SeriesFormerNameFactory, {"used_from": DAY, "used_until": DAY}, BACKWARDS, id="a name lasts a day"
        ),
        pytest.param(
            SeriesCarrierFactory,
            {"valid_from": DAY, "valid_until": DAY},
            BACKWARDS,
            id="a tenure lasts a day at least",
        ),
        pytest.param(
            FundingPeriodFactory,
            {"valid_until": dt.date(2017, 1, 1)},
            BACKWARDS,
            id="funding does not end before it begins",
        ),
        pytest.param(
            MeasureFactory,
            {"valid_from": DAY, "valid_until": DAY},
            BACKWARDS,
            id="a measure lasts a day at least",
        ),
        pytest.param(
            TaskAssignmentFactory,
            {"event": None},
            {"__all__": ["A task belongs either to an event or to a format."]},
            id="a task belongs to something",
        ),
        pytest.param(
            ParticipationFactory,
            {"volunteer_hours": Decimal(-1)},
            {"volunteer_hours": ["Ensure this value is greater than or equal to 0."]},
            id="nobody works for less than no time",
        ),
        pytest.param(
            HeadcountFactory,
            {"count": -1},
            {"count": ["Ensure this value is greater than or equal to 0."]},
            id="nobody counts below zero",
        ),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(factory, changes, errors):
    assert_refused(factory(), changes, errors)


def test_a_task_belongs_to_an_event_or_a_series_but_not_to_both():
    assert_refused(
        TaskAssignmentFactory(),
        {"series": EventSeriesFactory()},
        {"__all__": ["A task belongs either to an event or to a format."]},
    )
    assert problems(TaskAssignmentFactory(event=None, series=EventSeriesFactory())) == {}


def test_an_event_over_midnight_ends_at_an_earlier_hour_of_the_next_day():
    party = EventFactory(start_time=dt.time(20), end_date=dt.date(2019, 6, 16), end_time=dt.time(2))
    assert problems(party) == {}


def test_an_event_needs_no_day_but_a_title():
    assert problems(EventFactory(start_date=None)) == {}
    assert problems(EventFactory.build(event_type=EventTypeFactory(), title=" \n ")) == {
        "title": ["This field cannot be blank."]
    }


@pytest.mark.parametrize(
    ("factory", "fields", "error"),
    [
        (EventFactory, {"external_id": "E1"}, "Another event already has this external key."),
        (EventSeriesFactory, {}, "There is already a format of this name."),
        (SeriesFormerNameFactory, {}, "This name is already recorded."),
        (SeriesCarrierFactory, {}, "This carrier is already recorded."),
        (SeriesCarrierFactory, {"valid_from": DAY}, "This carrier is already recorded."),
        (ParticipationFactory, {}, "This actor is already recorded in this role."),
        (HeadcountFactory, {}, "There is already a number for this group."),
        (TaskAssignmentFactory, {}, "This task is already assigned to this actor."),
        (TaskAssignmentFactory, {"actor": None}, "This task is already listed as unassigned."),
    ],
)
def test_the_same_row_is_not_recorded_twice(factory, fields, error):
    assert_refused_as_twin(factory(**fields), {"__all__": [error]})


def test_tasks_of_a_series_are_not_recorded_twice_either():
    series = EventSeriesFactory()
    assert_refused_as_twin(
        TaskAssignmentFactory(event=None, series=series),
        {"__all__": ["This task is already assigned to this actor."]},
    )
    assert_refused_as_twin(
        TaskAssignmentFactory(event=None, series=series, actor=None),
        {"__all__": ["This task is already listed as unassigned."]},
    )


def test_names_that_tell_things_apart_are_unique():
    assert_refused_as_twin(SpaceFactory(), {"name": ["Space with this Name already exists."]})
    assert_refused_as_twin(ProgrammeFactory(), {"name": ["Programme with this Name already exists."]})


def test_a_contact_belongs_to_one_event():
    assert_refused_as_twin(
        EventContactFactory(),
        {"contact": ["Contact of an event with this Contact already exists."]},
        event=EventFactory(),
    )


def test_only_a_person_represents_somebody_and_nobody_itself():
    assert problems(ParticipationFactory(represented_by=ActorFactory())) == {
        "represented_by": ["Choose a person."]
    }
    person = PersonFactory()
    assert_refused(
        ParticipationFactory(actor=person),
        {"represented_by": person},
        {"__all__": ["An actor is not represented by itself."]},
    )


def test_the_contact_person_of_a_series_is_a_person():
    assert problems(EventSeriesFactory(future_contact=ActorFactory())) == {
        "future_contact": ["Choose a person."]
    }
    assert problems(EventSeriesFactory(future_contact=PersonFactory())) == {}


def test_a_decision_belongs_to_an_item_of_the_same_agenda():
    item = AgendaItemFactory()
    assert problems(DecisionFactory(event=item.event, agenda_item=item)) == {}
    assert problems(DecisionFactory(agenda_item=item)) == {
        "agenda_item": ["Choose an item of this event's agenda."]
    }


@pytest.mark.parametrize("day", [dt.date(214, 6, 15), dt.date(2999, 1, 1)])
def test_impossible_years_are_refused(day):
    year = {"start_date": [f"The year {day.year} cannot be right. Please check the date."]}
    assert problems(EventFactory(start_date=day)) == year


def test_a_crowd_of_millions_is_a_slip_of_the_keys():
    too_many = ["Ensure this value is less than or equal to 100000."]
    assert problems(HeadcountFactory(count=5_000_000)) == {"count": too_many}
    assert problems(ParticipationFactory(people_brought=5_000_000)) == {"people_brought": too_many}
