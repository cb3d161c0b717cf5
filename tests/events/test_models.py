"""Events, series and participation: what counts, when, by which name, and who sees it."""

import datetime as dt

import pytest
from django.db.models import ProtectedError

from events.models import (
    AgendaItem,
    Decision,
    Event,
    EventContact,
    EventSeries,
    EventStatus,
    FundingPeriod,
    Headcount,
    Participation,
    SeriesCarrier,
    TaskAssignment,
    TourStop,
)
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import ContactFactory
from tests.factories.events import (
    AgendaItemFactory,
    DecisionFactory,
    EventContactFactory,
    EventFactory,
    EventSeriesFactory,
    FundingPeriodFactory,
    HeadcountFactory,
    ParticipationFactory,
    ProgrammeFactory,
    SeriesCarrierFactory,
    SeriesFormerNameFactory,
    SpaceFactory,
    TaskAssignmentFactory,
    TourStopFactory,
)

pytestmark = pytest.mark.django_db
ROLES = ("management", "staff", "volunteer", "reader")


def seen_by_role(*models):
    return {role: [m.objects.visible_to(UserFactory(role=role)).count() for m in models] for role in ROLES}


def test_only_held_events_count():
    events = {status: EventFactory(status=status) for status in EventStatus.values}
    assert list(Event.objects.held()) == [events["held"]]
    assert [status for status, event in events.items() if event.counts] == ["held"]


def test_only_those_who_attended_a_held_event_are_counted():
    counted = ParticipationFactory()
    ParticipationFactory(state="registered")
    ParticipationFactory(event=EventFactory(status="cancelled"))
    assert list(Participation.objects.counted()) == [counted]


def test_upcoming_events_leave_out_what_is_called_off_and_keep_what_still_runs():
    today = dt.date(2020, 5, 4)
    running = EventFactory(start_date=dt.date(2020, 5, 1), end_date=today)
    evening = EventFactory(start_date=today, start_time=dt.time(18), status="planned")
    all_day = EventFactory(start_date=today, status="planned")
    EventFactory(start_date=today, status="cancelled")
    EventFactory(start_date=today, status="postponed")
    EventFactory(start_date=dt.date(2020, 5, 3))
    EventFactory(start_date=None)
    assert list(Event.objects.upcoming(today)) == [running, all_day, evening]


def test_a_window_holds_its_first_day_and_not_its_until_day():
    days = [dt.date(2018, 12, 31), dt.date(2019, 1, 1), dt.date(2019, 12, 31), dt.date(2020, 1, 1), None]
    events = [EventFactory(start_date=day) for day in days]
    in_2019 = Event.objects.between(dt.date(2019, 1, 1), dt.date(2020, 1, 1))
    assert set(in_2019) == set(events[1:3])
    assert set(Event.objects.between(None, None)) == set(events)
    assert list(Event.objects.undated()) == [events[4]]


def test_the_newest_event_comes_first_and_an_undated_one_last():
    undated = EventFactory(start_date=None)
    old, new = EventFactory(start_date=dt.date(2003, 1, 1)), EventFactory(start_date=dt.date(2021, 1, 1))
    assert list(Event.objects.all()) == [new, old, undated]


def test_an_edition_is_found_by_any_name_its_series_ever_had():
    series = EventSeriesFactory(name="Bürgerfest")
    former = SeriesFormerNameFactory(series=series, name="Stadtteilfest")
    edition = EventFactory(series=series, title="15. Ausgabe")
    EventFactory(title="Markt")
    assert list(Event.objects.matching("stadtteilfest ausgabe")) == [edition]
    assert list(Event.objects.matching("buergerfest")) == [edition]
    assert list(EventSeries.objects.matching("stadtteilfest")) == [series]
    former.delete()
    assert list(EventSeries.objects.matching("stadtteilfest")) == []


def test_a_stale_copy_of_a_series_does_not_lose_its_former_names():
    stale = EventSeriesFactory()
    SeriesFormerNameFactory(series=EventSeries.objects.get(pk=stale.pk), name="Stadtteilfest")
    stale.save(update_fields=["description"])
    assert list(EventSeries.objects.matching("stadtteilfest")) == [stale]


