"""Sentences of the reports, each where it is true and, with more records, where it is not any more."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.utils import translation

from reports.analysis import communities, cores, nullmodel
from reports.analysis.nullmodel import Range
from reports.builders.activity.report import build_activity_report
from reports.builders.concerns.report import build_concerns_report
from reports.builders.continuity.report import build_continuity_report
from reports.builders.coverage.report import build_coverage_report
from reports.builders.network.report import build_network_report
from reports.builders.shared import chance
from reports.report import Note, Report, Section, Table
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, OfficeFactory, PersonFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
    SeriesCarrierFactory,
    SpaceFactory,
    TaskAssignmentFactory,
)
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)
DAY = dt.date(2021, 5, 1)
UNNAMED_OFFICE = "No actor is recorded as the office, so its part cannot be shown."
ABSENT_OFFICE = "The office is recorded as a participant at no held event of this period."
Arranged = Callable[[Any], object]


def texts(section: Section) -> Iterator[str]:
    yield section.intro
    for block in section.blocks:
        if isinstance(block, Note):
            yield block.text
        elif isinstance(block, Table):
            yield block.footnote if block.rows else block.empty_text
            yield from (str(cell.value) for row in block.rows for cell in row)
            yield from (cell.note for row in block.rows for cell in row)


def said(kind: str, *, end: dt.date | None = None, programme_end: dt.date | None = None) -> str:
    parameters: dict[str, Any] = {
        "user": UserFactory.create(),
        "start": None,
        "end": end,
        "now": NOW,
        "key": "k",
    }
    builders: dict[str, Callable[[], Report]] = {
        "network": lambda: build_network_report(request_for(**parameters)),
        "activity": lambda: build_activity_report(request_for(**parameters)),
        "continuity": lambda: build_continuity_report(request_for(**parameters), programme_end=programme_end),
    }
    with translation.override("en"):
        return "\n".join(text for section in builders[kind]().sections for text in texts(section))


def met(count: int = 3, **fields: Any) -> Arranged:
    return lambda meet: meet(*ActorFactory.create_batch(count), **{"start_date": DAY, **fields})


def edition(_meet: Any) -> None:
    EventFactory.create(series=EventSeriesFactory.create(), start_date=DAY)


def carried(_meet: Any) -> None:
    SeriesCarrierFactory.create(series=EventSeriesFactory.create())


def task(_meet: Any) -> None:
    TaskAssignmentFactory.create(event=EventFactory.create(start_date=DAY), actor=ActorFactory.create())


def coming(_meet: Any) -> None:
    TaskAssignmentFactory.create(event=None, series=EventSeriesFactory.create(), actor=ActorFactory.create())


def absent_office(meet: Any) -> None:
    OfficeFactory.create()
    met()(meet)


def office_met(meet: Any) -> None:
    meet(OfficeFactory.create(), ActorFactory.create(), start_date=DAY)


def office_organised(meet: Any) -> None:
    organiser = OrganiserRoleFactory.create()
    meet(OfficeFactory.create(), ActorFactory.create(), role=organiser, start_date=DAY)


def undated(count: int) -> Arranged:
    return lambda _meet: EventFactory.create_batch(count, start_date=None)


def nothing(_meet: Any) -> None:
    """Record nothing."""


@pytest.mark.parametrize(
    ("kind", "sentence", "true", "false"),
    [
        ("activity", "No event was held in this period.", nothing, met()),
        ("continuity", "No edition of a format was held in this period.", met(), edition),
        ("continuity", "Nobody is recorded as carrier of a format today.", edition, carried),
        ("continuity", "No formats are recorded yet.", met(), edition),
        ("continuity", "No spaces are recorded yet.", nothing, lambda _meet: SpaceFactory.create()),
        ("continuity", "No event was held in this period.", nothing, met()),
        ("continuity", "No tasks are recorded for held events of this period.", met(), task),
        ("continuity", "Nothing is recorded yet. Enter on the page of a format", task, coming),
        ("continuity", "No actor is recorded as the office, so no task", task, absent_office),
        ("continuity", "No dated event was held or cancelled", undated(1), met()),
        ("network", UNNAMED_OFFICE, met(), absent_office),
        ("network", ABSENT_OFFICE, absent_office, office_met),
        ("continuity", UNNAMED_OFFICE, met(), absent_office),
        ("continuity", ABSENT_OFFICE, absent_office, office_met),
        (
            "network",
            "The office is recorded as organiser of none of the events",
            office_met,
            office_organised,
        ),
        ("continuity", "The office is recorded as organiser of none of the", office_met, office_organised),
        ("network", "No held event in this period.", lambda _meet: ActorFactory.create(), met()),
        ("network", "1 held event has no day. It counts in the network", undated(1), undated(1)),
        ("network", "2 held events have no day. They count in the network", undated(2), undated(1)),
        ("network", "No two actors met each other in this period.", met(1), met(2)),
        ("network", "are left out.", met(19), met(20)),
        ("network", "Fewer than 20 actors took part.", met(19), met(20)),
    ],
)
def test_a_sentence_stands_where_it_is_true_and_nowhere_else(kind, sentence, true, false, meet):
    true(meet)
    assert sentence in said(kind)
    false(meet)
    assert sentence not in said(kind)


@pytest.mark.parametrize(
    ("kind", "state", "advice"),
    [
        ("network", "No held event in this period.", "Record an event with the status “held”"),
        ("network", "No dated event was held or cancelled in this period.", "Record events with their day"),
        (
            "continuity",
            "No dated event was held or cancelled in this period.",
            "Record events with their day",
        ),
    ],
)
def test_whoever_chose_a_period_without_events_is_not_told_to_record_some(kind, state, advice, meet):
    """What was held on a day that nobody knows is in no other year either."""
    before = dt.date(2001, 1, 1)
    undated(1)(meet)
    assert f"{state} {advice}" in said(kind, end=before)

    met()(meet)
    assert f"{state} Other years have held events." in said(kind, end=before)
    assert advice not in said(kind, end=before)


def test_of_many_actors_only_the_first_hundred_are_looked_at_for_brokers(meet):
    host, sentence = ActorFactory.create(), "Looked for among the 100 actors with the highest betweenness."
    for _room in range(2):
        room = ActorFactory.create_batch(4)
        for _time in range(2):
            meet(host, *room, start_date=DAY)

    assert sentence not in said("network")
    met(92)(meet)
    assert sentence in said("network")


def test_undated_events_are_left_out_of_a_period_only():
    EventFactory.create(start_date=None)
    left_out = "1 held event has no day and is left out, since a period is chosen."

    assert left_out in said("network", end=dt.date(2022, 1, 1))
    assert left_out not in said("network")


@pytest.mark.parametrize(
    ("share", "verdict"),
    [
        (0.39, "That is less than random events leave."),
        (0.4, "That lies within what random events leave."),
        (0.396, "That lies within what random events leave."),
        (0.604, "That lies within what random events leave."),
        (0.6, "That lies within what random events leave."),
        (0.61, "That is more than random events leave."),
    ],
)
def test_the_verdict_on_chance_has_three_sides(share, verdict):
    with translation.override("en"):
        assert chance._verdict(share, Range(0.4, 0.5, 0.6)) == verdict


def test_spaces_are_measured_at_the_end_of_the_programme_where_it_is_known():
    used = "Spaces used by formats on 31 Dec 2021 that may be used"
    unknown = f"{used} without end: the end of the programme is not known."

    assert unknown in said("continuity")
    texts = said("continuity", programme_end=dt.date(2022, 12, 31))
    assert unknown not in texts
    assert f"{used} long enough." in texts
    assert "The programme ends on 31 Dec 2022; funding and space have to reach 31 Dec 2023." in texts
    texts = said("continuity", programme_end=dt.date(2001, 12, 31))
    assert "The programme ended on 31 Dec 2001; funding and space have to reach 31 Dec 2002." in texts


def test_spaces_are_those_of_the_day_also_in_a_report_on_the_past():
    SpaceFactory.create()
    texts = said("continuity", end=dt.date(2004, 1, 1))

    assert (
        "The spaces, their formats and rights of use are those of 31 Dec 2021 and not of the period." in texts
    )
    assert "Spaces used by formats on 31 Dec 2021 that may be used" in texts


def test_who_could_bridge_says_why_nobody_is_named(meet):
    """No group is left, of those who met others nor of one alone; then nobody falls away; then somebody."""
    nobody_falls = "Nobody falls away from the largest group."
    nobody_left = "There is no group left that somebody could be brought back to."
    organiser, host = OrganiserRoleFactory.create(), OfficeFactory.create()
    one, other, third = ActorFactory.create_batch(3)
    event = meet(host, one, role=organiser, start_date=DAY)
    assert nobody_left in said("network")
    ParticipationFactory.create(event=event, actor=other)
    assert nobody_left in said("network")
    assert nobody_falls not in said("network")

    meet(one, other, start_date=DAY)
    assert nobody_falls in said("network")
    assert nobody_left not in said("network")

    meet(host, one, third, role=organiser, start_date=DAY)
    assert nobody_falls not in said("network")
    assert (
        "Without the office, its events and what it carried alone 1 actor could no longer reach the largest "
        "group." in said("network")
    )


@pytest.mark.parametrize(
    "build",
    [
        build_activity_report,
        build_concerns_report,
        partial(build_continuity_report, programme_end=None),
        build_coverage_report,
        build_network_report,
    ],
)
def test_the_signs_for_what_is_not_told_are_explained_to_those_who_see_them(build):
    with translation.override("en"):
        explained = {
            role: "Not told"
            in [one.term for one in build(request_for(UserFactory.create(role=role))).definitions]
            for role in ("management", "staff", "reader")
        }
    assert explained == {"management": False, "staff": False, "reader": True}


def test_small_communities_are_said_not_to_be_described(meet):
    for _group in range(2):
        meet(*ActorFactory.create_batch(5), start_date=DAY)
    assert "not described." not in said("network")
    meet(*ActorFactory.create_batch(2), start_date=DAY)
    assert "1 community of fewer than 3 actors is not described." in said("network")
    meet(*PersonFactory.create_batch(2), start_date=DAY)
    assert "2 communities of fewer than 3 actors each are not described." in said("network")


def test_estimates_are_said_to_be_some(meet, monkeypatch):
    met(21)(meet)
    estimate = "Betweenness is estimated, since the network is very large."
    assert estimate not in said("network")

    monkeypatch.setattr(
        "reports.builders.network.key_figures.kept_betweenness", lambda network: ([0.0] * 21, 200, 0.01)
    )
    assert estimate in said("network")
    assert (
        "betweenness is an estimate from 200 start points. It is rarely off by more than 3 percent"
        in said("network")
    )


def test_what_rests_on_a_part_of_a_large_network_is_said(meet, monkeypatch):
    organiser, office = OrganiserRoleFactory.create(), OfficeFactory.create()
    people = ActorFactory.create_batch(24)
    for first in range(0, 24, 6):
        meet(*people[first : first + 8], start_date=DAY)
    meet(office, *people[:6], role=organiser, start_date=DAY)
    near = "Global efficiency is estimated from "
    ties = "The network is very large: communities rest on its 20 strongest ties."
    chance_of_few = "The network is very large: chance was tried on the ties of "
    whole = said("network")
    assert [text in whole for text in (near, ties, chance_of_few)] == [False] * 3
    assert "as many random events would leave" in whole

    limited: list[tuple[str, Any, dict[str, int]]] = [
        ("network.structure.efficiency", cores.efficiency, {"exact_up_to": 6, "sample": 5}),
        ("shared.measured.communities", communities.communities, {"most_ties": 20}),
        ("shared.chance.random_removals", nullmodel.random_removals, {"most_meetings": 50}),
    ]
    for place, measure, limits in limited:
        monkeypatch.setattr(f"reports.builders.{place}", limit(measure, limits))
    part = said("network")
    assert [text in part for text in (f"{near}5 actors.", ties, chance_of_few)] == [True] * 3


def limit(measure: Callable[..., Any], limits: dict[str, int]) -> Callable[..., Any]:
    """Return the measure with small limits, whatever it is asked with."""
    return lambda *args, **parameters: measure(*args, **(parameters | limits))
