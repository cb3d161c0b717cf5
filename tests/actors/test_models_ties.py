"""Affiliations and relations: no twin in either direction, and who sees them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from actors.models import Affiliation, Relation
from tests.core.rules import assert_database_refuses_change, assert_refused_as_twin, problems
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    AffiliationFactory,
    PersonFactory,
    RelationFactory,
    RelationTypeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return sorted([ActorFactory(), ActorFactory()], key=lambda actor: actor.pk)


def test_an_undirected_relation_is_stored_with_the_smaller_key_first(pair):
    first, second = pair
    relation = RelationFactory(source=second, target=first)
    assert (relation.source, relation.target, relation.is_directed) == (first, second, False)


def test_a_directed_relation_keeps_its_direction(pair):
    first, second = pair
    funds = RelationTypeFactory(code="funds", is_directed=True)
    relation = RelationFactory(source=second, target=first, relation_type=funds)
    assert (relation.source, relation.target, relation.is_directed) == (second, first, True)


def test_the_reversed_twin_of_an_undirected_relation_is_refused(pair):
    first, second = pair
    relation = RelationFactory(source=first, target=second)
    said = {"__all__": ["This relation is already recorded."]}
    reversed_twin = Relation(source=second, target=first, relation_type=relation.relation_type)
    assert problems(reversed_twin) == said
    # Even what goes past every model method does not get in.
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.bulk_create(
            [Relation(source=second, target=first, relation_type=relation.relation_type)]
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation(source=second, target=first, relation_type=relation.relation_type).save()


def test_a_directed_relation_may_be_returned(pair):
    first, second = pair
    supports = RelationTypeFactory(code="supports", is_directed=True)
    RelationFactory(source=first, target=second, relation_type=supports)
    assert problems(Relation(source=second, target=first, relation_type=supports)) == {}


def test_the_same_relation_is_not_recorded_twice(pair):
    first, second = pair
    said = {"__all__": ["This relation is already recorded."]}
    assert_refused_as_twin(RelationFactory(source=first, target=second), said)
    dated = RelationFactory(valid_from=dt.date(2015, 1, 1))
    assert_refused_as_twin(dated, said)


@pytest.mark.parametrize(
    ("first_day", "until", "is_twin"),
    [
        (dt.date(2017, 1, 1), dt.date(2019, 1, 1), True),
        (None, dt.date(2015, 1, 2), True),
        (None, dt.date(2015, 1, 1), False),
        (dt.date(2018, 1, 1), None, False),
        (dt.date(2017, 12, 31), None, True),
        (None, None, True),
    ],
)
def test_relations_of_one_kind_do_not_overlap_in_time(pair, first_day, until, is_twin):
    first, second = pair
    stored = RelationFactory(
        source=first, target=second, valid_from=dt.date(2015, 1, 1), valid_until=dt.date(2018, 1, 1)
    )
    other = Relation(
        source=second,
        target=first,
        relation_type=stored.relation_type,
        valid_from=first_day,
        valid_until=until,
    )
    said = {"__all__": ["This relation is already recorded for this time."]}
    assert problems(other) == (said if is_twin else {})


def test_an_actor_has_no_relation_to_itself(pair):
    relation = RelationFactory(source=pair[0], target=pair[1])
    assert_database_refuses_change(relation, {"target": relation.source})
    relation.target = relation.source
    assert problems(relation) == {"__all__": ["An actor has no relation to itself."]}


def test_a_relation_type_in_use_keeps_its_direction():
    kind = RelationFactory().relation_type
    kind.is_directed = True
    assert problems(kind) == {
        "is_directed": ["There are relations of this kind; their direction cannot be changed."]
    }
    unused = RelationTypeFactory(code="unused")
    unused.is_directed = True
    assert problems(unused) == {}


def test_a_relation_is_found_from_both_ends(pair):
    relation = RelationFactory(source=pair[0], target=pair[1])
    RelationFactory()
    assert [list(Relation.objects.of(actor)) for actor in pair] == [[relation], [relation]]
    assert [relation.other_end(actor) for actor in pair] == pair[::-1]


def test_readers_see_only_relations_without_persons():
    between_clubs = RelationFactory()
    RelationFactory(source=PersonFactory())
    RelationFactory(target=PersonFactory())
    reader, volunteer = UserFactory(role="reader"), UserFactory(role="volunteer")
    assert list(Relation.objects.visible_to(reader)) == [between_clubs]
    assert Relation.objects.visible_to(volunteer).count() == 3


def test_readers_see_no_affiliation():
    AffiliationFactory()
    counts = {
        role: Affiliation.objects.visible_to(UserFactory(role=role)).count()
        for role in ("management", "staff", "volunteer", "reader")
    }
    assert counts == {"management": 1, "staff": 1, "volunteer": 1, "reader": 0}


def test_an_affiliation_holds_from_its_first_to_its_last_day():
    affiliation = AffiliationFactory(valid_from=dt.date(2014, 1, 1), valid_until=dt.date(2018, 1, 1))
    days = [dt.date(2013, 12, 31), dt.date(2014, 1, 1), dt.date(2017, 12, 31), dt.date(2018, 1, 1)]
    expected = [False, True, True, False]
    assert [affiliation.holds_on(day) for day in days] == expected
    assert [Affiliation.objects.active_on(day).exists() for day in days] == expected
    assert affiliation.last_day == dt.date(2017, 12, 31)
