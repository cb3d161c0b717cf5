"""Wherever a page prints the name of an actor that has ended, it says so beside the name."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.marks import actor_link, actor_name
from actors.models import Actor
from tests.crm.lines import Line
from tests.crm.matrix import PAGES
from tests.crm.world import World
from tests.factories import actors, contacts, events
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
# What belongs together with a name, such as a row of a table; a mark stands in it.
BESIDE = {"li", "tr", "dd", "p", "label", "option", "h2", "dl", "div"}
# A page says once at its head what its actor is, a trail leads on, and a timeline tells what was then.
ELSEWHERE = {"page-head", "pagehead", "breadcrumb", "timeline", "messages", "toast"}
# In words of its own, or in a phrase of which the name is a part.
SAID = ("beendet", "gibt es seit dem", "→")
# Reports are about a period, and have tests of their own; letters and files are sent as they are.
NOT_ASKED = ("reports:", "contacts:concern_letter", "contacts:attachment_file")
VOID = {"input", "br", "img", "hr", "meta", "link", "wbr", "source", "col"}
BEGIN, TODAY = dt.date(2015, 1, 1), timezone.localdate()


class Places(HTMLParser):
    """Collects, for each text that names one of ``names``, the text of the place it stands in."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self.names, self.path, self.mentions = names, [], []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in VOID:
            self.path.append((tag, set((dict(attrs).get("class") or "").split()), []))

    def handle_endtag(self, tag: str) -> None:
        while self.path:
            closed, _classes, _texts = self.path.pop()
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        for _tag, _classes, texts in self.path:
            texts.append(data)
        classes = set().union(*(classes for _tag, classes, _texts in self.path))
        tags = {tag for tag, _classes, _texts in self.path}
        if classes & ELSEWHERE or tags & {"title", "h1", "header", "textarea", "script", "button"}:
            return
        for name in self.names:
            if name in data:
                around = [texts for tag, _classes, texts in self.path if tag in BESIDE]
                self.mentions.append((name, around[-1] if around else self.path[-1][2]))

    def unmarked(self) -> list[str]:
        """Return what stands where a name has no mark."""
        said = [" ".join(" ".join(texts).split()) for _name, texts in self.mentions]
        return [text for text in said if not any(words in text for words in SAID)]


def fill(world: World) -> None:
    """Tie the actors of the world to all that prints their names."""
    actor, person, event = world.actor, world.person, world.event
    channel = contacts.ContactFactory(actors=[actor, person], staff=UserFactory(role="staff"))
    contacts.FollowUpFactory(actor=actor, assignee=world.user_in, due=TODAY)
    contacts.FollowUpFactory(contact=channel, assignee=world.user_in, due=TODAY)
    contacts.ConcernFactory(raised_by=person, forwarded_to=actor)
    type(world.concern).objects.filter(pk=world.concern.pk).update(forwarded_to=actor)
    actors.ConsentFactory(person=person, purpose="invitations")
    actors.RelationFactory(source=actor, target=person)
    actors.AffiliationFactory(person=person, organisation=actor, role="Vorsitz", is_main_contact=True)
    contacts.FollowUpFactory(contact=world.contact, assignee=world.user_in, due=TODAY)
    events.TaskAssignmentFactory(event=event, actor=actor)
    series = world.series
    events.SeriesCarrierFactory(series=series, actor=actor, valid_from=BEGIN)
    type(series).objects.filter(pk=series.pk).update(future_carrier=actor, future_contact=person)
    events.TaskAssignmentFactory(series=series, event=None, actor=actor)
    events.EventFactory(series=series, start_date=TODAY)
    type(event).objects.filter(pk=event.pk).update(series=series)
    type(world.space).objects.filter(pk=world.space.pk).update(owner=actor)
    type(world.measure).objects.filter(pk=world.measure.pk).update(carrier=actor)
    actors.ActorGroupFactory(members=[actor, person])


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    open_to_management = [line for line in PAGES if line.expected.get("get", (0,))[0] == HTTPStatus.OK]
    return [line for line in open_to_management if not line.route.startswith(NOT_ASKED)]


def test_a_name_carries_its_mark_and_one_that_goes_on_carries_none():
    ended = actors.ActorFactory(name="A & B", active_until=dt.date(2021, 1, 1))
    mark = ' <span class="tag tag-muted" data-ended>beendet am 31.12.2020</span>'
    assert actor_name(ended) == f"A &amp; B{mark}"
    assert actor_link(ended, "name") == f'<a class="name" href="/actors/{ended.pk}/">A &amp; B</a>{mark}'
    assert actor_link(actors.ActorFactory(name="C", pk=77)) == '<a href="/actors/77/">C</a>'


def test_every_page_marks_the_actors_that_have_ended(lines):
    client, world = Client(), World()
    world.user_in = UserFactory(role="management")
    world.follow_ups_of = world.user_in
    client.force_login(world.user_in)
    addresses = [
        reverse(line.route, kwargs={name: world.key(key) for name, key in line.keys.items()})
        for line in lines
    ]
    fill(world)
    names = []
    for actor in Actor.objects.all():
        names.append(f"Qz{actor.pk}x")
        until = TODAY - dt.timedelta(days=30)
        Actor.objects.filter(pk=actor.pk).update(
            name=names[-1], sort_name=names[-1].lower(), active_until=until
        )
    group = Actor.objects.get(pk=world.actor.pk).groups.first()
    addresses += [
        f"{reverse('events:invite')}?event={events.EventFactory(start_date=TODAY).pk}&group={group.pk}",
        f"{world.actor.get_absolute_url()}?kind=contacts",
    ]
    seen, unmarked = 0, {}
    for address in addresses:
        answer = client.get(address, follow=True)
        if "text/html" not in answer.headers["Content-Type"]:
            continue
        places = Places(names)
        places.feed(answer.content.decode())
        seen += len(places.mentions)
        if places.unmarked():
            unmarked[address] = places.unmarked()
    assert unmarked == {}
    assert seen > 50  # or nothing was looked at
