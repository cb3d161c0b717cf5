"""What the coverage report says in words: each sentence where it stands, and where it does not."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from actors.models import Sector, Topic
from reports.builders.coverage.presence import EXPECTED
from reports.builders.coverage.report import build_coverage_report
from reports.report import Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory, OfficeFactory, PersonFactory, TopicFactory
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)
HIDDEN = "No gap is told: some of the numbers behind it are small."


def build(role: str = "staff", start: dt.date | None = None, end: dt.date | None = None) -> Report:
    with translation.override("en"):
        return build_coverage_report(
            request_for(UserFactory.create(role=role), start=start, end=end, now=NOW, key="k")
        )


def of_each_sector(count: int, **fields: Any) -> list[Any]:
    made = []
    for sector in EXPECTED:
        kind = ActorTypeFactory.create(code=f"kind_{sector}", sector=sector)
        made += ActorFactory.create_batch(count, actor_type=kind, **fields)
    return made


def lately(report: Report) -> dict[str, list[Any]]:
    return {str(row[0].value): [cell.value for cell in row[3:]] for row in report.table("last_seen").rows}


@pytest.mark.parametrize("end", [None, dt.date(2022, 1, 1)])
@pytest.mark.parametrize("role", ["staff", "reader"])
def test_whoever_was_only_at_events_without_a_day_was_there_some_time(meet, end, role):
    meet(*ActorFactory.create_batch(6), start_date=None)
    meet(*ActorFactory.create_batch(7), start_date=dt.date(2021, 12, 31))

    report = build(role, end=end)

    assert lately(report)["Association"] == [7, 6, 0]
    assert len(report.table("never").rows) == 0
    assert len(report.table("earlier").rows) == 6


def test_whoever_is_left_out_of_those_that_came_before_is_said_to_be_level_with_the_last(meet):
    actors = ActorFactory.create_batch(51)
    meet(*actors, start_date=dt.date(2015, 5, 1))
    meet(*actors[:49], start_date=dt.date(2016, 5, 1))
    level = build().table("earlier").footnote
    meet(actors[49], start_date=dt.date(2017, 5, 1))

    assert level == "The first 50 of 51. Others are level with the last one listed."
    assert build().table("earlier").footnote == "The first 50 of 51."


@pytest.mark.parametrize(
    ("recent", "start", "told"),
    [
        (3, None, [16, 10, "<5", "•", 6]),
        (3, dt.date(2015, 1, 1), [16, 10, "<5", "•", 6]),
        (3, dt.date(2016, 1, 1), [16, "<5", "<5", "•", 6]),
        (6, dt.date(2015, 1, 1), [19, 13, 6, 7, 6]),
        (6, dt.date(2015, 6, 2), [19, "•", 6, 7, 6]),
    ],
)
def test_readers_cannot_work_out_a_few_from_those_of_the_period(meet, recent, start, told):
    """Whoever was there at any time, without those of the period: nobody, or some that are few themselves."""
    meet(*ActorFactory.create_batch(recent), start_date=dt.date(2021, 6, 1))
    meet(*ActorFactory.create_batch(3), start_date=dt.date(2015, 6, 2))
    meet(*ActorFactory.create_batch(4), start_date=dt.date(2015, 6, 1))
    ActorFactory.create_batch(6)

    (row,) = [row for row in build("reader", start=start).table("last_seen").rows if row[1].value]
    assert [cell.value for cell in row[1:]] == told


def test_two_years_end_with_the_period_and_its_last_day_counts(meet):
    actor = ActorFactory.create()
    meet(actor, start_date=dt.date(2018, 12, 31))

    assert lately(build(end=dt.date(2020, 12, 31)))["Association"] == [1, 0, 0]
    assert lately(build(end=dt.date(2021, 1, 1)))["Association"] == [0, 1, 0]
    assert lately(build(end=dt.date(2018, 12, 31)))["Association"] == [0, 0, 1]
    assert lately(build(end=dt.date(2019, 1, 1)))["Association"] == [1, 0, 0]


def test_readers_are_not_told_that_all_gaps_are_closed_where_numbers_are_small(meet):
    Topic.objects.all().delete()
    topic = TopicFactory.create()
    actors = of_each_sector(2, district="Nord")
    for actor in actors:
        actor.topics.add(topic)
    meet(*actors)

    keys = ("topic_gaps", "pair_gaps", "district_gaps")
    report, told = build(), build("reader")
    full = {key: report.table(key).empty_text for key in keys}
    texts = {key: told.table(key).empty_text for key in keys}

    assert [one.table(key).rows for one in (report, told) for key in keys] == [()] * 6
    assert full == {
        "topic_gaps": "In every topic somebody of each sector that is looked at took part.",
        "pair_gaps": "Of the sectors that are looked at all that took part met each other.",
        "district_gaps": "Of each sector that is looked at somebody is in the register, in every district of "
        "the table below.",
    }
    assert texts == dict.fromkeys(keys, HIDDEN)


def test_sectors_without_any_topic_are_named_where_the_others_have_no_gap(meet):
    Topic.objects.all().delete()
    club = ActorFactory.create()
    club.topics.add(TopicFactory.create())
    meet(club)

    text = build().table("topic_gaps").empty_text

    assert text.startswith(
        "In every topic somebody of each sector that is looked at took part. Not looked at,"
    )
    assert "Association" not in text


def test_that_all_met_is_said_of_the_sectors_that_are_looked_at_only(meet):
    """The shop met the club, but not the office, which is there, too."""
    club, shop = (
        ActorFactory.create(actor_type=ActorTypeFactory.create(code=sector, sector=sector))
        for sector in ("association", "business")
    )
    meet(club, shop)
    meet(club, OfficeFactory.create())

    report = build()

    assert report.table("pair_gaps").empty_text == (
        "Of the sectors that are looked at all that took part met each other."
    )
    assert [cell.value for cell in report.table("overview").rows[-1]] == [
        "Sectors that did not meet",
        0,
        "The office and the sector “other” are not looked at.",
    ]


def test_the_office_beside_one_sector_does_not_make_that_sector_the_only_one_that_took_part(meet):
    meet(ActorFactory.create(), OfficeFactory.create())

    assert build().table("pair_gaps").empty_text == (
        "Of the sectors that are looked at only one took part: there is no other to meet."
    )


def test_where_no_district_is_recorded_it_is_said_so():
    ActorFactory.create(district="")
    assert build().table("district_gaps").empty_text == "No district is recorded for any actor."

    ActorFactory.create(district="Nord")
    (row,) = build().table("district_gaps").rows
    missing = str(row[1].value).split(", ")
    assert "Association" not in missing
    assert len(missing) == len(set(EXPECTED) - {Sector.ASSOCIATION.value})


def test_a_topic_is_named_where_nobody_with_it_took_part(meet):
    Topic.objects.all().delete()
    present, away = TopicFactory.create(code="there"), TopicFactory.create(code="away")
    club, other = ActorFactory.create_batch(2)
    club.topics.add(present)
    other.topics.add(away)
    meet(club)

    table = build().table("uncarried")
    assert [row[0].value for row in table.rows] == [away.label]

    meet(other)
    assert (build().table("uncarried").rows, build().table("uncarried").empty_text) == (
        (),
        "With every topic somebody took part.",
    )


def gap_cells(report: Report) -> list[tuple[Any, str]]:
    return [(row[1].value, row[1].note) for row in report.table("overview").rows[-3:]]


def test_gaps_are_counted_only_where_there_is_something_to_compare(meet):
    Topic.objects.all().delete()
    actor, topic = ActorFactory.create(), TopicFactory.create()
    meet(actor, start_date=dt.date(2021, 6, 1))

    report = build()
    assert gap_cells(report) == [
        (None, "No actor of these sectors has a topic yet."),
        (None, "No actor has a topic yet."),
        (None, "Of the sectors that are looked at only one took part: there is no other to meet."),
    ]
    assert [block.key for block in report.section("topics").blocks] == ["topic_gaps"]

    actor.topics.add(topic)
    person = PersonFactory.create()
    meet(person, actor, start_date=dt.date(2021, 6, 1))
    report = build()
    assert gap_cells(report) == [(0, ""), (0, ""), (0, "")]
    assert len(report.section("topics").blocks) == 4

    TopicFactory.create(code="other")
    assert gap_cells(build()) == [(1, ""), (1, ""), (0, "")]
    person.topics.add(topic)
    assert gap_cells(build()) == [(2, ""), (1, ""), (0, "")]


def test_readers_are_not_given_a_zero_where_the_gaps_behind_it_are_hidden(meet):
    Topic.objects.all().delete()
    one, other = ActorFactory.create(), PersonFactory.create()
    for actor in (one, other):
        actor.topics.add(Topic.objects.first() or TopicFactory.create())
    meet(one, other, start_date=dt.date(2021, 6, 1))

    assert gap_cells(build()) == [(0, "")] * 3
    told = build("reader")
    assert gap_cells(told)[2] == (None, HIDDEN)
    assert [row[2].value for row in told.table("overview").rows[-3:]] == [
        "Crossings of topic and sector without anybody.",
        "",
        "The office and the sector “other” are not looked at.",
    ]


def test_ended_actors_are_said_not_to_be_asked_again_where_one_is_listed():
    ActorFactory.create(active_until=dt.date(2090, 1, 1))
    ask = "Whom to ask again, and whom to invite for the first time."
    assert build().section("away").intro == ask

    ActorFactory.create(active_until=dt.date(2015, 1, 1))
    assert build().section("away").intro == f"{ask} Those marked as ended cannot be asked any more."


def test_where_nobody_took_part_the_gaps_are_said_to_be_those_of_the_register(meet):
    Topic.objects.all().delete()
    club = ActorFactory.create()
    club.topics.add(TopicFactory.create())
    ActorFactory.create(actor_type__code="shop", actor_type__sector="business").topics.add(
        TopicFactory.create(code="trade")
    )

    def gaps() -> tuple[Any, Any]:
        _label, value, meaning = build().table("overview").rows[4]
        return value.value, meaning.value

    assert gaps() == (2, "Crossings of topic and sector without anybody in the register.")
    meet(club)
    assert gaps() == (3, "Crossings of topic and sector without anybody.")


def test_topics_with_which_nobody_took_part_are_said_to_be_one_or_several(meet):
    Topic.objects.all().delete()
    club = ActorFactory.create()
    club.topics.add(TopicFactory.create())
    TopicFactory.create(code="trade")
    meet(club)

    def said() -> str:
        return build().table("uncarried").footnote

    assert said() == "No actor with this topic took part in the period."
    TopicFactory.create(code="health")
    assert said() == "No actor with one of these topics took part in the period."


MORE = "There may be more gaps: some of the numbers behind them are small and not told."


def test_readers_are_told_that_there_may_be_more_gaps_than_are_counted(meet):
    """One topic has everybody but a few, the other has nobody: what is hidden may be a gap or not."""
    Topic.objects.all().delete()
    crowded, empty = (TopicFactory.create(code=code, name_en=code) for code in ("full", "empty"))
    actors = of_each_sector(6)
    for actor in actors:
        actor.topics.add(crowded)
    for actor in ActorFactory.create_batch(6):
        actor.topics.add(empty)
    meet(*actors)

    def meanings(role: str) -> list[str]:
        report = build(role)
        notes = [str(row[2].value) for row in report.table("overview").rows[4:6]]
        return [*notes, report.table("topic_gaps").footnote, report.table("uncarried").footnote]

    crossing, with_topic = (
        "Crossings of topic and sector without anybody.",
        "No actor with this topic took part in the period.",
    )
    assert meanings("staff") == meanings("reader") == [crossing, "", "", with_topic]

    for actor in actors[:2]:
        actor.topics.add(empty)
    assert meanings("staff")[0] == crossing
    assert meanings("reader")[0] == f"{crossing} {MORE}"
    assert meanings("reader")[2] == MORE


def test_where_nobody_took_part_nobody_is_said_to_have_stayed_away(meet):
    Topic.objects.all().delete()
    topic, actor = TopicFactory.create(), ActorFactory.create()
    actor.topics.add(topic)
    nobody = "Nobody took part in this period"

    report = build()
    assert (
        report.table("topic_gaps").empty_text
        == f"{nobody}: of the register it is not said who was not there."
    )
    assert report.table("uncarried").empty_text == f"{nobody}."
    assert [row[1].value for row in report.table("overview").rows[4:6]] == [None, None]

    untouched = TopicFactory.create(code="other")
    gaps = build().table("topic_gaps")
    assert [[cell.value for cell in row] for row in gaps.rows] == [[untouched.label, "no association", None]]
    assert gaps.footnote == (
        "Not looked at, as no actor of them has a topic: Business, Institution, Administration, Politics, "
        f"Resident. {nobody}: of the register it is not said who was not there."
    )

    meet(ActorFactory.create())
    report = build()
    assert [[cell.value for cell in row[1:]] for row in report.table("topic_gaps").rows] == [
        [None, "no association"],
        ["no association", None],
    ]
    assert nobody not in report.table("topic_gaps").footnote
    assert len(report.table("uncarried").rows) == 2
