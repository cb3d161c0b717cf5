"""The pages of quiet contacts and of those known to one colleague only."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorGroupFactory, PersonFactory
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
QUIET, KNOWN = "/actors/quiet/", "/actors/known-to-one/"


def signed_in(role: str = "staff") -> tuple[Client, Any]:
    user = UserFactory.create(role=role)
    client = Client()
    client.force_login(user)
    return client, user


def spoken_to(days_ago: int, **fields: Any) -> Any:
    actor = ActorFactory.create(contact_interval_days=10, **fields)
    ContactFactory.create(actors=[actor], date=timezone.localdate() - days_ago * DAY)
    return actor


def names(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [row.record.name for row in response.context["table"].rows]


def test_first_come_those_who_are_due_the_longest_overdue_on_top():
    client, user = signed_in()
    spoken_to(10, name="Gelb")
    spoken_to(15, name="Rot", responsible=user)
    spoken_to(9, name="Grün")
    assert names(client, QUIET) == ["Rot", "Gelb"]
    assert names(client, f"{QUIET}?light=green") == ["Grün"]
    assert names(client, f"{QUIET}?light=red") == ["Rot"]
    assert names(client, f"{QUIET}?light=any&sort=-next_due") == ["Grün", "Gelb", "Rot"]
    assert names(client, f"{QUIET}?responsible={user.pk}") == ["Rot"]


def test_quiet_contacts_can_be_narrowed_to_a_group_a_sector_and_a_word():
    client, _ = signed_in()
    member = spoken_to(20, name="Müllers Garten")
    group = ActorGroupFactory.create(members=[member])
    spoken_to(20, name="Andere")
    for query in (f"group={group.pk}", "q=muellers", "sector=association&q=garten"):
        assert names(client, f"{QUIET}?{query}") == ["Müllers Garten"]
    assert names(client, f"{QUIET}?sector=politics") == []


def test_each_row_leads_to_a_contact_and_a_follow_up_and_says_its_light_in_words():
    client, _ = signed_in()
    actor = spoken_to(15)
    text = client.get(QUIET).text
    assert f"/actors/contacts/new/?actor={actor.pk}" in text
    assert f"/actors/follow-ups/new/?actor={actor.pk}" in text
    assert "tag-danger" in text


def test_the_lists_are_exported_as_they_are_filtered():
    client, user = signed_in()
    for address in (f"{QUIET}?light=red", KNOWN):
        spoken_to(15, name="Gärten am See", responsible=user)
        response = client.get(f"{address}{'&' if '?' in address else '?'}export=csv")
        assert response.status_code == 200
        assert "Gärten am See" in b"".join(response).decode("utf-8-sig")


def test_a_list_of_those_known_to_one_names_the_colleague_and_says_whose_account_is_closed():
    client, user = signed_in()
    gone = UserFactory.create(is_active=False, first_name="Gerda", last_name="Gegangen")
    today = timezone.localdate()
    left = ActorFactory.create(name="Allein gelassen")
    ContactFactory.create(actors=[left], staff=gone, date=today)
    mine = PersonFactory.create(given_name="Mia", family_name="Mein")
    for _ in range(2):
        ContactFactory.create(actors=[mine], staff=user, date=today)
    assert names(client, KNOWN) == ["Mia Mein", "Allein gelassen"]
    assert names(client, f"{KNOWN}?staff={user.pk}") == ["Mia Mein"]
    assert names(client, f"{KNOWN}?account=closed") == ["Allein gelassen"]
    assert names(client, f"{KNOWN}?account=active&sector=resident&sort=-last_known") == ["Mia Mein"]
    text = client.get(KNOWN).text
    assert ("Gerda Gegangen" in text, text.count('data-icon="user-off"')) == (True, 1)


@pytest.mark.parametrize("address", [QUIET, KNOWN])
def test_how_many_rows_there_are_does_not_change_the_number_of_queries(
    address: str, django_assert_max_num_queries: Any
):
    client, user = signed_in()
    counts = []
    for number in (1, 4):
        for _ in range(number):
            spoken_to(20, responsible=user)
        with django_assert_max_num_queries(40) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["volunteer", "reader"])
def test_outside_the_office_there_are_no_such_lists(role: str):
    client, _ = signed_in(role)
    actor = spoken_to(20)
    assert [client.get(address).status_code for address in (QUIET, KNOWN)] == [404, 404]
    assert "tag-danger" not in client.get(actor.get_absolute_url()).text


def test_the_page_of_an_actor_says_when_it_is_due():
    client, _ = signed_in()
    actor = spoken_to(15)
    assert client.get(actor.get_absolute_url()).context["attention"].light == "red"
    other = PersonFactory.create()
    assert client.get(other.get_absolute_url()).context["attention"] is None


def test_the_register_finds_actors_by_light_and_then_shows_it_in_a_column():
    client, _ = signed_in()
    spoken_to(15, name="Rot")
    spoken_to(10, name="Gelb")
    spoken_to(1, name="Grün")
    PersonFactory.create(given_name="", family_name="Ohne")
    lights = ["due", "red", "yellow", "green", "none"]
    names_by_light = {light: names(client, f"/actors/?attention={light}") for light in lights}
    assert names_by_light == {
        "due": ["Gelb", "Rot"],
        "red": ["Rot"],
        "yellow": ["Gelb"],
        "green": ["Grün"],
        "none": ["Ohne"],
    }
    assert "attention" in client.get("/actors/?attention=red").context["table"].columns.names()
    assert "attention" not in client.get("/actors/").context["table"].columns.names()


@pytest.mark.parametrize("role", ["volunteer", "reader"])
def test_outside_the_office_the_register_cannot_be_asked_for_lights(role: str):
    client, _ = signed_in(role)
    spoken_to(15, name="Rot")
    ActorFactory.create(name="Ohne")
    assert names(client, "/actors/?attention=red") == ["Ohne", "Rot"]
    # A program is told that there is no such filter: everybody would look like the answer.
    refused = client.get("/api/v1/actors/?attention=red")
    assert (refused.status_code, list(refused.json())) == (400, ["attention"])


def test_an_interval_is_entered_at_an_actor_and_at_a_group():
    client, _ = signed_in()
    actor, group = ActorFactory.create(), ActorGroupFactory.create()
    fields = {"kind": "organisation", "name": actor.name, "actor_type": actor.actor_type_id, "version": 1}
    answer = client.post(f"/actors/{actor.pk}/edit/", {**fields, "contact_interval_days": "90"})
    assert answer.status_code == 302
    client.post(
        f"/actors/groups/{group.pk}/edit/", {"name": "G", "version": 1, "contact_interval_days": "30"}
    )
    actor.refresh_from_db()
    group.refresh_from_db()
    assert (actor.contact_interval_days, group.contact_interval_days) == (90, 30)
    for wrong in ("0", "-1", "3651", "bald"):
        answer = client.post(f"/actors/{actor.pk}/edit/", {**fields, "contact_interval_days": wrong})
        assert (answer.status_code, "contact_interval_days" in answer.context["form"].errors) == (422, True)