def test_titles_are_written_on_one_line():
    event = EventFactory(title=" Fest\r\nBcc: alle@example.org ")
    assert Event.objects.get(pk=event.pk).title == "Fest Bcc: alle@example.org"


def test_a_series_is_carried_by_whoever_took_over_last():
    series = EventSeriesFactory()
    first = SeriesCarrierFactory(series=series, valid_until=dt.date(2015, 1, 1))
    second = SeriesCarrierFactory(series=series, valid_from=dt.date(2014, 1, 1))
    days = [dt.date(2010, 1, 1), dt.date(2014, 6, 1), dt.date(2020, 1, 1)]
    assert [series.carrier_on(day) for day in days] == [first.actor, second.actor, second.actor]
    assert EventSeriesFactory().carrier_on(days[0]) is None


@pytest.mark.parametrize(
    ("fields", "secured"),
    [
        ({}, False),
        ({"has_permanent_right": True}, True),
        ({"right_until": dt.date(2021, 1, 2)}, True),
        ({"right_until": dt.date(2021, 1, 1)}, False),
    ],
)
def test_a_space_is_secured_while_its_right_of_use_lasts(fields, secured):
    assert SpaceFactory(**fields).is_secured_until(dt.date(2021, 1, 1)) is secured


def test_a_programme_ends_with_the_funding_of_the_day_or_else_the_latest():
    programme = ProgrammeFactory()
    for first_year, until in [(2010, 2014), (2014, 2018)]:
        FundingPeriodFactory(
            programme=programme, valid_from=dt.date(first_year, 1, 1), valid_until=dt.date(until, 1, 1)
        )
    ends = [FundingPeriod.objects.programme_end(day) for day in (dt.date(2012, 1, 1), dt.date(2020, 1, 1))]
    assert ends == [dt.date(2013, 12, 31), dt.date(2017, 12, 31)]
    FundingPeriod.objects.all().delete()
    assert FundingPeriod.objects.programme_end(dt.date(2020, 1, 1)) is None


def test_readers_see_events_and_organisations_but_no_person_and_no_small_number():
    club, person = ActorFactory(), PersonFactory()
    for actor in (club, person):
        ParticipationFactory(actor=actor)
        SeriesCarrierFactory(actor=actor)
        TaskAssignmentFactory(actor=actor)
    TaskAssignmentFactory(actor=None)
    HeadcountFactory(count=3)
    assert seen_by_role(Participation, SeriesCarrier, TaskAssignment, Headcount) == {
        "management": [2, 2, 3, 1],
        "staff": [2, 2, 3, 1],
        "volunteer": [2, 2, 3, 1],
        "reader": [1, 1, 2, 0],
    }


def test_minutes_are_for_those_who_work_with_the_office():
    AgendaItemFactory(), DecisionFactory(), TourStopFactory()
    assert seen_by_role(AgendaItem, Decision, TourStop) == {
        "management": [1, 1, 1],
        "staff": [1, 1, 1],
        "volunteer": [1, 1, 1],
        "reader": [0, 0, 0],
    }


def test_the_contact_of_an_event_is_seen_by_whoever_sees_the_contact():
    volunteer = UserFactory(role="volunteer")
    own = EventContactFactory(contact=ContactFactory(staff=volunteer))
    EventContactFactory(), EventContactFactory(contact=ContactFactory(is_confidential=True))
    assert seen_by_role(EventContact) == {"management": [3], "staff": [3], "volunteer": [0], "reader": [0]}
    assert list(EventContact.objects.visible_to(volunteer)) == [own]


def test_volunteers_write_participation_and_headcounts_only():
    volunteer = UserFactory(role="volunteer")
    models = [Event, EventSeries, Participation, Headcount, TaskAssignment, AgendaItem, SeriesCarrier]
    assert [m for m in models if volunteer.can("add", m)] == [Participation, Headcount]
    assert [m for m in models if volunteer.can("change", m)] == [Participation, Headcount]
    assert [m for m in models if volunteer.can("delete", m)] == [Participation, Headcount]


def test_who_took_part_cannot_be_deleted_from_under_the_record():
    participation = ParticipationFactory()
    with pytest.raises(ProtectedError):
        participation.actor.delete()
    assert Participation.objects.filter(pk=participation.pk).exists()
