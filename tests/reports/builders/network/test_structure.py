"""How the network is built, in the report: brokers, cores, bridges, robustness, sectors, communities."""

import datetime as dt
from collections import Counter
from typing import Any

import numpy as np
import pytest
from django.utils import translation

from actors.models import Sector
from reports.builders.network import structure
from reports.builders.network.brokers import expected_roles
from reports.builders.network.report import build_network_report
from reports.report import Figure, Note, Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory, PersonFactory
from tests.reports.network_reports import values
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def build(role: str = "staff", language: str = "en") -> Report:
    with translation.override(language):
        return build_network_report(request_for(UserFactory.create(role=role), now=NOW, key="k"))


def notes(report: Report, section: str) -> str:
    return " ".join(block.text for block in report.section(section).blocks if isinstance(block, Note))


def figures(report: Report) -> list[Figure]:
    return [block for block in report.section("components").blocks if isinstance(block, Figure)]


@pytest.fixture
def school_type():
    return ActorTypeFactory.create(code="school", sector=Sector.INSTITUTION)


@pytest.fixture
def between(meet, school_type):
    """Three clubs and three schools that meet only through one club: the hinge."""
    clubs = ActorFactory.create_batch(3)
    schools = ActorFactory.create_batch(3, actor_type=school_type)
    hinge = ActorFactory.create(name="Scharnier")
    for _time in range(2):
        meet(hinge, *clubs)
        meet(hinge, *schools)
    return hinge, clubs, schools


def test_what_is_expected_of_each_role_follows_from_the_shares_of_the_sectors():
    shares = {"association": 0.5, "institution": 0.25, "business": 0.25}

    assert expected_roles(shares, "association") == {
        "coordinator": 0.25,
        "consultant": 0.125,
        "gatekeeper": 0.5,
        "liaison": 0.125,
    }


def test_whoever_stands_between_two_sectors_is_named_with_its_role_in_words(between):
    report = build()

    assert values(report, "brokers") == [
        [
            "Scharnier",
            "Association",
            "stands between its own sector and others",
            "Association – Institution (9)",
            9,
        ]
    ]
    assert values(report, "key_actors")[0][-1].startswith(
        "without it a part falls off, stands between its own sector and others"
    )
    assert "met at least 2 times" in notes(report, "key_actors")


def test_contacts_of_one_meeting_make_nobody_a_broker(meet, school_type):
    clubs, schools = ActorFactory.create_batch(4), ActorFactory.create_batch(3, actor_type=school_type)
    meet(*clubs)
    meet(clubs[0], *schools)

    report = build()

    assert values(report, "brokers") == []
    assert "5 or more pairs" in report.table("brokers").empty_text
    assert report.table("brokers").footnote == ""


def test_constraint_is_told_from_five_regular_contacts_on(between):
    rows = {row[0].value: row[6] for row in build().table("key_actors").rows}

    hinge, clubs, _schools = between
    assert round(rows[hinge.name].value, 4) == 0.463
    assert rows[clubs[0].name].value is None
    assert rows[clubs[0].name].note == "No constraint below 5 regular acquaintances (n<5)."


def test_readers_are_told_of_organisations_between_others_and_of_no_person(meet, school_type):
    schools = ActorFactory.create_batch(3, actor_type=school_type)
    clubs = ActorFactory.create_batch(3)
    person = PersonFactory.create(given_name="Geheim", family_name="Name")
    for _time in range(2):
        meet(person, *clubs)
        meet(person, *schools)

    report = build("reader")

    assert len(values(build(), "brokers")) == 1
    assert values(report, "brokers") == []
    assert report.table("brokers").empty_text == "Persons are not listed here."
    assert [one.table("brokers").footnote for one in (report, build())] == ["", ""]


def test_a_tie_that_alone_holds_two_parts_together_is_a_bridge(meet):
    left, right = ActorFactory.create_batch(3), ActorFactory.create_batch(3)
    meet(*left)
    meet(*right)
    meet(left[0], right[0])

    assert values(build(), "bridges") == [[left[0].name, right[0].name, 1]]


def test_bridges_to_persons_are_not_listed_for_readers(meet):
    person = PersonFactory.create()
    clubs = ActorFactory.create_batch(2)
    meet(clubs[0], person)
    none = build("reader").table("bridges")
    assert (none.rows, none.footnote, none.empty_text) == ((), "", "Ties of persons are not listed here.")

    meet(*clubs)
    report = build("reader")

    assert values(report, "bridges") == [[clubs[0].name, clubs[1].name, 1]]
    assert report.table("bridges").footnote == "Ties of persons are not listed here."
    assert len(values(build(), "bridges")) == 2


