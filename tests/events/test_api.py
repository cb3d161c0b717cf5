"""Events, series and participation over the REST API: who sees and writes what, and what stays together."""

import datetime as dt

import pytest

from events.models import Event, EventSeries, Headcount, Participation, SeriesFormerName
from tests.api import client_of, everything
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import ConcernFactory, ContactFactory
from tests.factories.events import (
    AgendaItemFactory,
    DecisionFactory,
    EventContactFactory,
    EventFactory,
    EventSeriesFactory,
    EventTypeFactory,
    HeadcountFactory,
    MeasureFactory,
    MeasureGoalFactory,
    ParticipationFactory,
    ParticipationRoleFactory,
    SeriesCarrierFactory,
    SeriesFormerNameFactory,
    SpaceFactory,
    TaskAssignmentFactory,
    TourStopFactory,
)

pytestmark = pytest.mark.django_db


# --- what readers and volunteers do not see ---


@pytest.mark.parametrize(
    ("path", "factory", "field"),
    [
        ("participations", ParticipationFactory, "represented_by"),
        ("event-series", EventSeriesFactory, "future_contact"),
        ("event-series", EventSeriesFactory, "future_carrier"),
        ("spaces", SpaceFactory, "owner"),
        ("measures", MeasureFactory, "carrier"),
    ],
)
def test_no_field_shows_readers_a_person(path, factory, field):
    person = PersonFactory()
    record = factory(**{field: person})
    stored = {
        role: [
            client_of(role).get(f"/api/v1/{path}/{record.pk}/").json()[field],
            client_of(role).get(f"/api/v1/{path}/").json()["results"][0][field],
        ]
        for role in ("staff", "reader")
    }
    assert stored == {"staff": [person.pk] * 2, "reader": [None] * 2}


def test_a_field_shows_readers_an_organisation():
    club = ActorFactory()
    space = SpaceFactory(owner=club)
    assert client_of("reader").get(f"/api/v1/spaces/{space.pk}/").json()["owner"] == club.pk


def test_rows_about_persons_are_not_there_for_readers():
    person, club = PersonFactory(), ActorFactory()
    factories = {
        "participations": ParticipationFactory,
        "series-carriers": SeriesCarrierFactory,
        "tasks": TaskAssignmentFactory,
    }
    client = client_of("reader")
    for path, factory in factories.items():
        hidden, stored = factory(actor=person), factory(actor=club)
        assert [row["id"] for row in client.get(f"/api/v1/{path}/").json()["results"]] == [stored.pk]
        assert client.get(f"/api/v1/{path}/{hidden.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "factory"),
    [
        ("headcounts", HeadcountFactory),
        ("agenda-items", AgendaItemFactory),
        ("decisions", DecisionFactory),
        ("tour-stops", TourStopFactory),
        ("event-contacts", EventContactFactory),
    ],
)
def test_small_numbers_and_minutes_do_not_exist_for_readers(path, factory):
    record = factory()
    client = client_of("reader")
    assert client.get(f"/api/v1/{path}/").status_code == 404
    assert client.get(f"/api/v1/{path}/{record.pk}/").status_code == 404


def test_volunteers_see_neither_what_others_logged_at_an_event_nor_the_concern_of_a_stop():
    client = client_of("volunteer")
    own = EventContactFactory(contact=ContactFactory(staff=client.user))
    EventContactFactory()
    EventContactFactory(contact=ContactFactory(is_confidential=True))
    TourStopFactory(concern=ConcernFactory())
    assert [r["id"] for r in client.get("/api/v1/event-contacts/").json()["results"]] == [own.pk]
    assert [r["concern"] for r in client.get("/api/v1/tour-stops/").json()["results"]] == [None]


def test_a_volunteer_cannot_attach_to_an_event_what_only_the_office_sees():
    secret = ContactFactory(is_confidential=True)
    before = everything()
    answer = client_of("volunteer").post(
        "/api/v1/event-contacts/", {"event": EventFactory().pk, "contact": secret.pk}
    )
    assert answer.status_code == 403
    after = everything()
    assert after["events.EventContact"] == before["events.EventContact"]


# --- writing ---


def test_volunteers_write_who_came_and_how_many_and_nothing_else():
    event, actor, role = EventFactory(), PersonFactory(), ParticipationRoleFactory()
    client = client_of("volunteer")
    came = client.post("/api/v1/participations/", {"event": event.pk, "actor": actor.pk, "role": role.code})
    counted = client.post("/api/v1/headcounts/", {"event": event.pk, "count": 12})
    assert (came.status_code, counted.status_code) == (201, 201)
    assert client.patch(f"/api/v1/headcounts/{counted.json()['id']}/", {"count": 13}).status_code == 200
    assert client.delete(f"/api/v1/participations/{came.json()['id']}/").status_code == 204
    before = everything()
    for path in ("events", "event-series", "tasks", "agenda-items", "spaces", "measures", "programmes"):
        assert client.post(f"/api/v1/{path}/", {}).status_code == 403
    assert client.patch(f"/api/v1/events/{event.pk}/", {"title": "x"}).status_code == 403
    assert client.delete(f"/api/v1/events/{event.pk}/").status_code == 403
    assert everything() == before
    assert (Headcount.objects.get().count, Participation.objects.count()) == (13, 0)


