"""The grid of numbers beside the names."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.services.headcounts import headcount_stamp, save_headcounts
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, HeadcountFactory

pytestmark = pytest.mark.django_db


def stored(event):
    return sorted(event.headcounts.values_list("group", "sex", "count", "method", "version"))


def test_numbers_are_stored_changed_and_removed_cell_by_cell():
    event, user = EventFactory.create(), UserFactory.create(role="volunteer")
    save_headcounts(event=event, counts={("youth", "f"): 5, ("youth", "m"): None}, method="", user=user)
    assert stored(event) == [("youth", "f", 5, "counted", 1)]
    save_headcounts(
        event=event, counts={("youth", "f"): 7, ("unknown", "x"): 0}, method="estimated", user=user
    )
    assert stored(event) == [("unknown", "x", 0, "estimated", 1), ("youth", "f", 7, "estimated", 2)]
    save_headcounts(event=event, counts={("youth", "f"): None}, method="", user=user)
    assert stored(event) == [("unknown", "x", 0, "estimated", 1)]


def test_saving_the_same_numbers_again_changes_nothing():
    event = EventFactory.create()
    HeadcountFactory.create(event=event, count=5, method="estimated")
    before = stored(event)
    save_headcounts(event=event, counts={("unknown", "x"): 5}, method="", user=UserFactory.create())
    assert stored(event) == before


@pytest.mark.parametrize("count", [-1, 100_001, 10**9])
def test_an_impossible_number_stores_nothing(count):
    event = EventFactory.create()
    with pytest.raises(ValidationError):
        save_headcounts(
            event=event,
            counts={("youth", "f"): 1, ("youth", "m"): count},
            method="",
            user=UserFactory.create(),
        )
    assert stored(event) == []


def test_numbers_that_somebody_else_changed_are_not_overwritten_unseen():
    event, user = EventFactory.create(), UserFactory.create()
    stamp = headcount_stamp(event)
    HeadcountFactory.create(event=event, count=40)
    with pytest.raises(ValidationError) as refused:
        save_headcounts(event=event, counts={("unknown", "x"): 5}, method="", user=user, stamp=stamp)
    assert refused.value.code == "conflict"
    assert [row[2] for row in stored(event)] == [40]


def test_readers_write_no_numbers():
    with pytest.raises(PermissionDenied):
        save_headcounts(
            event=EventFactory.create(), counts={}, method="", user=UserFactory.create(role="reader")
        )
