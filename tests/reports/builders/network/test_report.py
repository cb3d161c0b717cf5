"""The network report: published figures out of the database, rights, small numbers, and what to do when
empty.
"""

import datetime as dt
import json
from typing import Any

import pytest
from django.utils import translation

from events.models import EventStatus
from reports.builders.network.report import build_network_report
from reports.renderers.json import render_json
from reports.report import Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, OfficeFactory, PersonFactory
from tests.factories.events import EventFactory, OrganiserRoleFactory
from tests.reports.network_reports import notes, values
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def build(
    role: str = "staff", start: dt.date | None = None, end: dt.date | None = None, key: str = "k"
) -> Report:
    with translation.override("en"):
        return build_network_report(
            request_for(UserFactory.create(role=role), start=start, end=end, now=NOW, key=key)
        )


def overview(report: Report) -> dict[str, Any]:
    return {row[0]: row[1] for row in values(report, "overview")}


def test_the_southern_women_have_their_published_figures(davis):
    report = build()

    rows = {row[0]: row[2:6] for row in values(report, "key_actors")}
    named = ["Evelyn Jefferson", "Laura Mandeville", "Theresa Anderson", "Nora Fayette"]
    assert [(rows[name][0], round(rows[name][3], 4)) for name in named] == [
        (8, 0.0966),
        (7, 0.0514),
        (8, 0.0876),
        (8, 0.1135),
    ]
    assert values(report, "key_actors")[0][0] == "Nora Fayette"
    assert [
        overview(report)[name] for name in ("Ties", "Participations", "Held events", "Connected groups")
    ] == [
        139,
        89,
        14,
        1,
    ]
    assert "Possible ties: 153; existing: 139." in " ".join(notes(report, "overview"))


def test_an_empty_register_says_what_to_record_first():
    report = build()

    assert notes(report, "overview") == [
        "No actors and events are recorded yet. "
        "Record actors, then an event with the status “held” and who took part."
    ]
    assert {
        key: report.table(key).rows for key in ("years", "key_actors", "communities", "isolates", "sectors")
    } == {
        "years": (),
        "key_actors": (),
        "communities": (),
        "isolates": (),
        "sectors": (),
    }
    assert [section.key for section in report.sections] == [
        "overview",
        "years",
        "key_actors",
        "communities",
        "components",
        "sectors",
        "office",
        "uncertain",
    ]


def test_an_event_without_participants_and_an_actor_without_events_still_make_sense():
    ActorFactory.create()
    EventFactory.create()

    report = build()

    assert overview(report)["Held events without named participants"] == 1
    assert overview(report)["Actors who did not take part"] == 1
    assert notes(report, "overview") == [
        "Nobody is recorded for the held events of this period. Paste the list of participants into an event."
    ]
    assert "1 held event has no named participants. Whoever was there is missing in the network." in notes(
        report, "uncertain"
    )


def test_whoever_met_nobody_is_named(meet):
    alone, one, other = (ActorFactory.create(name=name) for name in ("Allein", "Eins", "Zwei"))
    meet(alone)
    meet(one, other)

    report = build()

    assert values(report, "isolates") == [["Allein", "Association", 1]]
    assert report.table("isolates").rows[0][0].url == f"/actors/{alone.pk}/"


def test_a_period_leaves_out_undated_events_and_says_so(meet):
    one, other = ActorFactory.create_batch(2)
    meet(one, other, start_date=None)
    meet(one, other, start_date=dt.date(2019, 12, 31))

    whole = build()
    year = build(start=dt.date(2019, 1, 1), end=dt.date(2020, 1, 1))

    assert (overview(whole)["Held events"], overview(year)["Held events"]) == (2, 1)
    assert notes(whole, "uncertain")[0].startswith("1 held event has no day. It counts in the network")
    assert notes(year, "uncertain")[0] == "1 held event has no day and is left out, since a period is chosen."
    assert year.period == "2019"


def test_years_count_who_came_and_every_number_of_events_opens_its_list(meet):
    one, two, three = ActorFactory.create_batch(3)
    meet(one, two, start_date=dt.date(2018, 5, 1))
    meet(one, three, start_date=dt.date(2019, 5, 1))
    EventFactory.create(start_date=dt.date(2019, 6, 1), status=EventStatus.CANCELLED)

    report = build()

    assert values(report, "years") == [
        ["2018", 1, 0, 2, 0, 2, 0, 0, None],
        ["2019", 1, 1, 2, 1, 1, 0, 1, None],
    ]
    assert [cell.url for cell in report.table("years").rows[1][:3]] == [
        "/events/?year=2019",
        "/events/?year=2019&status=held",
        "/events/?year=2019&status=cancelled",
    ]
    assert [cell.url for cell in report.table("years").rows[1][3:8]] == [
        "/reports/records/?figure=actors&value=2019",
        "/reports/records/?figure=returning&value=2019",
        "/reports/records/?figure=new&value=2019",
        None,
        "/reports/records/?figure=lost&value=2019",
    ]
    assert report.table("years").rows[1][8].note == "No share below 20 cases."