def test_a_few_actors_have_no_curve_and_the_report_says_so(between):
    report = build()

    assert figures(report) == []
    assert "say nothing about fewer than 20 actors" in notes(report, "components")


def test_where_all_meet_only_one_actor_everything_falls_apart_with_it(meet):
    centre, *others = ActorFactory.create_batch(25)
    for other in others:
        meet(centre, other)
        meet(centre, other)

    report = build()
    curve = figures(report)[0]

    assert curve.series[0].values[:3] == (100.0, 4.0, 4.0)
    by_chance = np.array([curve.series[1].low, curve.series[1].values, curve.series[1].high])
    assert by_chance.shape == (3, len(curve.categories)) == (3, 11)
    assert (np.diff(by_chance, axis=0) >= 0).all()
    assert by_chance[0, 1] > 50
    said = notes(report, "components")
    first = "that many if those with the highest betweenness leave first"
    assert f"at most half of all actors once 1 has left: {first}" in said
    assert "R, the mean share that is still connected, is 0.04 if those with" in said
    assert "The densest core has 25 actors: each of them met at least 1 other" in said
    assert "Divided into a core and an edge, 1 actor forms the core. This picture fits at 1.00" in said
    assert "(1 is a perfect fit" in said
    assert "Global efficiency 0.54" in said


def test_without_regular_contacts_there_is_no_core(meet):
    meet(*ActorFactory.create_batch(21))

    said = notes(build(), "components")

    assert "No two actors met more than once" in said
    assert "Global efficiency 1.00" in said


def test_ties_from_sector_to_sector_are_counted_and_put_in_words(meet, school_type):
    clubs, schools = ActorFactory.create_batch(6), ActorFactory.create_batch(4, actor_type=school_type)
    meet(*clubs)
    meet(clubs[0], *schools)

    report = build()

    assert values(report, "sector_ties") == [["Association", 15, 4], ["Institution", 4, 6]]
    assert [row[5] for row in values(report, "sectors")] == [None, None]
    assert "16 percent of all ties run between different sectors (4 of 25; E-I index −0.68: 1" in notes(
        report, "sectors"
    )
    assert "assortativity is 0.63" in notes(report, "sectors")


def test_fewer_than_twenty_ties_say_nothing_about_sectors(between):
    report = build()

    assert "Fewer than 20 ties" in notes(report, "sectors")
    assert [row[5].note for row in report.table("sectors").rows] == ["No openness below 20 ties."] * 2


def test_readers_are_not_told_a_few_ties_nor_what_gives_them_away(meet, school_type):
    clubs, schools = ActorFactory.create_batch(8), ActorFactory.create_batch(6, actor_type=school_type)
    meet(*clubs)
    meet(*schools)
    meet(clubs[0], schools[0])

    report = build("reader")

    assert values(report, "sector_ties") == [["Association", "•", "<5"], ["Institution", "<5", 15]] or values(
        report, "sector_ties"
    ) == [["Association", 28, "<5"], ["Institution", "<5", "•"]]
    assert values(report, "sector_matrix")[0][2] == "•"
    assert {row[4] for row in values(report, "sectors")} == {"•"}
    assert "percent of all ties" not in notes(report, "sectors")
    assert values(build(), "sector_ties") == [["Association", 28, 1], ["Institution", 1, 15]]


def test_communities_say_how_closed_they_are_and_whether_they_are_found_again(meet):
    left, right = ActorFactory.create_batch(6), ActorFactory.create_batch(4)
    for _time in range(3):
        meet(*left)
        meet(*right)
    meet(left[0], right[0])

    rows = {row[0].value: row for row in build().table("communities").rows}

    assert round(rows["1"][5].value, 3) == round(18 / 19, 3)
    assert rows["1"][6].value == 1.0
    assert rows["2"][6].value is None
    assert rows["2"][6].note == "Below 5 members finding a community again says nothing (n<5)."


def test_numbers_are_written_as_the_reader_writes_them(meet, school_type):
    clubs, schools = ActorFactory.create_batch(6), ActorFactory.create_batch(4, actor_type=school_type)
    meet(*clubs)
    meet(clubs[0], *schools)

    assert "−0,68" in notes(build(language="de"), "sectors")


