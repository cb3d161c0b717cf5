"""What a test with real transactions leaves behind is gone before the next one, and what it took is back."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission

from actors.models import Actor, Topic
from tests.emptying import Emptying
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ContactFactory
from tests.factories.events import ParticipationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def all_rows() -> dict[str, list[dict[str, Any]]]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def test_what_is_new_goes_and_what_was_changed_or_deleted_comes_back():
    before, emptying = all_rows(), Emptying()
    kept, deleted = Topic.objects.order_by("pk")[:2]
    actor = ActorFactory.create()
    actor.topics.add(kept)
    ContactFactory.create(actors=[actor])
    ParticipationFactory.create()
    Topic.objects.create(code="new", name_de="Neu", name_en="New")
    Topic.objects.filter(pk=kept.pk).update(name_de="Anders")
    deleted.delete()
    Permission.objects.all().delete()
    assert all_rows() != before
    emptying.restore()
    assert all_rows() == before


@pytest.mark.parametrize("_time", [1, 2])
def test_a_test_finds_nothing_of_the_one_before_it(_time):
    """Whichever of the two comes second would find what the other made."""
    assert (Actor.objects.count(), Topic.objects.filter(name_de="Anders").count()) == (0, 0)
    ActorFactory.create()
    Topic.objects.update(name_de="Anders")
