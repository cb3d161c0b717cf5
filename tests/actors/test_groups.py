"""Groups: their pages, their members, and how a selection comes into one."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from actors.models import ActorGroup
from tests.actors.pages import client_of
from tests.factories.actors import ActorFactory, ActorGroupFactory, PersonFactory

pytestmark = pytest.mark.django_db
FROM_SELECTION = "/actors/groups/from-selection/"


def members(group: ActorGroup) -> set[Any]:
    return set(group.members.all())


def test_a_group_is_made_and_a_second_of_its_name_refused():
    client = client_of()
    first = client.post("/actors/groups/new/", {"name": "  Runder   Tisch "})
    group = ActorGroup.objects.get()
    assert (first.status_code, first["Location"], group.name) == (
        302,
        group.get_absolute_url(),
        "Runder Tisch",
    )
    second = client.post("/actors/groups/new/", {"name": "Runder Tisch"})
    assert (second.status_code, list(second.context["form"].errors)) == (422, ["name"])


def test_members_are_added_and_taken_out_one_by_one():
    group, club, person = ActorGroupFactory.create(), ActorFactory.create(), PersonFactory.create()
    client = client_of()
    client.post(reverse("actors:group_members_add", args=[group.pk]), {"actors": [club.pk, person.pk]})
    assert members(group) == {club, person}
    client.post(reverse("actors:group_member_remove", args=[group.pk, club.pk]))
    assert members(group) == {person}
    group.refresh_from_db()
    assert group.version == 3


def test_a_selection_comes_into_a_new_group():
    actors = [ActorFactory.create(), PersonFactory.create()]
    client = client_of()
    ids = ",".join(str(actor.pk) for actor in actors)
    question = client.post(FROM_SELECTION, {"ids": ids})
    assert (question.status_code, question.context["chosen"]) == (
        200,
        sorted(actors, key=lambda a: a.sort_name),
    )
    client.post(FROM_SELECTION, {"ids": ids, "name": "Neu", "_save": "1"})
    assert members(ActorGroup.objects.get(name="Neu")) == set(actors)


def test_a_selection_comes_into_an_existing_group_and_says_who_is_new():
    old, new = ActorFactory.create(), ActorFactory.create()
    group = ActorGroupFactory.create(members=[old])
    answer = client_of().post(
        FROM_SELECTION, {"ids": [old.pk, new.pk], "group": group.pk, "_save": "1"}, follow=True
    )
    assert members(group) == {old, new}
    assert [str(message)[:2] for message in answer.context["messages"]] == ["1 "]


@pytest.mark.parametrize("fields", [{}, {"name": "Neu", "group": "is there"}, {"name": "is there"}])
def test_a_selection_goes_into_one_group_neither_none_nor_two(fields):
    group, club = ActorGroupFactory.create(name="is there"), ActorFactory.create()
    given = {**fields, **({"group": group.pk} if "group" in fields else {})}
    answer = client_of().post(FROM_SELECTION, {"ids": club.pk, "_save": "1", **given})
    assert (answer.status_code, ActorGroup.objects.count(), members(group)) == (422, 1, set())


def test_too_large_a_selection_is_said():
    ids = ",".join(map(str, range(1, 502)))
    assert "500" in client_of().get(FROM_SELECTION, {"ids": ids}).content.decode()


def test_the_list_of_actors_is_filtered_by_group_and_by_selection():
    club, shop, _other = (ActorFactory.create(name=name) for name in ("Verein", "Laden", "Schule"))
    group = ActorGroupFactory.create(members=[club])
    client = client_of()

    def names(**query: Any) -> list[str]:
        return [row.record.name for row in client.get("/actors/", query).context["table"].rows]

    assert names(group=group.pk) == ["Verein"]
    assert names(ids=f"{club.pk},{shop.pk}") == ["Laden", "Verein"]
    assert names(ids="nonsense") == []


def test_a_selection_is_one_chip_that_can_be_removed():
    ids = ",".join(str(ActorFactory.create().pk) for _number in range(3))
    text = client_of().get("/actors/", {"ids": ids}).content.decode()
    assert text.count('<li class="chip">') == 1


def test_a_selection_that_is_too_large_is_said_in_the_list():
    ids = ",".join(map(str, range(1, 502)))
    assert "500" in client_of().get("/actors/", {"ids": ids}).content.decode()


def test_readers_learn_nothing_of_groups():
    group = ActorGroupFactory.create(name="Geheimgruppe", members=[ActorFactory.create()])
    client = client_of("reader")
    page = client.get("/actors/", {"group": group.pk})
    assert "Geheimgruppe" not in page.content.decode()
    assert client.get(group.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(("role", "sees"), [("staff", True), ("volunteer", True), ("reader", False)])
def test_the_page_of_an_actor_names_its_groups(role, sees):
    club = ActorFactory.create()
    ActorGroupFactory.create(name="Runder Tisch", members=[club])
    assert ("Runder Tisch" in client_of(role).get(club.get_absolute_url()).content.decode()) is sees


@pytest.mark.parametrize("path", ["/actors/groups/", "/actors/groups/{pk}/"])
def test_the_number_of_queries_does_not_grow(path, django_assert_max_num_queries):
    group = ActorGroupFactory.create(members=[ActorFactory.create()])
    client = client_of()
    client.get(path.format(pk=group.pk))
    with django_assert_max_num_queries(30) as few:
        client.get(path.format(pk=group.pk))
    group.members.add(*(PersonFactory.create() for _number in range(10)))
    ActorGroupFactory.create_batch(5, members=[ActorFactory.create()])
    with django_assert_max_num_queries(len(few)):
        client.get(path.format(pk=group.pk))
