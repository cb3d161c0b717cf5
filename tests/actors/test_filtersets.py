"""What actors can be filtered by, and what a filter must not tell."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.utils import timezone

from actors.filtersets import RelationFilterSet
from actors.models import Actor, Relation
from events.filtersets import ActorActivityFilterSet
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorTypeFactory,
    FormerNameFactory,
    PersonFactory,
    PhoneNumberFactory,
    RelationFactory,
    TopicFactory,
)
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.django_db


def filtered(query, *, filterset=ActorActivityFilterSet, role="staff"):
    user = UserFactory.create(role=role)
    rows = filterset._meta.model.objects.visible_to(user)
    return filterset(QueryDict(query), queryset=rows, request=SimpleNamespace(user=user))


def names(query, **kwargs):
    return [actor.name for actor in filtered(query, **kwargs).qs]


@pytest.fixture
def register():
    today = timezone.localdate()
    nord = ActorFactory.create(
        name="Müller und Söhne",
        district="Nord",
        actor_type=ActorTypeFactory(code="business", sector="business"),
    )
    sued = ActorFactory.create(name="Verein Süd", district="Süd", active_until=today)
    body = ActorFactory.create(name="Forum", kind="body", responsible=UserFactory.create())
    FormerNameFactory.create(actor=body, name="Runder Tisch")
    PersonFactory.create(given_name="Ada", family_name="Zett", email="ada@example.org")
    for topic in ("education", "health"):
        nord.topics.add(TopicFactory.create(code=topic))
    ContactFactory.create(actors=[sued], date=today - dt.timedelta(days=400))
    ContactFactory.create(actors=[nord, sued], date=today - dt.timedelta(days=100), is_confidential=True)
    return SimpleNamespace(nord=nord, sued=sued, body=body)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Forum", "Müller und Söhne", "Verein Süd", "Ada Zett"]),
        ("q=söhne+mueller", ["Müller und Söhne"]),
        ("q=runder", ["Forum"]),
        ("q=ada@example", ["Ada Zett"]),
        ("sector=business", ["Müller und Söhne"]),
        ("sector=business&sector=resident", ["Müller und Söhne", "Ada Zett"]),
        ("kind=body&kind=person", ["Forum", "Ada Zett"]),
        ("actor_type=business", ["Müller und Söhne"]),
        ("topic=education&topic=health", ["Müller und Söhne"]),
        ("district=Nord&district=Süd", ["Müller und Söhne", "Verein Süd"]),
        ("status=ended", ["Verein Süd"]),
        ("status=active&kind=organisation", ["Müller und Söhne"]),
        ("quiet=90", ["Müller und Söhne", "Verein Süd"]),
        ("quiet=365", []),
        ("quiet=never", ["Forum", "Ada Zett"]),
        ("responsible=null&kind=body", []),
    ],
)
def test_the_office_filters_the_register(query, expected):
    assert names(query) == expected


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("quiet=365", []),  # none of the contacts was logged by whoever asks
        ("quiet=never", ["Forum", "Müller und Söhne", "Verein Süd", "Ada Zett"]),
        ("q=ada@example", []),
    ],
)
def test_a_volunteers_filter_does_not_tell_what_is_hidden(query, expected):
    assert names(query, role="volunteer") == expected


def test_digits_find_a_number_however_it_is_written():
    actor = PhoneNumberFactory.create(number="+49 5361 / 12 345").actor
    assert names("q=05361+12345") == [actor.name]
    assert names("q=05361+12345", role="volunteer") == [actor.name]
    assert names("q=05361+12345", role="reader") == []


def test_a_volunteer_finds_no_person_by_a_number():
    PhoneNumberFactory.create(number="+49 5361 / 12 345", actor=PersonFactory.create())
    assert names("q=05361+12345", role="volunteer") == []
    assert names("q=12345", role="volunteer") == []


def test_a_district_of_hidden_persons_answers_like_one_that_does_not_exist():
    PersonFactory.create(district="Geheimwinkel")
    hidden, missing = (filtered(f"district={d}", role="reader").errors for d in ("Geheimwinkel", "Nirgendwo"))
    assert [error.code for error in hidden.as_data()["district"]] == ["invalid_choice"]
    assert str(hidden).replace("Geheimwinkel", "Nirgendwo") == str(missing)


def test_a_hidden_actor_answers_like_one_that_does_not_exist():
    person = PersonFactory.create()
    errors = [
        filtered(f"actor={key}", filterset=RelationFilterSet, role="reader").errors
        for key in (person.pk, 999999)
    ]
    assert str(errors[0]) == str(errors[1]) != ""


@pytest.mark.parametrize("query", ["q=%00", "sector=marine", "responsible=abc", "actor_type=zz", "quiet=5"])
def test_a_wrong_value_is_said_and_does_not_break(query):
    ActorFactory.create()
    filterset = filtered(query)
    assert len(filterset.errors) == 1
    assert filterset.qs.count() == 1


def test_the_boxes_say_how_many_there_are_as_far_as_the_user_sees():
    ActorFactory.create()
    PersonFactory.create()
    drawn = str(filtered("", role="reader").form["kind"].as_widget())
    counts = filtered("", role="reader").form.fields["kind"].widget.counts()
    assert (counts, "checkbox" in drawn) == ({"organisation": 1}, True)


def test_unknown_parameters_change_nothing():
    ActorFactory.create(name="Eins")
    assert names("password=x&responsible__password=y") == ["Eins"]


def test_relations_are_found_by_either_end_and_by_day():
    past = RelationFactory.create(valid_until=dt.date(2015, 1, 1))
    RelationFactory.create()
    for end in (past.source, past.target):
        assert filtered(f"actor={end.pk}", filterset=RelationFilterSet).qs.get() == past
    later = f"actor={past.source.pk}&active_on=2020-01-01"
    assert not filtered(later, filterset=RelationFilterSet).qs.exists()
    assert Relation.objects.count() == 2
    assert Actor.objects.count() == 4
