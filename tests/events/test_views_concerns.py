"""Concerns out of an event and out of a stop of a tour."""

import datetime as dt

import pytest

from contacts.models import Concern
from events.models import EventConcern, TourStop
from tests.actors.pages import client_of
from tests.factories.contacts import ConcernFactory, ConcernKindFactory
from tests.factories.events import EventFactory, TourStopFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 5, 4)


def fields() -> dict[str, object]:
    return {"text": "Laterne", "kind": ConcernKindFactory.create().pk, "raised_on": DAY.isoformat()}


def test_a_concern_brought_at_an_event_belongs_to_it():
    event, client = EventFactory.create(start_date=DAY), client_of()
    address = f"/events/{event.pk}/concerns/new/"
    assert client.get(address).context["form"]["raised_on"].initial == DAY
    answer = client.post(f"{address}?next=/events/{event.pk}/", fields())
    tie = EventConcern.objects.get()
    assert (answer["Location"], tie.event, tie.concern) == (
        f"/events/{event.pk}/", event, Concern.objects.get(),
    )  # fmt: skip
    assert f"/events/{event.pk}/" in client.get(tie.concern.get_absolute_url()).content.decode()


def test_a_finding_becomes_a_concern_once():
    stop = TourStopFactory.create(event=EventFactory.create(start_date=DAY), place="Ecke", finding="Dunkel")
    client, address = client_of(), f"/events/stops/{stop.pk}/concern/"
    assert address in client.get(f"/events/{stop.event_id}/stops/").content.decode()
    form = client.get(address).context["form"]
    assert (form["text"].initial, form["raised_on"].initial) == ("Ecke: Dunkel", DAY)
    client.post(address, fields())
    concern = Concern.objects.get()
    assert (TourStop.objects.get().concern, concern.steps.count()) == (concern, 1)
    assert client.get(address)["Location"] == concern.get_absolute_url()
    again = client.post(address, fields())
    assert (again.status_code, Concern.objects.count()) == (422, 1)
    page = client.get(f"/events/{stop.event_id}/stops/").content.decode()
    assert concern.get_absolute_url() in page
    assert address not in page


def test_a_plan_for_the_future_has_no_concern_of_the_future():
    event = EventFactory.create(start_date=dt.date(2190, 1, 1))
    form = client_of().get(f"/events/{event.pk}/concerns/new/").context["form"]
    assert form["raised_on"].initial == dt.date.today()


def test_volunteers_see_a_stop_without_its_concern():
    stop = TourStopFactory.create(concern=ConcernFactory.create(text="Geheim"))
    client = client_of("volunteer")
    page = client.get(f"/events/{stop.event_id}/stops/").content.decode()
    assert "/actors/concerns/" not in page
    assert client.get(f"/events/stops/{stop.pk}/concern/").status_code == 404
