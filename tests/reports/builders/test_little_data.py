"""Where there is nothing to compare, no report says that all is well, nor that something stands apart."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from actors.models import Topic
from events.models import TaskAssignment
from reports.builders.continuity.report import build_continuity_report
from reports.builders.coverage.report import build_coverage_report
from reports.builders.network.report import build_network_report
from reports.renderers.texts import cell_text
from reports.report import Note, Report, Table
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory, PersonFactory, TopicFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    OrganiserRoleFactory,
    TaskAssignmentFactory,
    TaskKindFactory,
)
from tests.reports.network_reports import notes
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)
BUILDERS = {
    "network": build_network_report,
    "continuity": lambda request: build_continuity_report(request, programme_end=None),
    "coverage": build_coverage_report,
}


def build(kind: str, role: str = "staff") -> Report:
    with translation.override("en"):
        return BUILDERS[kind](request_for(UserFactory.create(role=role), now=NOW, key="k"))


def empty_texts(report: Report, *keys: str) -> list[str]:
    tables = [report.table(key) for key in keys]
    assert [table.rows for table in tables] == [()] * len(keys)
    return [table.empty_text for table in tables]


def tables_of(report: Report, section: str) -> list[str]:
    return [block.key for block in report.section(section).blocks if isinstance(block, Table)]


@pytest.mark.parametrize("kind", BUILDERS)
def test_an_empty_register_does_not_praise_its_records(kind):
    assert notes(build(kind), "uncertain") == [
        "No event was held in this period: there are no meetings to count."
    ]


@pytest.mark.parametrize("kind", BUILDERS)
def test_complete_records_are_said_to_be_so(kind, meet):
    meet(*ActorFactory.create_batch(20), role=OrganiserRoleFactory.create())

    assert notes(build(kind), "uncertain") == ["All held events have a day and named participants."]


def test_where_nobody_met_nothing_is_said_to_hold_together(meet):
    nobody = "No two actors met each other in this period."
    report = build("network")
    assert empty_texts(report, "components", "isolates") == [
        nobody,
        "No event was held in this period.",
    ]
    assert empty_texts(report, "key_actors") == ["No event was held in this period."]

    EventFactory.create()
    report = build("network")
    assert empty_texts(report, "components", "isolates", "key_actors") == [
        nobody,
        "Nobody is recorded for the held events of this period.",
        "Nobody is recorded at a held event of this period. Record who took part first.",
    ]

    assert not {"cut_points", "bridges"}.intersection(tables_of(report, "components"))

    meet(*ActorFactory.create_batch(3))

    assert empty_texts(build("network"), "cut_points", "bridges", "isolates") == [
        "No connected group falls apart without one of its members.",
        "No two parts hang on a single tie.",
        "There is nobody who took part and met nobody.",
    ]


def test_openness_says_why_it_is_missing(meet):
    actors = ActorFactory.create_batch(2)

    def reason() -> str:
        return build("network").table("sectors").rows[0][-1].note

    assert reason() == "Nobody took part in this period."
    meet(*actors)
    assert reason() == "Actors of one sector only took part: there is no other sector to meet."
    meet(*actors, PersonFactory.create())
    assert reason() == "No openness below 20 ties."


def test_readers_are_not_told_that_there_is_none_where_persons_are_not_listed(meet):
    meet(PersonFactory.create())
    one, middle, other = PersonFactory.create(), PersonFactory.create(), PersonFactory.create()
    meet(one, middle)
    meet(middle, other)

    assert empty_texts(build("network", role="reader"), "cut_points", "bridges", "isolates") == [
        "Persons are not listed here.",
        "Ties of persons are not listed here.",
        "Persons are not listed here.",
    ]


def test_without_tasks_none_is_said_to_be_shared_or_assigned():
    assert tables_of(build("continuity"), "tasks") == ["tasks", "coming_tasks"]

    TaskAssignmentFactory.create(event=EventFactory.create(series=EventSeriesFactory.create()), actor=None)
    assert empty_texts(build("continuity"), "single_holders", "tasks_by_format") == [
        "No task of a format was assigned in two editions or more.",
        "No task of a format was assigned in this period.",
    ]

    series, cash = EventSeriesFactory.create(), TaskKindFactory.create(code="cash")
    for event in EventFactory.create_batch(2, series=series):
        TaskAssignmentFactory.create(event=event, task=cash, actor=ActorFactory.create())

    assert empty_texts(build("continuity"), "single_holders") == [
        "Of the tasks assigned at two editions of a format or more none was carried by the same actor "
        "alone every time."
    ]
    assert len(build("continuity").table("unassigned").rows) == 1
    TaskAssignment.objects.filter(actor=None).delete()
    assert empty_texts(build("continuity"), "unassigned") == ["No recorded task was without anybody."]


def test_the_coverage_of_nobody_is_not_complete():
    Topic.objects.all().delete()
    nobody = "There are no actors in the register yet. Record actors first."
    assert notes(build("coverage"), "overview") == [nobody]
    assert [section.key for section in build("coverage").sections] == ["overview", "uncertain"]

    ActorFactory.create()
    report = build("coverage")
    assert notes(report, "overview") == []
    assert tables_of(report, "topics") == ["topic_gaps"]
    assert empty_texts(report, "topic_gaps", "pair_gaps", "earlier") == [
        "No topics are in use. Add them under Administration.",
        "Nobody of the sectors that are looked at took part in the period.",
        "Nobody took part in a held event up to the end of the period.",
    ]
    assert len(report.table("never").rows) == 1


def test_the_coverage_of_all_is_complete(meet):
    Topic.objects.all().delete()
    topic = TopicFactory.create()
    present = []
    for sector in ("association", "business", "institution", "administration", "politics", "resident"):
        actor_type = ActorTypeFactory.create(code=f"kind_{sector}", sector=sector)
        present += ActorFactory.create_batch(2, actor_type=actor_type)
    for actor in present:
        actor.topics.add(topic)
    meet(*present, start_date=NOW.date())

    assert empty_texts(build("coverage"), "topic_gaps", "uncarried", "pair_gaps", "earlier", "never") == [
        "In every topic somebody of each sector that is looked at took part.",
        "With every topic somebody took part.",
        "Of the sectors that are looked at all that took part met each other.",
        "Whoever took part up to the end of the period did so in the two years before that.",
        "Everybody in the register took part at least once up to the end of the period.",
    ]


def test_a_single_actor_of_a_sector_has_nobody_of_its_own_to_meet(meet):
    meet(ActorFactory.create())

    assert empty_texts(build("coverage"), "pair_gaps") == [
        "Of the sectors that are looked at only one took part: there is no other to meet."
    ]

    meet(ActorFactory.create())

    (row,) = build("coverage").table("pair_gaps").rows
    assert row[0].value == "Association among themselves"


def test_one_sector_has_no_other_to_be_open_to(meet: Any):
    why = "Actors of one sector only took part: there is no other sector to meet."
    meet(*ActorFactory.create_batch(7))
    report = build("network")

    (row,) = report.table("sectors").rows
    assert (row[-1].value, row[-1].note) == (None, why)
    assert notes(report, "sectors") == [why]

    meet(PersonFactory.create(), *ActorFactory.create_batch(7))
    report = build("network")

    texts = {
        row[0].value: cell_text(row[-1], report.table("sectors").columns[-1])
        for row in report.table("sectors").rows
    }
    assert texts["Association"] != "–"
    assert notes(report, "sectors")[0].startswith("14 percent of all ties run between different sectors")


def test_those_who_met_at_one_event_only_are_no_community(meet):
    meet(*ActorFactory.create_batch(6))
    report = build("network")

    assert empty_texts(report, "communities") == [
        "There are no communities: nothing divides those who met, as when all met at one event."
    ]
    assert notes(report, "communities") == []
    assert {row[0].value: row[1].value for row in report.table("overview").rows}["Communities"] == 0
    assert all("community" not in str(row[-1].value) for row in report.table("key_actors").rows)

    meet(*ActorFactory.create_batch(6))

    assert [row[1].value for row in build("network").table("communities").rows] == [6, 6]


def test_where_no_organiser_is_recorded_nothing_rests_on_them(meet):
    meet(*ActorFactory.create_batch(20))

    assert notes(build("network"), "uncertain") == [
        "No organiser is recorded for the held events: nothing can be said of it."
    ]


def test_without_actors_the_chapter_on_sectors_says_so_once(meet):
    report = build("network")

    assert empty_texts(report, "sectors") == ["There are no actors in the register yet. Record actors first."]
    assert tables_of(report, "sectors") == ["sectors"]

    meet(ActorFactory.create())

    report = build("network")
    assert tables_of(report, "sectors") == ["sectors", "sector_matrix", "sector_ties"]
    assert notes(report, "sectors") == []


def test_of_unstable_communities_only_their_own_chapter_says_how_much(meet, monkeypatch):
    for _time in range(3):
        meet(*ActorFactory.create_batch(6))
    reference = "The communities are unstable: see their chapter."
    assert reference not in notes(build("network"), "uncertain")

    monkeypatch.setattr("reports.analysis.communities.Communities.is_stable", False)
    report = build("network")

    assert reference in notes(report, "uncertain")
    assert "The communities are unstable: twenty runs agree" in notes(report, "communities")[0]


def test_cancelled_events_are_told_where_there_are_any(meet):
    meet(*ActorFactory.create_batch(20), role=OrganiserRoleFactory.create())
    said = [
        "1 event was cancelled: it makes no ties, and nobody counts as having been there.",
        "2 events were cancelled: they make no ties, and nobody counts as having been there.",
    ]
    assert not set(said).intersection(notes(build("coverage"), "uncertain"))

    for sentence in said:
        EventFactory.create(status="cancelled")
        assert notes(build("coverage"), "uncertain") == [sentence]


@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        ("network", ["Record actors", "Record actors first.", "Give it the type “Neighbourhood office”."]),
        ("continuity", ["Record what recurs", "Record where", "Record events with", "Record who carried"]),
        ("coverage", ["Record actors first."]),
    ],
)
def test_only_whoever_can_record_what_is_missing_is_told_to(kind, advice):
    if kind == "continuity":
        # Who carried tasks can be recorded of an event only.
        EventFactory.create(start_date=None)

    def said(role: str) -> str:
        report = build(kind, role)
        blocks = [block for section in report.sections for block in section.blocks]
        lines = [block.text for block in blocks if isinstance(block, Note)]
        return " ".join([*lines, *(block.empty_text for block in blocks if isinstance(block, Table))])

    assert [text for text in advice if text not in said("staff")] == []
    assert [
        text for text in ("Record ", "Enter ", "Paste ", "Add them", "Give ") if text in said("reader")
    ] == []
