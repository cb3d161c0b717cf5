"""Names are text wherever they are shown, and filters take nonsense for nonsense."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from core.views import RecordListView
from tests.crm.matrix import MATRIX
from tests.crm.test_permission_matrix import routes
from tests.crm.world import World
from tests.factories import actors, contacts, events
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

TAG = "</script><img src=x onerror=alert(1)>"
QUOTE = "\"'--><svg onload=alert(1)>"
TEMPLATE = "{{ user.password }}{% debug %}"
HOSTILE = f"{TAG}{QUOTE}{TEMPLATE}"
LISTS = {
    name: pattern.callback.view_class
    for name, pattern in routes(get_resolver())
    if issubclass(getattr(pattern.callback, "view_class", object), RecordListView)
}


class HostileWorld(World):
    """A world in which every name is an attack."""

    def __init__(self, user: Any) -> None:
        super().__init__(follow_ups_of=user)
        person = actors.PersonFactory(given_name=TAG, family_name=QUOTE, notes=HOSTILE, district=HOSTILE)
        self.actor = actors.ActorFactory(name=HOSTILE, description=HOSTILE, guardian=None, district=TAG)
        self.contact = contacts.ContactFactory(actors=[self.actor], subject=HOSTILE, note=HOSTILE)
        self.email = contacts.IncomingEmailFactory(subject=HOSTILE, text=HOSTILE, sender_name=HOSTILE)
        self.topic = actors.TopicFactory(code="of-the-matrix", name_de=HOSTILE, name_en=HOSTILE)
        self.actor.topics.add(self.topic)
        self.series = events.EventSeriesFactory(name=HOSTILE, description=HOSTILE, future_carrier=self.actor)
        self.space = events.SpaceFactory(name=HOSTILE, address=HOSTILE, owner=self.actor)
        self.programme = events.ProgrammeFactory(name=HOSTILE, description=HOSTILE)
        self.measure = events.MeasureFactory(title=HOSTILE, programme=self.programme, carrier=self.actor)
        self.event = events.EventFactory(
            title=HOSTILE, series=self.series, space=self.space, description=HOSTILE
        )
        self.participation = events.ParticipationFactory(
            event=self.event, actor=self.actor, represented_by=person
        )
        self.participation_of_person = events.ParticipationFactory(event=self.event, actor=person)
        self._parts(person)

    def _parts(self, person: Any) -> None:
        actors.FormerNameFactory(actor=self.actor, name=HOSTILE)
        actors.PhoneNumberFactory(actor=self.actor, label=TAG)
        actors.AffiliationFactory(person=person, organisation=self.actor, role=TAG)
        actors.RelationFactory(source=self.actor, target=person, evidence=HOSTILE)
        actors.ProgrammeDependencyFactory(actor=self.actor, programme=HOSTILE)
        contacts.FollowUpFactory(actor=self.actor, text=HOSTILE, assignee=self.follow_ups_of)
        events.AgendaItemFactory(event=self.event, title=HOSTILE, text=HOSTILE)
        events.DecisionFactory(event=self.event, text=HOSTILE)
        events.TourStopFactory(event=self.event, place=HOSTILE, finding=HOSTILE)
        events.TaskAssignmentFactory(event=self.event, actor=self.actor, note=HOSTILE)
        self.event_contact = events.EventContactFactory(event=self.event, contact=self.contact)
        events.SeriesFormerNameFactory(series=self.series, name=HOSTILE)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_hostile_name_is_only_text_on_every_page():
    user = UserFactory(role="management", first_name=TAG, last_name=QUOTE)
    client, world = signed_in(user), HostileWorld(user)
    alive = []
    for line in MATRIX:
        if "get" not in line.expected or line.route.startswith("account_"):
            continue
        url = reverse(line.route, kwargs={name: world.key(key) for name, key in line.keys.items()})
        for address in (url, f"{url}?q={TAG}") if line.route in {*LISTS, "search"} else (url,):
            answer = client.get(address, follow=True)
            if answer["Content-Type"].startswith("text/html"):
                text = answer.content.decode()
                alive += [(address, attack) for attack in ("<img src=x", "<svg onload") if attack in text]
            assert user.password not in answer.getvalue().decode(errors="replace")
    assert alive == []


@pytest.mark.parametrize("route", LISTS)
def test_nonsense_in_a_filter_is_said_and_breaks_nothing(route):
    client = signed_in(UserFactory(role="management"))
    keys = {"vocabulary": "topics"} if route.startswith("administration:") else {}
    url = reverse(route, kwargs=keys)
    names = [*LISTS[route].filterset_class.base_filters, "sort", "page", "per_page", "export"]
    wrong = [
        "\x00",
        "x\x00",
        "9" * 30,
        "-1",
        "null",
        "x" * 3000,
        "1e400",
        "²",
        "💩",
        "2020-13-45",
        "-pk__password",
    ]
    part = {"HX-Request": "true"}  # the list without the page around it, which is drawn once for each filter
    queries = [(name, value, {} if value == wrong[0] else part) for name in names for value in wrong]
    statuses = {
        (name, value[:9], status)
        for name, value, headers in queries
        if (status := client.get(url, {name: value}, headers=headers).status_code) not in {200, 302}
    }
    assert statuses == set()