def test_the_structure_is_measured_once(meet, monkeypatch):
    actors = ActorFactory.create_batch(60)
    for start in range(0, 60, 10):
        meet(*actors[start : start + 11])
    first = build()
    monkeypatch.setattr(structure, "_measure", None)

    again = build()

    assert [section for section in again.sections if section.key == "components"] == [
        section for section in first.sections if section.key == "components"
    ]


def key_words(report: Report) -> dict[str, str]:
    return {row[0]: row[-1] for row in values(report, "key_actors")}


def test_the_words_of_a_key_actor_begin_with_what_few_share_with_it(between):
    words = key_words(build())

    assert words["Scharnier"] == (
        "without it a part falls off, stands between its own sector and others (Institution), "
        "with the communities 1 (50 % of its strength) and 2 (50 %)"
    )
    assert Counter(words.values()).most_common(1)[0][1] <= 3


def test_of_an_actor_that_belongs_to_two_communities_it_is_said_how_much_it_has_to_do_with_each(meet):
    left, right = ActorFactory.create_batch(6), ActorFactory.create_batch(6)
    hinge = ActorFactory.create(name="Scharnier")
    for _time in range(3):
        meet(hinge, *left)
        meet(hinge, *right)

    words = key_words(build())

    assert "with the communities 1 (50 % of its strength) and 2 (50 %)" in words["Scharnier"]
    assert "meets more others than nearly all" in words["Scharnier"]
    assert sum("with community 1 (100 % of its strength)" in words[actor.name] for actor in left) >= 4
    assert sum("with community 2 (83 % of its strength)" in words[actor.name] for actor in right) >= 4


def test_readers_are_told_no_core_so_small_that_its_size_could_be_worked_out(meet):
    four = ActorFactory.create_batch(4)
    for _time in range(2):
        meet(*four)
    meet(*ActorFactory.create_batch(16))

    assert "The densest core has 4 actors: each of them met at least 3 others" in notes(build(), "components")
    assert "The densest core" not in notes(build("reader"), "components")

    fifth = ActorFactory.create()
    for _time in range(2):
        meet(*four, fifth)
    assert "The densest core has 5 actors" in notes(build("reader"), "components")


def test_a_number_that_is_not_told_is_read_as_several(meet):
    centre, *others = ActorFactory.create_batch(25)
    for other in others:
        meet(centre, other)
        meet(centre, other)

    assert "edge, 1 actor forms the core." in notes(build(), "components")
    assert "edge, <5 actors form the core." in notes(build("reader"), "components")


def test_readers_cannot_count_a_small_sector_by_the_pseudonyms_of_the_key_actors(meet):
    persons = PersonFactory.create_batch(4)
    meet(*persons, *ActorFactory.create_batch(6))
    few = build("reader").table("key_actors")
    assert {row[1].value for row in few.rows} == {"Association"}
    assert few.footnote == "Persons of sectors whose number is not told are not listed."
    assert (len(build().table("key_actors").rows), build().table("key_actors").footnote) == (10, "")

    meet(*persons, PersonFactory.create())
    many = build("reader").table("key_actors")
    assert [row[1].value for row in many.rows].count("Resident") == 5
    assert many.footnote == ""


def test_brokers_are_looked_for_only_where_somebody_met_somebody(meet):
    meet(ActorFactory.create())
    assert [block.key for block in build().section("key_actors").blocks] == ["key_actors"]
    meet(*ActorFactory.create_batch(2))
    assert len(build().section("key_actors").blocks) == 3


def test_readers_cannot_work_out_how_few_met_nobody_from_the_sizes_of_the_groups(meet):
    meet(*ActorFactory.create_batch(25))

    def one(role: str) -> tuple[Any, ...]:
        report = build(role)
        figure = {row[0]: row[1] for row in values(report, "overview")}
        curves = [block.key for block in figures(report)]
        return figure["Actors who met nobody"], values(report, "components")[0][1], curves

    assert one("reader") == one("staff") == (0, 25, ["robustness"])
    for alone in ActorFactory.create_batch(2):
        meet(alone)
    assert one("staff") == (2, 25, ["robustness"])
    assert one("reader") == ("<5", "•", [])
    meet(*ActorFactory.create_batch(6))
    assert [row[1] for row in values(build("reader"), "components")] == [25, "•"]
    assert one("reader") == ("<5", 25, ["robustness"])
