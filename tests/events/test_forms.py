"""Forms of events and what belongs to them."""

import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from events.forms.event import EventForm, MinutesForm
from events.forms.headcounts import HeadcountForm
from events.forms.numbers import CountField
from events.forms.participants import ParticipationForm
from events.forms.series import MeasureForm, SeriesForm
from events.models import Event, EventSeries
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import (
    AgendaItemFactory,
    EventFactory,
    EventSeriesFactory,
    EventTypeFactory,
    HeadcountFactory,
    MeasureFactory,
    ParticipationFactory,
    ParticipationRoleFactory,
    SeriesCarrierFactory,
)

pytestmark = pytest.mark.django_db


def post(data):
    """Posted data as a browser sends it: nothing but text."""
    sent = QueryDict(mutable=True)
    for key, value in data.items():
        sent.setlist(key, [str(v) for v in value] if isinstance(value, list) else [str(value)])
    return sent


def filled(form, **changes):
    """What a browser would send of a form as it stands, with some changes."""
    data = {}
    for part in (form, *getattr(form, "rows", [])):
        bound = [*part] if isinstance(part, forms.BaseForm) else [*part.management_form]
        bound += [] if isinstance(part, forms.BaseForm) else [f for row in part for f in row]
        data |= {f.html_name: "" if f.value() is None else f.value() for f in bound if f.value() is not False}
    return post({**data, **changes})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("", None), ("0", 0), ("42", 42), (" 7 ", 7), ("1.200", 1200), ("1 200", 1200), ("100.000", 100_000)],
)
def test_a_number_of_people_is_read_as_it_is_typed(typed, expected):
    assert CountField(required=False).clean(typed) == expected


@pytest.mark.parametrize(
    "typed", ["-1", "1,5", "1.5", "abc", "1e9", "1000000000", "100001", "²", "9" * 5000, "1.2.3"]
)
def test_an_impossible_number_of_people_is_refused(typed):
    with pytest.raises(ValidationError):
        CountField(required=False).clean(typed)


def test_an_event_needs_only_a_title_and_a_type():
    form = EventForm(
        post({"title": "Treffen", "event_type": EventTypeFactory().pk, "status": "idea", "mode": "on_site"}),
        user=UserFactory.create(),
    )
    assert form.is_valid(), form.errors
    event = form.save()
    assert (event.title, event.start_date, event.status) == ("Treffen", None, "idea")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"start_date": "2021-06-05", "end_date": "2021-06-01"}, "end_date"),
        ({"start_date": "2021-06-05", "start_time": "18:00", "end_time": "17:00"}, "end_time"),
        ({"start_date": "", "start_time": "18:00"}, "start_date"),
        ({"start_date": "0214-06-05"}, "start_date"),
        ({"title": ""}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"series": "999999"}, "series"),
    ],
)
def test_an_impossible_event_is_refused_at_the_field(changes, field):
    event = EventFactory.create()
    form = EventForm(
        filled(EventForm(instance=event, user=UserFactory.create()), **changes),
        instance=Event.objects.get(pk=event.pk),
        user=UserFactory.create(),
    )
    assert list(form.errors) == [field]


def test_two_people_editing_an_event_are_told_what_changed():
    user, event = UserFactory.create(), EventFactory.create(title="Alt")
    sent = filled(EventForm(instance=event, user=user), title="Mein Titel")
    Event.objects.get(pk=event.pk).save()
    other = Event.objects.get(pk=event.pk)
    other.title = "Ihr Titel"
    other.save()
    form = EventForm(sent, instance=Event.objects.get(pk=event.pk), user=user)
    assert not form.is_valid()
    assert [stored for _label, stored in form.conflicts] == ["Ihr Titel"]
    again = EventForm(form.data, instance=Event.objects.get(pk=event.pk), user=user)
    assert again.is_valid()


def test_a_renamed_series_keeps_its_old_name_unless_only_a_slip_is_corrected():
    user = UserFactory.create()
    series = EventSeriesFactory.create(name="Stadtteilfest")

    def rename(name, **changes):
        blank = SeriesForm(instance=EventSeries.objects.get(pk=series.pk), user=user)
        form = SeriesForm(
            filled(blank, name=name, **changes), instance=EventSeries.objects.get(pk=series.pk), user=user
        )
        assert form.is_valid(), (form.errors, [r.errors for r in form.rows])
        form.save()
        return list(series.former_names.values_list("name", flat=True))

    assert rename("Stadteilfest", keep_former_name="") == []
    assert rename("Bürgerfest", keep_former_name="on") == ["Stadteilfest"]
    assert rename("BÜRGERFEST", keep_former_name="on") == ["Stadteilfest"]
    assert list(EventSeries.objects.matching("stadteilfest")) == [series]