def test_who_is_new_depends_on_the_years_before_the_period_too(meet):
    one, two = ActorFactory.create_batch(2)
    meet(one, two, start_date=dt.date(2017, 5, 1))
    meet(one, two, start_date=dt.date(2019, 5, 1))

    report = build(start=dt.date(2019, 1, 1))

    assert values(report, "years") == [["2019", 1, 0, 2, 0, 0, 2, 0, None]]


def test_without_the_office_its_ties_fall_away_and_names_stand_beside(meet):
    office, club, school, church = (
        OfficeFactory.create(name="Büro"),
        ActorFactory.create(name="Verein"),
        ActorFactory.create(name="Schule"),
        ActorFactory.create(name="Kirche"),
    )
    meet(office, club, school, role=OrganiserRoleFactory.create())
    meet(office, church)

    report = build()

    assert values(report, "office_all") == [
        ["With everybody", 4, 4, None, 1, 4, 0],
        ["Without the office", 3, 1, None, 1, 2, 1],
        ["Without the events it organised", 4, 1, None, 1, 2, 2],
        ["Without both, and what it carried alone", 3, 0, None, 0, 0, 3],
    ]
    assert values(report, "only_office") == [["Kirche", "Association", 1]]
    assert [row[0] for row in values(report, "only_office_events")] == ["Verein", "Schule"]
    assert values(report, "only_through") == [["Verein", "Schule", 1]]


def test_without_a_recorded_office_the_report_says_what_is_missing(meet):
    meet(*ActorFactory.create_batch(2))

    state, advice = (
        "No actor is recorded as the office, so its part cannot be shown.",
        "Give it the type “Neighbourhood office”.",
    )
    assert notes(build(), "office") == [f"{state} {advice}"]
    assert notes(build("reader"), "office") == [state]


def test_readers_get_pseudonyms_everywhere_and_no_address_of_a_person(meet):
    persons = [PersonFactory.create(given_name="Geheim", family_name=f"Name{n}") for n in range(6)]
    club = ActorFactory.create(name="Turnverein")
    meet(*persons, club, start_date=dt.date(2019, 5, 1))
    meet(*persons[:3], start_date=dt.date(2020, 5, 1))

    report = build("reader")
    text = render_json(report).decode()

    assert "Geheim" not in text
    assert "Name3" not in text
    assert "Resident " in text
    assert "Turnverein" in text
    urls = {cell["url"] for cell in _cells(json.loads(text)) if cell.get("url", "").startswith("/actors/")}
    assert {url for url in urls if "?" not in url} == {f"/actors/{club.pk}/"}
    assert "Geheim" in render_json(build("staff")).decode()


def _cells(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        cell
        for section in data["sections"]
        for block in section["blocks"]
        if block["type"] == "table"
        for row in block["rows"]
        for cell in row
    ]


def test_pseudonyms_are_the_same_in_one_report_and_differ_between_reports(meet):
    meet(*PersonFactory.create_batch(30))

    names = [[row[0] for row in values(build("reader", key=key), "key_actors")] for key in ("a", "a", "b")]

    assert names[0] == names[1]
    assert names[0] != names[2]


def test_readers_are_not_told_small_counts_and_the_office_is(meet):
    clubs, residents = ActorFactory.create_batch(9), PersonFactory.create_batch(2)
    meet(*clubs, *residents)

    rows = {row[0]: row[1:3] for row in values(build("reader"), "sectors")}

    assert rows["Resident"] == ["<5", "<5"]
    assert "•" in rows["Association"]
    assert build("reader").definitions[-1].term == "Not told"
    assert {row[0]: row[1:3] for row in values(build(), "sectors")}["Resident"] == [2, 2]


def test_communities_name_their_typical_members_and_where_they_meet(meet):
    left, right = ActorFactory.create_batch(4), ActorFactory.create_batch(4)
    for day in range(1, 4):
        meet(*left, title="Chor", start_date=dt.date(2019, 1, day))
        meet(*right, title="Markt", start_date=dt.date(2019, 2, day))

    rows = values(build(), "communities")

    assert [(row[0], row[1], row[4]) for row in rows] == [("1", 4, "Chor"), ("2", 4, "Markt")]
    assert rows[0][3] == ", ".join(actor.name for actor in left)


def test_sectors_show_who_meets_whom(meet):
    meet(ActorFactory.create(), PersonFactory.create())

    assert values(build(), "sector_matrix") == [["Association", 0.0, 1.0], ["Resident", 1.0, 0.0]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(rows, meet, django_assert_max_num_queries):
    for _number in range(rows):
        meet(*ActorFactory.create_batch(4))
    user = UserFactory.create()

    with django_assert_max_num_queries(10):
        build_network_report(request_for(user, now=NOW, key="k"))


def test_events_without_any_actor_say_to_record_who_took_part():
    EventFactory.create()

    assert notes(build(), "overview")[0].startswith("Nobody is recorded for the held events of this period.")
