"""The form of an actor, by hand in the browser: every slip is named, and nothing is half saved."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import Actor, FormerName
from actors.names import usual_type
from tests.actors.pages import client_of, codes, organisation, person
from tests.factories.actors import ActorFactory, TopicFactory
from tests.factories.contacts import ContactFactory
from tests.factories.events import ParticipationFactory

pytestmark = pytest.mark.django_db
LIST = "/actors/"


def test_an_organisation_is_added_with_numbers_and_topics():
    topic = TopicFactory.create()
    data = organisation(phones="Büro: 05361 12345", topics=[topic.pk])
    response = client_of().post("/actors/new/", data)
    actor = Actor.objects.get()
    assert response["Location"] == actor.get_absolute_url()
    assert (str(actor.phone_numbers.get()), actor.topics.get()) == ("Büro: 05361 12345", topic)


def test_a_person_is_added():
    client_of().post("/actors/new/", person())
    actor = Actor.objects.get()
    assert (actor.name, actor.sort_name, actor.is_person) == ("Erika Neu", "neu erika", True)


def test_switching_the_kind_keeps_what_was_typed_and_saves_nothing():
    typed = organisation(name="Erika Neu", email="e@example.org", kind="person", _switch="1")
    form = client_of().post("/actors/new/", typed).context["form"]
    assert (form["given_name"].value(), form["family_name"].value()) == ("Erika", "Neu")
    assert (form["email"].value(), form["actor_type"].value()) == ("e@example.org", usual_type("person").pk)
    assert "name" not in form.fields
    assert Actor.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": ""}, {"name": ["required"]}),
        ({"name": "x" * 251}, {"name": ["max_length"]}),
        ({"name": "Ver\x00ein"}, {"name": ["null_characters_not_allowed"]}),
        ({"phones": "abc"}, {"phones": ["phone"]}),
        ({"website": "javascript:alert(1)"}, {"website": ["invalid"]}),
        ({"active_from": "31.02.2020"}, {"active_from": ["invalid"]}),
        ({"active_from": "0020-01-01"}, {"active_from": ["date"]}),
        ({"actor_type": "999999"}, {"actor_type": ["invalid_choice"]}),
        ({"description": "x" * 20_000}, {"description": ["max_length"]}),
    ],
    ids=lambda value: next(iter(value)),
)
def test_a_bad_entry_is_named_and_nothing_is_saved(changes, expected):
    response = client_of().post("/actors/new/", organisation(**changes))
    assert (response.status_code, codes(response.context["form"])) == (422, expected)
    assert Actor.objects.count() == 0


def test_a_similar_actor_is_shown_before_another_is_added():
    known = ActorFactory.create(name="Sportverein Nord")
    client, data = client_of(), organisation(name="Sportvereine Nord")
    form = client.post("/actors/new/", data).context["form"]
    assert (codes(form), form.duplicates) == ({"__all__": ["duplicate"]}, [known])
    client.post("/actors/new/", {**data, "create_anyway": "on"})
    assert Actor.objects.count() == 2


def test_renaming_offers_to_keep_the_old_name():
    actor = ActorFactory.create(name="Sprecherkreis")
    data = organisation(name="Freunde Westhagens", version=actor.version, keep_former_name="on")
    client_of().post(f"/actors/{actor.pk}/edit/", data)
    former = FormerName.objects.get()
    assert (Actor.objects.get().name, former.name) == ("Freunde Westhagens", "Sprecherkreis")
    assert former.used_until == timezone.localdate()


@pytest.mark.parametrize(("name", "keep"), [("Freunde Westhagens", ""), ("SPRECHERKREIS", "on")])
def test_a_correction_of_the_name_keeps_no_old_one(name, keep):
    actor = ActorFactory.create(name="Sprecherkreis")
    data = organisation(name=name, version=actor.version, keep_former_name=keep)
    client_of().post(f"/actors/{actor.pk}/edit/", data)
    assert (Actor.objects.get().name, FormerName.objects.count()) == (name, 0)


def test_the_second_of_two_editors_is_told_and_decides():
    actor = ActorFactory.create(name="Alt")
    client, seen = client_of(), actor.version
    client.post(f"/actors/{actor.pk}/edit/", organisation(name="Erste", version=seen))
    response = client.post(f"/actors/{actor.pk}/edit/", organisation(name="Zweite", version=seen))
    form = response.context["form"]
    assert (response.status_code, codes(form)) == (422, {"__all__": ["conflict"]})
    assert [stored for _label, stored in form.conflicts] == ["Erste"]
    assert Actor.objects.get().name == "Erste"
    client.post(f"/actors/{actor.pk}/edit/", organisation(name="Zweite", version=form["version"].value()))
    assert Actor.objects.get().name == "Zweite"


def test_the_last_day_is_shown_as_it_was_typed():
    client, actor = client_of(), ActorFactory.create()
    data = organisation(name=actor.name, active_until="2021-12-31", version=actor.version)
    client.post(f"/actors/{actor.pk}/edit/", data)
    form = client.get(f"/actors/{actor.pk}/edit/").context["form"]
    assert Actor.objects.get().active_until == dt.date(2022, 1, 1)
    assert 'value="2021-12-31"' in str(form["active_until"])


def test_posted_fields_that_are_not_in_the_form_are_ignored():
    data = organisation(id="77", created_at="2000-01-01", sort_name="zzz", search_names="zzz", version="5")
    client_of().post("/actors/new/", data)
    actor = Actor.objects.get()
    assert (actor.pk == 77, actor.sort_name, actor.version) == (False, "verein neu", 1)


def test_an_actor_that_took_part_is_not_deleted():
    actor = ParticipationFactory.create().actor
    client = client_of()
    question = client.get(f"/actors/{actor.pk}/delete/")
    refused = client.post(f"/actors/{actor.pk}/delete/")
    assert [(count, protects) for _label, count, protects in question.context["dependents"]] == [(1, True)]
    assert (refused.status_code, Actor.objects.filter(pk=actor.pk).exists()) == (409, True)


def test_an_actor_is_not_deleted_from_under_its_own_contacts():
    actor, other = ActorFactory.create(), ActorFactory.create()
    ContactFactory.create(actors=[actor])
    ContactFactory.create(actors=[other, actor])
    client = client_of()
    assert client.post(f"/actors/{actor.pk}/delete/").status_code == 409
    ContactFactory.create(actors=[other])
    assert Actor.objects.count() == 2


def test_an_actor_that_nothing_needs_is_deleted():
    actor = ActorFactory.create()
    response = client_of().post(f"/actors/{actor.pk}/delete/")
    assert (response["Location"], Actor.objects.count()) == (LIST, 0)


@pytest.mark.parametrize("role", ["volunteer", "reader"])
@pytest.mark.parametrize("address", ["new/", "{pk}/edit/", "{pk}/delete/"])
def test_who_may_not_write_changes_nothing(role, address):
    actor = ActorFactory.create()
    client = client_of(role)
    url = LIST + address.format(pk=actor.pk)
    assert (client.get(url).status_code, client.post(url, organisation()).status_code) == (403, 403)
    assert list(Actor.objects.values_list("name", "version")) == [(actor.name, actor.version)]
