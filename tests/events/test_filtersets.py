"""What events and series can be filtered by."""

import datetime as dt

import pytest
from django.test import RequestFactory
from django.utils import timezone

from events.filtersets import (
    EventFilterSet,
    EventSeriesFilterSet,
    MeasureFilterSet,
    ParticipationFilterSet,
    SpaceFilterSet,
)
from events.filtersets.periods import years_with_events
from events.models import Event, EventStatus
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory, TopicFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    EventTypeFactory,
    MeasureFactory,
    ParticipationFactory,
    SeriesCarrierFactory,
    SeriesFormerNameFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db


def run(filterset_class, role="staff", **data):
    """The names that a filter finds, and the errors it names."""
    request = RequestFactory().get("/", data)
    request.user = UserFactory.create(role=role)
    filterset = filterset_class(data=request.GET, request=request)
    return sorted(str(row) for row in filterset.qs.distinct()), dict(filterset.errors)


def filtered(filterset_class, role="staff", **data):
    names, errors = run(filterset_class, role, **data)
    assert errors == {}
    return names


def event(title, day=None, **kwargs):
    return EventFactory.create(title=title, start_date=dt.date.fromisoformat(day) if day else None, **kwargs)


@pytest.mark.parametrize(
    "typed", ["fest", "BÜRGER", "burgerfest", "buergerfest", "stadtteil", "fest stadtteil"]
)
def test_an_edition_is_found_by_every_name_of_its_series(typed):
    series = EventSeriesFactory.create(name="Bürgerfest")
    SeriesFormerNameFactory.create(series=series, name="Stadtteilfest")
    event("Großes Treffen am See", series=series)
    event("Etwas anderes")
    assert filtered(EventFilterSet, q=typed) == ["Großes Treffen am See"]


def test_a_year_begins_on_the_first_of_january_and_ends_on_the_last_of_december():
    event("Silvester 2018", "2018-12-31")
    event("Neujahr 2019", "2019-01-01")
    event("Silvester 2019", "2019-12-31")
    event("Neujahr 2020", "2020-01-01")
    event("Ohne Datum")
    assert filtered(EventFilterSet, year="2019") == ["Neujahr 2019", "Silvester 2019"]
    assert filtered(EventFilterSet, year="1999") == []


def test_a_period_includes_its_last_day():
    for day in ("2019-05-31", "2019-06-01", "2019-06-30", "2019-07-01"):
        event(day, day)
    assert filtered(EventFilterSet, date_from="2019-06-01", date_until="2019-06-30") == [
        "2019-06-01",
        "2019-06-30",
    ]
    assert filtered(EventFilterSet, date_from="2019-06-30", date_until="2019-06-30") == ["2019-06-30"]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"date_from": "2019-07-01", "date_until": "2019-06-01"}, "date_until"),
        ({"date_from": "31.02.2019"}, "date_from"),
        ({"year": "20145"}, "year"),
        ({"year": "abc"}, "year"),
        ({"status": "gone"}, "status"),
        ({"event_type": "nonsense"}, "event_type"),
        ({"series": "999999"}, "series"),
        ({"participants": "perhaps"}, "participants"),
        ({"q": "x" * 201}, "q"),
    ],
)
def test_a_wrong_value_is_said_at_its_field(data, field):
    event("Fest", "2019-06-01")
    assert list(run(EventFilterSet, **data)[1]) == [field]


def test_events_are_filtered_by_what_hangs_on_them():
    topic, measure, space = TopicFactory(code="climate"), MeasureFactory.create(), SpaceFactory.create()
    tour = EventTypeFactory(code="tour")
    event("Rundgang", "2019-06-01", event_type=tour, measure=measure, space=space).topics.add(topic)
    event("Fest", "2019-06-01", status="cancelled")
    for data in (
        {"event_type": "tour"},
        {"topics": "climate"},
        {"measure": measure.pk},
        {"space": space.pk},
        {"status": "held"},
    ):
        assert filtered(EventFilterSet, **data) == ["Rundgang"]
    assert filtered(EventFilterSet, status=["held", "cancelled"]) == ["Fest", "Rundgang"]
    assert filtered(EventFilterSet, dated="no") == []


