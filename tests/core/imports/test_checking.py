"""The rules of the models, read in Python, say what the database says."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from actors.models import Actor, Affiliation
from core.imports.checking import holds, violations
from events.models import Event, Participation

DAY = dt.date(2014, 3, 12)
SAMPLES: list[models.Model] = [
    Actor(kind="organisation", name="a"),
    Actor(kind="organisation", name=""),
    Actor(kind="person", name="a", guardian_id=4),
    Actor(kind="body", name="a", guardian_id=4),
    Actor(kind="person", name="a", guardian_id=4, pk=4),
    Actor(kind="organisation", name="a", active_from=DAY, active_until=DAY),
    Actor(kind="organisation", name="a", active_from=DAY, active_until=DAY + dt.timedelta(days=1)),
    Actor(kind="organisation", name="a", active_until=DAY),
    Actor(kind="organisation", name="a", latitude=Decimal("52.4"), longitude=Decimal("10.8")),
    Actor(kind="organisation", name="a", latitude=Decimal("52.4")),
    Actor(kind="organisation", name="a", latitude=Decimal("152.4"), longitude=Decimal("10.8")),
    Affiliation(person_id=1, organisation_id=2),
    Affiliation(person_id=1, organisation_id=1),
    Affiliation(person_id=1, organisation_id=2, valid_from=DAY, valid_until=DAY),
    Event(title="a", start_date=DAY, end_date=DAY - dt.timedelta(days=1)),
    Event(title="a", start_date=DAY, end_date=DAY),
    Event(title="a", end_date=DAY),
    Participation(actor_id=1, represented_by_id=1),
    Participation(actor_id=1, represented_by_id=2),
    Participation(actor_id=1, volunteer_hours=Decimal(-1)),
]


def database_says(constraint: models.CheckConstraint, instance: models.Model) -> bool:
    try:
        constraint.validate(type(instance), instance)
    except ValidationError:
        return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("instance", SAMPLES, ids=range(len(SAMPLES)))
def test_every_check_constraint_holds_in_python_exactly_when_it_holds_in_the_database(instance):
    checks = [c for c in instance._meta.constraints if isinstance(c, models.CheckConstraint)]
    assert checks
    assert [holds(c.condition, instance) is not False for c in checks] == [
        database_says(c, instance) for c in checks
    ]


def test_a_violation_carries_the_words_of_the_constraint():
    actor = Actor(kind="organisation", name="a", active_from=DAY, active_until=DAY)
    (interval,) = [c for c in Actor._meta.constraints if c.name == "actors_actor_active"]
    assert [e.message for e in violations(actor)] == [interval.get_violation_error_message()]


def test_records_without_a_key_yet_are_told_apart():
    person, club = Actor(kind="person", name="a"), Actor(kind="organisation", name="b")
    assert violations(Affiliation(person=person, organisation=club)) == []
    assert len(violations(Affiliation(person=person, organisation=person))) == 1
