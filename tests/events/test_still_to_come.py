"""What is still to come was not held, and nobody has taken part in it: by page, list, menu, paste and API."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Participation
from events.services.participants import NewParticipant, add_participants
from tests import api
from tests.core.rules import problems
from tests.events.pages import HTMX, client_of
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.events import (
    EventFactory,
    EventTypeFactory,
    ParticipationFactory,
    ParticipationRoleFactory,
)

pytestmark = pytest.mark.django_db


def day_from_now(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "status", "field"),
    [(1, "held", ["status"]), (0, "held", []), (-1, "held", []), (1, "planned", []), (1, "postponed", [])],
)
def test_an_event_is_held_from_its_day_on(days, status, field):
    event = EventFactory.create(start_date=day_from_now(days), status=status)
    assert list(problems(event)) == field


def test_an_event_without_a_day_may_have_been_held():
    assert problems(EventFactory(start_date=None, status="held")) == {}


def test_the_form_says_so_at_the_status_and_keeps_what_was_typed():
    form = {
        "title": "Sommerfest",
        "event_type": EventTypeFactory().pk,
        "status": "held",
        "mode": "on_site",
        "start_date": day_from_now(1).isoformat(),
    }
    answer = client_of().post("/events/new/", form)
    assert (answer.status_code, Event.objects.count()) == (422, 0)
    assert "Sommerfest" in answer.text
    assert list(answer.context["form"].errors) == ["status"]
    assert client_of().post("/events/new/", form | {"status": "planned"}).status_code == 302


def test_the_menu_of_an_event_says_why_it_is_not_held_yet():
    event, client = EventFactory.create(status="planned", start_date=day_from_now(1)), client_of()
    answer = client.post(reverse("events:event_status", args=[event.pk]), {"status": "held"}, follow=True)
    event.refresh_from_db()
    assert event.status == "planned"
    assert "geplant oder bestätigt" in answer.text


def test_a_held_event_is_moved_to_a_day_to_come_together_with_its_status():
    event, client = EventFactory.create(status="held", start_date=day_from_now(-1)), api.client_of("staff")
    moved = {"start_date": day_from_now(9).isoformat()}
    address = f"/api/v1/events/{event.pk}/"
    refused = client.patch(address, moved, format="json")
    assert (refused.status_code, list(refused.json())) == (400, ["status"])
    assert client.patch(address, moved | {"status": "postponed"}, format="json").status_code == 200


def test_the_api_takes_nobody_for_present_at_what_is_to_come():
    event, actor, role = EventFactory(start_date=day_from_now(1)), ActorFactory(), ParticipationRoleFactory()
    sent = {"event": event.pk, "actor": actor.pk, "role": role.code, "state": "attended"}
    client = api.client_of("staff")
    refused = client.post("/api/v1/participations/", sent, format="json")
    assert (refused.status_code, list(refused.json()), Participation.objects.count()) == (400, ["state"], 0)
    assert (
        client.post("/api/v1/participations/", sent | {"state": "registered"}, format="json").status_code
        == 201
    )


def test_presence_cannot_be_ticked_before_the_day():
    event = EventFactory(start_date=day_from_now(1), status="planned")
    row, client = ParticipationFactory.create(event=event, state="registered"), client_of()
    for name, key in (("participation_toggle", row.pk), ("participations_present", event.pk)):
        assert client.post(reverse(f"events:{name}", args=[key]), **HTMX).status_code == 422
        row.refresh_from_db()
        assert row.state == "registered"


@pytest.mark.parametrize("name", ["participation_add", "participation_paste"])
def test_picked_and_pasted_names_are_not_present_before_the_day(name):
    event, actor, role = EventFactory(start_date=day_from_now(1)), ActorFactory(), ParticipationRoleFactory()
    sent = {"actors": actor.pk, "text": "Erika Muster", "role": role.pk, "state": "attended"}
    answer = client_of().post(reverse(f"events:{name}", args=[event.pk]), sent, **HTMX)
    assert (answer.status_code, Participation.objects.count()) == (422, 0)


def test_the_service_refuses_as_well():
    event, role = EventFactory(start_date=day_from_now(1)), ParticipationRoleFactory()
    entries = [NewParticipant(actor=ActorFactory())]
    with pytest.raises(ValidationError):
        add_participants(event=event, entries=entries, role=role, state="attended", user=UserFactory())