@pytest.mark.parametrize(
    ("path", "factory", "parent", "new_parent"),
    [
        ("participations", ParticipationFactory, "event", EventFactory),
        ("headcounts", HeadcountFactory, "event", EventFactory),
        ("tasks", TaskAssignmentFactory, "event", EventFactory),
        ("agenda-items", AgendaItemFactory, "event", EventFactory),
        ("decisions", DecisionFactory, "event", EventFactory),
        ("tour-stops", TourStopFactory, "event", EventFactory),
        ("event-contacts", EventContactFactory, "event", EventFactory),
        ("event-contacts", EventContactFactory, "contact", ContactFactory),
        ("series-carriers", SeriesCarrierFactory, "series", EventSeriesFactory),
        ("measure-goals", MeasureGoalFactory, "measure", MeasureFactory),
    ],
)
def test_a_child_does_not_move_to_another_parent(path, factory, parent, new_parent):
    record, other = factory(), new_parent()
    before = everything()
    answer = client_of("management").patch(f"/api/v1/{path}/{record.pk}/", {parent: other.pk})
    assert (answer.status_code, list(answer.json())) == (400, [parent])
    assert everything() == before
    same = getattr(record, f"{parent}_id")
    assert client_of("management").patch(f"/api/v1/{path}/{record.pk}/", {parent: same}).status_code == 200


def test_a_task_of_an_event_does_not_become_one_of_a_series():
    task = TaskAssignmentFactory()
    answer = client_of("staff").patch(
        f"/api/v1/tasks/{task.pk}/", {"event": None, "series": EventSeriesFactory().pk}
    )
    assert (answer.status_code, sorted(answer.json())) == (400, ["event", "series"])


def test_a_decision_is_not_hung_on_another_events_agenda():
    decision, item = DecisionFactory(), AgendaItemFactory()
    answer = client_of("staff").patch(f"/api/v1/decisions/{decision.pk}/", {"agenda_item": item.pk})
    assert (answer.status_code, list(answer.json())) == (400, ["agenda_item"])


def test_a_series_keeps_its_former_names_and_is_found_by_them():
    EventTypeFactory(code="festival")
    answer = client_of("staff").post(
        "/api/v1/event-series/",
        {
            "name": "Bürgerfest",
            "event_type": "festival",
            "former_names": [{"name": "Stadtteilfest", "used_until": "2018-12-31"}],
            "funding_until": "2022-12-31",
        },
    )
    assert answer.status_code == 201
    series = EventSeries.objects.get()
    assert series.funding_until == dt.date(2023, 1, 1)
    assert answer.json()["funding_until"] == "2022-12-31"
    assert SeriesFormerName.objects.get().used_until == dt.date(2019, 1, 1)
    assert list(EventSeries.objects.matching("stadtteilfest")) == [series]
    client_of("staff").patch(f"/api/v1/event-series/{series.pk}/", {"former_names": []})
    assert list(EventSeries.objects.matching("stadtteilfest")) == []


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"end_date": "2019-06-14"}, ["end_date"]),
        ({"start_time": "18:00", "end_time": "17:00"}, ["end_time"]),
        ({"start_date": None, "start_time": "18:00"}, ["start_date"]),
        ({"start_date": "0214-06-15"}, ["start_date"]),
        ({"start_date": "31.02.2019"}, ["start_date"]),
        ({"status": "finished"}, ["status"]),
        ({"event_type": "unknown"}, ["event_type"]),
        ({"title": " "}, ["title"]),
        ({"title": "a\x00b"}, ["title"]),
        ({"description": "x" * 20001}, ["description"]),
    ],
)
def test_what_breaks_a_rule_is_refused_at_its_field(changes, fields):
    event = EventFactory()
    before = everything()
    answer = client_of("staff").patch(f"/api/v1/events/{event.pk}/", changes)
    assert (answer.status_code, list(answer.json())) == (400, fields)
    assert everything() == before


def test_what_somebody_takes_part_in_twice_is_recorded_once():
    first = ParticipationFactory()
    body = {"event": first.event_id, "actor": first.actor_id, "role": first.role.code}
    answer = client_of("staff").post("/api/v1/participations/", body)
    assert (answer.status_code, list(answer.json())) == (400, ["non_field_errors"])
    assert Participation.objects.count() == 1


def test_deleting_an_event_takes_its_own_with_it_and_nothing_else():
    participation = ParticipationFactory()
    other = ParticipationFactory()
    assert client_of("staff").delete(f"/api/v1/events/{participation.event_id}/").status_code == 204
    assert list(Participation.objects.all()) == [other]
    assert not Event.objects.filter(pk=participation.event_id).exists()


def test_a_series_with_editions_is_not_deleted():
    event = EventFactory(series=EventSeriesFactory())
    assert client_of("staff").delete(f"/api/v1/event-series/{event.series_id}/").status_code == 409
    assert EventSeries.objects.count() == 1


def test_a_series_is_renamed_without_ending():
    former = SeriesFormerNameFactory()
    EventFactory(series=former.series)
    answer = client_of("staff").patch(f"/api/v1/event-series/{former.series_id}/", {"name": "Neu"})
    assert [name["name"] for name in answer.json()["former_names"]] == [former.name]
    assert Event.objects.get().series.name == "Neu"
