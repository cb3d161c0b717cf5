"""What a report says about what it cannot know."""

import datetime as dt

import pytest
from django.utils import translation

from reports.builders.network.report import build_network_report
from reports.builders.shared.uncertain import spans_text
from reports.report import Note
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory, HeadcountFactory, OrganiserRoleFactory
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def uncertain() -> list[str]:
    with translation.override("en"):
        report = build_network_report(request_for(UserFactory.create(), now=NOW, key="k"))
    return [block.text for block in report.section("uncertain").blocks if isinstance(block, Note)]


def test_events_with_headcounts_only_are_told_apart_from_those_without_anything(meet):
    meet(*ActorFactory.create_batch(2), role=OrganiserRoleFactory.create())
    EventFactory.create()
    festival = EventFactory.create()
    HeadcountFactory.create(event=festival)
    HeadcountFactory.create(event=festival, group="children")

    assert uncertain()[:2] == [
        "2 held events have no named participants. Whoever was there is missing in the network.",
        "Of 1 of them there are headcounts: anonymous numbers, which make no ties.",
    ]


def test_years_without_names_and_with_few_are_named(meet):
    EventFactory.create(start_date=dt.date(2015, 5, 1))
    EventFactory.create(start_date=dt.date(2016, 5, 1))
    meet(*ActorFactory.create_batch(2), start_date=dt.date(2017, 5, 1))
    meet(*ActorFactory.create_batch(20), start_date=dt.date(2018, 5, 1))

    texts = uncertain()

    assert (
        "In 2015–2016 events were held and nobody was recorded by name: the network knows nothing of it."
        in texts
    )
    assert (
        "In 2017 fewer than 20 actors were recorded. What looks like a change there may be a change in what "
        "was written down." in texts
    )


def test_where_nobody_is_known_by_name_no_year_stands_apart_and_nothing_rests_on_organisers():
    EventFactory.create(start_date=dt.date(2015, 5, 1))
    assert uncertain() == [
        "1 held event has no named participants. Whoever was there is missing in the network."
    ]
    EventFactory.create(start_date=dt.date(2016, 5, 1))
    assert uncertain() == [
        "2 held events have no named participants. Whoever was there is missing in the network."
    ]


def test_where_few_are_known_of_every_year_none_of_them_stands_apart(meet):
    organiser = OrganiserRoleFactory.create()
    for year in (2016, 2017):
        meet(*ActorFactory.create_batch(10), role=organiser, start_date=dt.date(year, 5, 1))

    assert uncertain() == ["All held events have a day and named participants."]
    meet(*ActorFactory.create_batch(20), role=organiser, start_date=dt.date(2018, 5, 1))
    assert uncertain() == [
        "In 2016–2017 fewer than 20 actors were recorded. What looks like a change there may be a change in "
        "what was written down."
    ]


def test_events_without_a_day_are_told_with_all_else_that_is_not_known_of_them(meet):
    meet(*ActorFactory.create_batch(20), role=OrganiserRoleFactory.create(), start_date=None)
    HeadcountFactory.create(event=EventFactory.create(start_date=None))

    assert uncertain() == [
        "2 held events have no day. They count in the network but in no single year.",
        "1 held event has no named participants. Whoever was there is missing in the network.",
        "Of 1 of them there are headcounts: anonymous numbers, which make no ties.",
        "An organiser is recorded for 1 of 2 held events. What is said of organising rests on these.",
    ]


def test_strong_ties_say_on_how_many_events_they_rest(meet):
    meet(*ActorFactory.create_batch(20), role=OrganiserRoleFactory.create())
    meet(*ActorFactory.create_batch(2))

    assert (
        "An organiser is recorded for 1 of 2 held events. What is said of organising rests on these."
        in uncertain()
    )


def test_where_all_is_known_nothing_is_uncertain(meet):
    meet(*ActorFactory.create_batch(20), role=OrganiserRoleFactory.create(), start_date=dt.date(2018, 5, 1))

    assert uncertain() == ["All held events have a day and named participants."]


@pytest.mark.parametrize(
    ("years", "text"), [([], ""), ([2003], "2003"), ([2003, 2004, 2005, 2008, 2010], "2003–2005, 2008, 2010")]
)
def test_years_that_follow_each_other_are_one_span(years, text):
    assert spans_text(years) == text