def test_what_is_over_and_was_never_closed_is_found():
    today = timezone.localdate()
    yesterday = str(today - dt.timedelta(days=1))
    for status in EventStatus:
        event(status.value, yesterday, status=status)
    event("Heute", str(today), status="planned")
    event("Läuft noch", yesterday, status="planned", end_date=today)
    event("Ohne Tag", None, status="planned")

    assert sorted(filtered(EventFilterSet, left_open="yes")) == ["confirmed", "idea", "planned"]
    assert list(run(EventFilterSet, left_open="no")[1]) == ["left_open"]


def test_events_with_and_without_participants_are_told_apart_by_what_the_user_sees():
    ParticipationFactory.create(event=event("Mit Verein"), actor=ActorFactory.create())
    ParticipationFactory.create(event=event("Mit Person"), actor=PersonFactory.create())
    event("Leer")
    assert filtered(EventFilterSet, participants="with") == ["Mit Person", "Mit Verein"]
    assert filtered(EventFilterSet, participants="without") == ["Leer"]
    assert filtered(EventFilterSet, role="reader", participants="with") == ["Mit Verein"]


def test_the_choice_of_years_reaches_from_the_last_event_back_to_the_first():
    assert [value for value, _label in years_with_events()] == [""]
    event("Alt", "2019-02-01")
    event("Neu", "2021-02-01")
    event("Ohne Tag")
    filterset = EventFilterSet(data={}, queryset=Event.objects.all())
    choices = list(filterset.form.fields["year"].widget.choices)
    assert [value for value, _label in choices] == ["", 2021, 2020, 2019]


def test_series_are_found_by_former_names_and_by_whoever_carries_them():
    series = EventSeriesFactory.create(name="Bürgerfest")
    SeriesFormerNameFactory.create(series=series, name="Stadtteilfest")
    planned, former = ActorFactory.create(), SeriesCarrierFactory.create(series=series).actor
    EventSeriesFactory.create(name="Forum", future_carrier=planned, decision="hand_over")
    assert filtered(EventSeriesFilterSet, q="stadtteilfest") == ["Bürgerfest"]
    assert filtered(EventSeriesFilterSet, carrier=former.pk) == ["Bürgerfest"]
    assert filtered(EventSeriesFilterSet, carrier=planned.pk) == ["Forum"]
    assert filtered(EventSeriesFilterSet, decision="hand_over") == ["Forum"]


def test_a_person_that_a_reader_does_not_see_answers_like_one_that_does_not_exist():
    person = ParticipationFactory.create(actor=PersonFactory.create()).actor
    missing = person.pk + 1000
    hidden = run(ParticipationFilterSet, role="reader", actor=person.pk)
    assert hidden == run(ParticipationFilterSet, role="reader", actor=missing)
    assert list(hidden[1]) == ["actor"]


def test_short_lists_are_searched_in_every_spelling():
    SpaceFactory.create(name="Bürgerhaus Süd")
    SpaceFactory.create(name="Aula")
    MeasureFactory.create(title="Grüne Höfe")
    assert filtered(SpaceFilterSet, q="sued burger") == ["Bürgerhaus Süd"]
    assert filtered(MeasureFilterSet, q="GRUENE") == ["Grüne Höfe"]


def test_yes_no_and_both_are_offered_of_what_is_either_so_or_not(rf):
    form = SpaceFilterSet({"is_free": "true"}, request=rf.get("/")).form
    offered = [(str(choice.data["label"]), choice.data["selected"]) for choice in form["is_free"].subwidgets]
    assert offered == [("beliebig", False), ("Ja", True), ("Nein", False)]
