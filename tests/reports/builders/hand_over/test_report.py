"""What the hand-over sheet says where there is little to hand over."""

import datetime as dt

import pytest
from django.utils import translation

from reports.builders.hand_over.report import build_hand_over_sheet
from reports.report import Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ContactChannelFactory, ContactFactory
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 6, 30, 12, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory.create(first_name="Mara", last_name="Muster")


def build(person) -> Report:
    with translation.override("en"):
        return build_hand_over_sheet(
            request_for(UserFactory.create(role="staff"), now=NOW, key="k"), person=person
        )


def test_an_empty_sheet_denies_both_ways_to_come_onto_it(person):
    ActorFactory.create(responsible=UserFactory.create())

    report = build(person)

    assert report.table("overview").rows == ()
    assert report.table("overview").empty_text == (
        "Mara Muster is responsible for no actor, and none is known to Mara Muster alone."
    )
    assert report.section("overview").intro == ""


def test_whoever_is_known_to_others_too_is_on_the_sheet_of_who_is_responsible(person):
    actor = ActorFactory.create(name="Verein", responsible=person)
    ContactFactory.create(actors=[actor], staff=UserFactory.create(), date=dt.date(2021, 6, 1))

    assert [row[0].value for row in build(person).table("overview").rows] == ["Verein"]


def test_the_most_pressing_come_first_only_where_there_are_several(person):
    ActorFactory.create(responsible=person)
    assert build(person).section("overview").intro == ""

    ActorFactory.create(responsible=person)
    assert build(person).section("overview").intro == "The most pressing come first."


def test_of_an_actor_the_sheet_denies_only_what_it_would_show(person):
    actor = ActorFactory.create(responsible=person, district="Nord")

    assert build(person).table(f"actor-{actor.pk}").empty_text == (
        "Neither a contact nor a way to reach it, notes or anything open is recorded."
    )


def test_the_sheet_explains_a_next_contact_that_does_not_follow_from_the_last_one_listed(person):
    """Of the two contacts the later one was a message left behind, which does not count."""
    actor = ActorFactory.create(responsible=person, contact_interval_days=10)
    left = ContactChannelFactory.create(code="left", is_real_contact=False)
    ContactFactory.create(actors=[actor], staff=person, date=dt.date(2021, 5, 1))
    ContactFactory.create(actors=[actor], staff=person, date=dt.date(2021, 6, 1), channel=left)

    report = build(person)

    (row,) = report.table("overview").rows
    assert [cell.value for cell in row[2:4]] == [dt.date(2021, 6, 1), dt.date(2021, 5, 11)]
    assert "Next contact due" in [definition.term for definition in report.definitions]
