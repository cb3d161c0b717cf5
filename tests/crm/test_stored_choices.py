"""What a record holds is kept when it is saved untouched, also where it is no longer offered."""

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import translation
from rest_framework.test import APIClient

from actors.forms.actors import ActorForm
from actors.forms.ties import RelationForm
from actors.models import Actor
from contacts.forms.concerns import ConcernForm
from contacts.forms.follow_ups import FollowUpForm
from contacts.models import FollowUp
from tests.crm.filled_forms import arguments, record_forms, sent_untouched, sound
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, RelationFactory, TopicFactory
from tests.factories.contacts import ConcernFactory, FollowUpFactory

pytestmark = pytest.mark.django_db
FORMS = record_forms()


def stored_values(record: Any) -> dict[str, Any]:
    """Return the keys of every record that this one points to."""
    fresh = type(record).objects.get(pk=record.pk)
    columns = {f.name: getattr(fresh, f.attname) for f in fresh._meta.concrete_fields if f.is_relation}
    lists = {
        f.name: sorted(getattr(fresh, f.name).values_list("pk", flat=True)) for f in fresh._meta.many_to_many
    }
    return columns | lists


def put_out_of_use(record: Any) -> None:
    """Put every term that the record carries out of use, and close every account that it names."""
    for field in record._meta.get_fields():
        if not field.is_relation or field.auto_created or not hasattr(field.related_model, "is_active"):
            continue
        held = getattr(record, field.name)
        for each in list(held.all()) if field.many_to_many else [held] if held else []:
            each.is_active = False
            each.save()


@pytest.mark.parametrize("form_class", FORMS, ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_every_form_saved_untouched_keeps_what_is_no_longer_offered(form_class: type[Any]) -> None:
    record = sound(form_class)
    put_out_of_use(record)
    before = stored_values(record)
    user = UserFactory(role="management")
    fresh = type(record).objects.get(pk=record.pk)
    data = sent_untouched(form_class(**arguments(form_class, fresh, user)))
    form = form_class(data, **arguments(form_class, type(record).objects.get(pk=record.pk), user))
    assert form.is_valid(), form.errors
    if form_class.__name__ != "ConcernMoveForm":
        form.save()
    assert stored_values(record) == before


def shown_choice(form: Any, name: str) -> list[str]:
    """Return the words of what is chosen in the field."""
    with translation.override("de"):
        return re.findall(r"selected>(.*?)</option>", str(form[name]))


def test_a_colleague_who_has_left_is_shown_with_a_mark_and_offered_nowhere_else() -> None:
    left, user = UserFactory(first_name="Olga", last_name="Fort", is_active=False), UserFactory()
    held, other = ActorFactory(responsible=left), ActorFactory()
    assert shown_choice(ActorForm(instance=held, user=user), "responsible") == [
        "Olga Fort (nicht mehr aktiv)"
    ]
    assert left not in ActorForm(instance=other, user=user).fields["responsible"].queryset
    assert left not in ActorForm(user=user).fields["responsible"].queryset


def test_a_colleague_of_another_role_stays_responsible_and_is_marked() -> None:
    helper = UserFactory(first_name="Rita", last_name="Ehren", role="volunteer")
    held = ActorFactory(responsible=helper)
    form = ActorForm(instance=held, user=UserFactory())
    assert shown_choice(form, "responsible") == ["Rita Ehren (steht nicht mehr zur Wahl)"]


def test_terms_out_of_use_are_marked_in_every_kind_of_field() -> None:
    topic = TopicFactory(code="gone", name_de="Altes Thema", is_active=False)
    relation = RelationFactory(
        relation_type__code="old", relation_type__name_de="Alte Art", relation_type__is_active=False
    )
    actor = ActorFactory()
    actor.topics.add(topic)
    user = UserFactory()
    assert shown_choice(ActorForm(instance=actor, user=user), "topics") == [
        "Altes Thema (nicht mehr in Gebrauch)"
    ]
    with translation.override("de"):
        form = RelationForm(instance=relation, actor=relation.source, user=user)
    assert shown_choice(form, "kind") == ["Alte Art (nicht mehr in Gebrauch)"]


def test_the_follow_up_of_somebody_who_has_left_can_be_moved_and_stays_theirs() -> None:
    left = UserFactory(is_active=False)
    follow_up, user = FollowUpFactory(assignee=left), UserFactory()
    data = sent_untouched(FollowUpForm(instance=follow_up, user=user))
    data["due"] = "2020-06-02"
    form = FollowUpForm(data, instance=FollowUp.objects.get(), user=user)
    assert form.is_valid(), form.errors
    form.save()
    stored = FollowUp.objects.get()
    assert (stored.assignee, stored.due) == (left, dt.date(2020, 6, 2))


@pytest.mark.parametrize(
    ("form_class", "factory", "name"),
    [
        (ActorForm, ActorFactory, "responsible"),
        (ConcernForm, ConcernFactory, "responsible"),
        (FollowUpForm, FollowUpFactory, "assignee"),
    ],
)
def test_somebody_who_has_left_is_chosen_nowhere_anew(form_class: Any, factory: Any, name: str) -> None:
    left, record, user = UserFactory(is_active=False), factory(), UserFactory()
    data = sent_untouched(form_class(instance=record, user=user))
    data[name] = str(left.pk)
    form = form_class(data, instance=type(record).objects.get(), user=user)
    assert list(form.errors) == [name]


def put(path: str, changes: dict[str, Any] | None = None) -> Any:
    """Read a record through the API, and send it back as it is, but for ``changes``."""
    client = APIClient()
    client.force_authenticate(UserFactory(role="management"))
    read = client.get(path).json()
    return client.put(path, {**read, **(changes or {})}, format="json")


def test_the_api_takes_back_what_it_gave() -> None:
    left, topic = UserFactory(is_active=False), TopicFactory(code="gone", is_active=False)
    actor = ActorFactory(responsible=left, actor_type__is_active=False)
    actor.topics.add(topic)
    answer = put(f"/api/v1/actors/{actor.pk}/")
    assert (answer.status_code, answer.json()["responsible"], answer.json()["topics"]) == (
        200,
        left.pk,
        ["gone"],
    )
    follow_up = FollowUpFactory(assignee=left)
    answer = put(f"/api/v1/follow-ups/{follow_up.pk}/")
    assert (answer.status_code, answer.json()["assignee"]) == (200, left.pk)


def test_the_api_gives_nothing_anew_to_somebody_who_has_left() -> None:
    actor, left = ActorFactory(), UserFactory(is_active=False)
    answer = put(f"/api/v1/actors/{actor.pk}/", {"responsible": left.pk})
    missing = put(f"/api/v1/actors/{actor.pk}/", {"responsible": 999_999})
    assert (answer.status_code, list(answer.json()), list(missing.json())) == (
        400,
        ["responsible"],
        ["responsible"],
    )
    assert Actor.objects.get().responsible is None
