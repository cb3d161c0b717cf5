"""Pages of events: who sees and changes what, and how much the database is asked for it."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from events.models import Event
from tests.events.pages import HTMX, client_of
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import ContactFactory
from tests.factories.events import (
    AgendaItemFactory,
    DecisionFactory,
    EventContactFactory,
    EventFactory,
    EventSeriesFactory,
    EventTypeFactory,
    HeadcountFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
    SeriesCarrierFactory,
    SpaceFactory,
    TaskAssignmentFactory,
    TourStopFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/events/"


def page(event, tab=""):
    return f"/events/{event.pk}/{tab}"


def fields(event_type, **changes):
    return {
        "title": "Treffen",
        "event_type": event_type.pk,
        "status": "planned",
        "mode": "on_site",
        **changes,
    }


def full_event(number):
    event = EventFactory.create(
        title=f"Fest {number}", series=EventSeriesFactory.create(), space=SpaceFactory.create()
    )
    ParticipationFactory.create_batch(number, event=event)
    HeadcountFactory.create(event=event, count=number)
    return event


def test_the_list_asks_the_same_number_of_questions_for_one_row_and_for_three(django_assert_num_queries):
    client = client_of()
    full_event(1)
    client.get(LIST)
    with django_assert_num_queries(14) as one:
        client.get(LIST)
    full_event(2)
    full_event(3)
    with django_assert_num_queries(len(one)):
        assert "Fest 3" in client.get(LIST).text


def test_the_page_of_an_event_asks_the_same_for_one_participant_and_for_three(django_assert_num_queries):
    client, event = client_of(), full_event(1)
    client.get(page(event))
    with django_assert_num_queries(23) as one:
        client.get(page(event))
    ParticipationFactory.create_batch(2, event=event, represented_by=PersonFactory.create())
    with django_assert_num_queries(len(one)):
        client.get(page(event))


def test_the_list_shows_the_larger_of_names_and_heads_and_says_which():
    counted, named = EventFactory.create(title="Gezählt"), EventFactory.create(title="Genannt")
    HeadcountFactory.create(event=counted, count=1200)
    ParticipationFactory.create_batch(6, event=named)
    table = client_of().get(LIST).context["table"]
    totals = {row.record.title: table.attendances[row.record.pk] for row in table.rows}
    assert {title: (each.total, each.basis.value) for title, each in totals.items()} == {
        "Gezählt": (1200, "headcount"),
        "Genannt": (6, "names"),
    }
    assert [row.get_cell_value("attendance") for row in table.rows] == [6, 1200]


def test_the_list_is_sorted_by_attendance():
    for title, count in (("Klein", 5), ("Groß", 500), ("Mittel", 50)):
        HeadcountFactory.create(event=EventFactory.create(title=title), count=count)
    for sort, expected in (
        ("-attendance", ["Groß", "Mittel", "Klein"]),
        ("attendance", ["Klein", "Mittel", "Groß"]),
    ):
        rows = client_of().get(LIST, {"sort": sort}).context["table"].page.object_list
        assert [row.record.title for row in rows] == expected


@pytest.mark.parametrize(
    "sort", ["basis", "series", "place", "-status", "title", "start_date", "password", "event__pk"]
)
def test_any_order_that_is_asked_for_gives_a_page(sort):
    EventFactory.create()
    assert client_of().get(LIST, {"sort": sort}).status_code == 200


def test_only_the_list_itself_comes_back_while_filtering():
    EventFactory.create(title="Fest")
    response = client_of().get(LIST, {"q": "fest"}, **HTMX)
    assert response.text.lstrip().startswith("<section")
    assert "Fest" in response.text


def test_the_export_holds_exactly_the_filtered_rows_with_typed_days():
    EventFactory.create(title="=1+1", start_date=dt.date(2019, 6, 15))
    EventFactory.create(title="Anderes", start_date=dt.date(2018, 6, 15))
    response = client_of().get(LIST, {"year": "2019", "export": "xlsx"})
    sheets = load_workbook(io.BytesIO(response.content)).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert [c.data_type for c in cells if c.value == "=1+1"] == ["s"]
    assert any(isinstance(c.value, dt.datetime) and c.value.date() == dt.date(2019, 6, 15) for c in cells)
    assert not any(c.value == "Anderes" for c in cells)


def test_readers_do_not_learn_numbers_that_may_point_to_a_person():
    event = EventFactory.create()
    ParticipationFactory.create_batch(3, event=event, actor__kind="organisation")
    assert "&lt;5" in client_of("reader").get(LIST).text
    assert "&lt;5" in client_of("reader").get(page(event)).text
    assert "&lt;5" not in client_of("volunteer").get(LIST).text
    export = client_of("reader").get(LIST, {"export": "csv"}).content.decode("utf-8-sig")
    assert "<5" in export


def test_readers_see_neither_persons_nor_what_was_said():
    event = EventFactory.create()
    ParticipationFactory.create(event=event, actor=PersonFactory.create(family_name="Geheim"))
    verein = ActorFactory.create(name="Verein Süd")
    ParticipationFactory.create(
        event=event, actor=verein, represented_by=PersonFactory.create(family_name="Privat")
    )
    TaskAssignmentFactory.create(event=event, actor=PersonFactory.create(family_name="Heimlich"))
    reader = client_of("reader")
    text = reader.get(page(event)).text + reader.get(page(event, "tasks/")).text
    assert "Verein Süd" in text
    assert not any(name in text for name in ("Geheim", "Privat", "Heimlich"))
    assert {
        tab: reader.get(page(event, tab)).status_code
        for tab in ("minutes/", "stops/", "contacts/", "headcounts/")
    } == {
        "minutes/": 404,
        "stops/": 404,
        "contacts/": 404,
        "headcounts/": 404,
    }


def test_the_tabs_show_what_belongs_to_the_event():
    event = EventFactory.create(event_type=EventTypeFactory(code="tour"))
    AgendaItemFactory.create(event=event, title="Begrüßung")
    DecisionFactory.create(event=event, text="Es wird gefeiert.")
    TourStopFactory.create(event=event, place="Marktplatz", finding="Laterne kaputt")
    TaskAssignmentFactory.create(event=event, actor=None)
    user = UserFactory.create(role="volunteer")
    own = ContactFactory.create(subject="Eigenes", staff=user)
    foreign = ContactFactory.create(subject="Fremdes")
    for contact in (own, foreign):
        EventContactFactory.create(event=event, contact=contact)
    volunteer = Client()
    volunteer.force_login(user)
    titles = {
        tab: volunteer.get(page(event, tab)).text for tab in ("minutes/", "stops/", "tasks/", "contacts/")
    }
    assert "Begrüßung" in titles["minutes/"]
    assert "Es wird gefeiert." in titles["minutes/"]
    assert "Laterne kaputt" in titles["stops/"]
    assert "Eigenes" in titles["contacts/"]
    assert "Fremdes" not in titles["contacts/"]
    assert "Fremdes" in client_of().get(page(event, "contacts/")).text


def test_an_event_without_anything_still_makes_sense():
    event = EventFactory.create(start_date=None)
    for tab in ("", "headcounts/", "tasks/", "minutes/", "contacts/"):
        assert client_of().get(page(event, tab)).status_code == 200


def test_names_from_outside_are_inert():
    bad = '<script>alert("1")</script><img src=x onerror=alert(1)>'
    event = EventFactory.create(title=bad, place_note=bad, series=EventSeriesFactory.create(name=bad))
    ParticipationFactory.create(event=event, actor=ActorFactory.create(name=bad))
    TaskAssignmentFactory.create(event=event, actor=ActorFactory.create(name=bad), note=bad)
    AgendaItemFactory.create(event=event, title=bad)
    for address in (
        LIST,
        page(event),
        page(event, "tasks/"),
        page(event, "minutes/"),
        page(event, "delete/"),
    ):
        assert "<script>alert" not in client_of().get(address).text
        assert "<img src=x" not in client_of().get(address).text


def test_an_event_is_created_changed_and_deleted_by_the_office():
    client, event_type = client_of(), EventTypeFactory()
    assert client.post("/events/new/", fields(event_type, title="Sommerfest")).status_code == 302
    event = Event.objects.get()
    assert event.title == "Sommerfest"
    client.post(page(event, "edit/"), fields(event_type, title="Herbstfest", version=event.version))
    event.refresh_from_db()
    assert event.title == "Herbstfest"
    ParticipationFactory.create_batch(2, event=event)
    assert client.get(page(event, "delete/")).context["dependents"][0][1] == 2
    assert client.post(page(event, "delete/")).status_code == 302
    assert not Event.objects.exists()


def test_what_was_typed_comes_back_with_the_errors():
    response = client_of().post("/events/new/", {"title": "Sommerfest", "start_date": "2021-02-31"})
    assert response.status_code == 422
    assert 'value="Sommerfest"' in response.text
    assert 'value="2021-02-31"' in response.text


def test_a_new_edition_takes_over_what_the_series_says():
    OrganiserRoleFactory.create()
    series = EventSeriesFactory.create(name="Bürgerfest", space=SpaceFactory.create())
    carrier = SeriesCarrierFactory.create(series=series).actor
    client = client_of()
    initial = client.get("/events/new/", {"series": series.pk}).context["form"].initial
    assert initial == {
        "series": series.pk,
        "title": "Bürgerfest",
        "event_type": series.event_type_id,
        "space": series.space_id,
    }
    client.post("/events/new/", fields(series.event_type, title="Bürgerfest 2022", series=series.pk))
    assert list(Event.objects.get().participations.values_list("actor", "state")) == [
        (carrier.pk, "registered")
    ]


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30, ""])
def test_a_strange_series_in_the_address_is_ignored_and_a_missing_one_is_not_found(key):
    assert client_of().get("/events/new/", {"series": key}).status_code == 200
    assert client_of().get("/events/new/", {"series": "999999"}).status_code == 404


def test_the_status_is_changed_in_one_step_and_a_wrong_one_changes_nothing():
    event, client = EventFactory.create(status="planned"), client_of()
    client.post(page(event, "status/"), {"status": "cancelled"})
    event.refresh_from_db()
    assert (event.status, event.version) == ("cancelled", 2)
    client.post(page(event, "status/"), {"status": "nonsense"})
    event.refresh_from_db()
    assert event.status == "cancelled"
    assert client.get(page(event, "status/")).status_code == 405


@pytest.mark.parametrize(
    ("role", "status"), [("volunteer", 403), ("reader", 403), ("staff", 200), ("management", 200)]
)
def test_only_the_office_edits_events(role, status):
    event = EventFactory.create()
    before = Event.objects.values().get()
    client = client_of(role)
    for tab in ("edit/", "delete/", "tasks/edit/", "minutes/edit/", "stops/edit/"):
        assert client.get(page(event, tab)).status_code == status
    if status == 403:
        for tab in ("edit/", "delete/", "status/", "tasks/copy/"):
            client.post(page(event, tab), {"status": "idea", "title": "Anders"})
        assert Event.objects.values().get() == before


@pytest.mark.parametrize(
    "name", ["event_detail", "event_update", "event_delete", "event_headcounts", "event_minutes"]
)
def test_an_event_that_does_not_exist_is_not_found(name):
    assert client_of().get(reverse(f"events:{name}", args=[999_999])).status_code == 404
    assert client_of().get(reverse(f"events:{name}", args=[10**30])).status_code == 404


def test_nobody_gets_in_without_signing_in(client):
    event = EventFactory.create()
    assert client.get(page(event)).status_code == 302
    assert client.get(LIST).status_code == 302


def test_headcounts_are_typed_by_volunteers_and_come_back_with_their_errors():
    event, client = EventFactory.create(), client_of("volunteer")
    blank = client.get(page(event, "headcounts/")).context["form"]
    sent = {field.html_name: field.value() or "" for field in blank}
    refused = client.post(page(event, "headcounts/"), {**sent, "n_youth_f": "-3", "n_youth_m": "12"})
    assert refused.status_code == 422
    assert 'value="12"' in refused.text
    assert event.headcounts.count() == 0
    client.post(page(event, "headcounts/"), {**sent, "n_youth_m": "12"})
    assert list(event.headcounts.values_list("group", "sex", "count")) == [("youth", "m", 12)]


def test_tasks_are_taken_over_from_the_edition_before_once():
    series = EventSeriesFactory.create()
    before = EventFactory.create(series=series, start_date=dt.date(2018, 6, 1))
    now = EventFactory.create(series=series, start_date=dt.date(2019, 6, 1))
    row = TaskAssignmentFactory.create(event=before)
    client = client_of()
    for _time in range(2):
        client.post(page(now, "tasks/copy/"))
    assert list(now.tasks.values_list("task", "actor")) == [(row.task_id, row.actor_id)]


def test_a_contact_is_assigned_to_an_event_once_and_taken_off_again():
    event, contact, client = EventFactory.create(), ContactFactory.create(subject="Anruf"), client_of()
    options = client.get("/events/contacts/options/", {"q": "anru"}).json()["results"]
    assert [(o["id"], o["text"]) for o in options] == [(contact.pk, "Anruf")]
    for _time in range(2):
        client.post(page(event, "contacts/add/"), {"contact": contact.pk})
    assert event.event_contacts.count() == 1
    assert client.get("/events/contacts/options/", {"q": "anru"}).json()["results"] == []
    client.post(reverse("events:event_contact_remove", args=[event.event_contacts.get().pk]))
    assert event.event_contacts.count() == 0
    assert client_of("volunteer").get("/events/contacts/options/", {"q": "a"}).status_code == 404


def test_minutes_are_written_row_by_row():
    event, client = EventFactory.create(), client_of()
    form = client.get(page(event, "minutes/edit/")).context["form"]
    sent = {f.html_name: f.value() for rows in form.rows for f in rows.management_form}
    client.post(
        page(event, "minutes/edit/"),
        {
            **sent,
            "version": event.version,
            "agenda-0-title": "Begrüßung",
            "decisions-0-text": "Es wird gefeiert.",
        },
    )
    assert [str(i) for i in event.agenda_items.all()] == ["Begrüßung"]
    assert [str(d) for d in event.decisions.all()] == ["Es wird gefeiert."]