def test_carriers_of_a_series_are_added_changed_and_removed_with_it():
    user, series = UserFactory.create(), EventSeriesFactory.create()
    old = SeriesCarrierFactory.create(series=series)
    fresh = ActorFactory.create()
    form = SeriesForm(
        filled(
            SeriesForm(instance=series, user=user),
            **{
                "carriers-0-DELETE": "on",
                "carriers-1-actor": fresh.pk,
                "carriers-1-valid_until": "2021-12-31",
            },
        ),
        instance=EventSeries.objects.get(pk=series.pk),
        user=user,
    )
    assert form.is_valid(), (form.errors, [r.errors for r in form.rows])
    form.save()
    assert list(series.carriers.values_list("actor", "valid_until")) == [(fresh.pk, dt.date(2022, 1, 1))]
    assert old.actor != fresh


def test_nothing_of_a_series_is_saved_while_one_row_is_wrong():
    user, series = UserFactory.create(), EventSeriesFactory.create(name="Forum")
    form = SeriesForm(
        filled(
            SeriesForm(instance=series, user=user),
            name="Neuer Name",
            **{
                "carriers-0-actor": ActorFactory.create().pk,
                "carriers-0-valid_from": "2021-12-31",
                "carriers-0-valid_until": "2020-12-31",
            },
        ),
        instance=EventSeries.objects.get(pk=series.pk),
        user=user,
    )
    assert not form.is_valid()
    series.refresh_from_db()
    assert (series.name, series.carriers.count()) == ("Forum", 0)


def test_agenda_items_are_numbered_in_the_order_given():
    user, event = UserFactory.create(), EventFactory.create()
    AgendaItemFactory.create(event=event, title="Zweitens", position=1)
    form = MinutesForm(
        filled(
            MinutesForm(instance=event, user=user),
            **{"agenda-0-position": "5", "agenda-1-position": "2", "agenda-1-title": "Erstens"},
        ),
        instance=event,
        user=user,
    )
    assert form.is_valid(), [r.errors for r in form.rows]
    form.save()
    assert list(event.agenda_items.values_list("position", "title")) == [(1, "Erstens"), (2, "Zweitens")]


def test_a_goal_takes_numbers_with_a_comma():
    user, measure = UserFactory.create(), MeasureFactory.create()
    form = MeasureForm(
        filled(
            MeasureForm(instance=measure, user=user),
            **{"goals-0-goal": "Mehr", "goals-0-indicator": "Anteil", "goals-0-target": "12,5"},
        ),
        instance=measure,
        user=user,
    )
    assert form.is_valid(), [r.errors for r in form.rows]
    form.save()
    assert [str(goal.target) for goal in measure.goals.all()] == ["12.50"]


def test_a_participation_is_edited_without_becoming_a_second_one_in_the_same_role():
    first = ParticipationFactory.create()
    second = ParticipationFactory.create(
        event=first.event, actor=first.actor, role=ParticipationRoleFactory(code="stall")
    )
    blank = ParticipationForm(instance=second, user=UserFactory.create())
    sent = filled(blank, role=first.role_id)
    form = ParticipationForm(sent, instance=second, user=UserFactory.create())
    assert not form.is_valid()
    assert list(form.errors) == ["__all__"]


def test_hours_and_people_brought_are_typed_as_germans_do():
    row = ParticipationFactory.create()
    person = PersonFactory.create()
    blank = ParticipationForm(instance=row, user=UserFactory.create())
    form = ParticipationForm(
        filled(blank, volunteer_hours="2,5", people_brought="", represented_by=person.pk),
        instance=row,
        user=UserFactory.create(),
    )
    assert form.is_valid(), form.errors
    form.save()
    row.refresh_from_db()
    assert (str(row.volunteer_hours), row.people_brought, row.represented_by) == ("2.50", 0, person)


@pytest.mark.parametrize("typed", ["-3", "1e9", "viele"])
def test_a_wrong_headcount_is_said_at_its_cell_and_stores_nothing(typed):
    event, user = EventFactory.create(), UserFactory.create()
    blank = HeadcountForm(event=event, user=user)
    form = HeadcountForm(filled(blank, n_youth_f=typed, n_youth_m="5"), event=event, user=user)
    assert not form.is_valid()
    assert list(form.errors) == ["n_youth_f"]
    assert event.headcounts.count() == 0


def test_numbers_changed_by_somebody_else_meanwhile_are_said_and_a_second_save_decides():
    event, user = EventFactory.create(), UserFactory.create()
    sent = filled(HeadcountForm(event=event, user=user), n_unknown_x="50")
    HeadcountFactory.create(event=event, count=40)
    form = HeadcountForm(sent, event=event, user=user)
    assert form.is_valid()
    assert form.save() is False
    assert [e.code for e in form.non_field_errors().as_data()] == ["conflict"]
    again = HeadcountForm(post(form.data), event=event, user=user)
    assert again.is_valid()
    assert again.save() is True
    assert event.headcounts.get().count == 50
