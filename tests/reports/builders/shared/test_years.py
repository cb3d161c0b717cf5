"""Ties and actors year by year, as the reports tell them."""

import datetime as dt
from typing import Any

import pytest

from events.models import EventStatus
from reports.report import Figure, Note, Report
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import EventFactory
from tests.reports.network_reports import build, values

pytestmark = pytest.mark.django_db


def figures(report: Report) -> dict[str, Figure]:
    return {block.key: block for block in report.section("years").blocks if isinstance(block, Figure)}


def notes(report: Report) -> list[str]:
    return [block.text for block in report.section("years").blocks if isinstance(block, Note)]


def test_ties_are_new_kept_and_lost_from_year_to_year(by_year):
    one, two, three, four = ActorFactory.create_batch(4)
    by_year({2016: [one, two, three], 2017: [one, two, four], 2020: [one, two]})
    EventFactory.create(start_date=dt.date(2018, 5, 1), status=EventStatus.CANCELLED)

    report = build()

    assert values(report, "tie_turnover") == [
        ["2016", 3, None, None, None, None],
        ["2017", 3, 2, 1, 2, None],
        ["2018", None, None, None, None, None],
        ["2019", None, None, None, None, None],
        ["2020", 1, None, None, None, None],
    ]
    assert "tie_turnover" not in figures(report)


def test_the_first_year_of_a_period_is_compared_with_the_year_before_it(by_year):
    actors = ActorFactory.create_batch(8)
    by_year({2016: actors, 2017: actors[:7], 2018: actors[:6]})

    report = build(start=dt.date(2017, 1, 1))

    assert values(report, "tie_turnover") == [
        ["2017", 21, 0, 21, 7, 21 / 28],
        ["2018", 15, 0, 15, 6, 15 / 21],
    ]
    assert [(series.label, series.values) for series in figures(report)["tie_turnover"].series] == [
        ("Kept", (21, 15)),
        ("New", (0, 0)),
    ]
    one_year = build(start=dt.date(2017, 1, 1), end=dt.date(2018, 1, 1))
    assert [[row[0], row[3]] for row in values(one_year, "years")] == [["2017", 7]]
    assert [row[0] for row in values(one_year, "tie_turnover")] == ["2017"]
    assert figures(one_year) == {}


@pytest.mark.parametrize(("pairs", "similarity"), [(4, None), (5, 0)])
def test_how_alike_two_years_are_is_told_from_twenty_ties_on(by_year, meet, pairs, similarity):
    by_year({2016: ActorFactory.create_batch(6)})
    for _pair in range(pairs):
        meet(*ActorFactory.create_batch(2), start_date=dt.date(2017, 5, 1))

    assert values(build(), "tie_turnover")[1] == ["2017", pairs, pairs, 0, 15, similarity]


def test_why_a_year_has_no_retention_is_told(by_year):
    """Nineteen are there the year before, then nobody, then twenty."""
    actors = ActorFactory.create_batch(21)
    by_year({2014: actors[:19], 2015: actors[:18], 2017: [], 2018: actors[:20], 2019: actors[:19]})

    rows = [(row[0].value, row[-1].value, row[-1].note) for row in build().table("years").rows]

    undefined = "Not defined: no event was held in this year, or nobody was counted the year before."
    assert rows == [
        ("2014", None, undefined),
        ("2015", None, "No share below 20 cases."),
        ("2016", None, undefined),
        ("2017", None, undefined),
        ("2018", None, undefined),
        ("2019", 0.95, ""),
    ]


@pytest.mark.parametrize(("returning", "told"), [(4, None), (5, 5 / 30)])
def test_readers_are_told_no_retention_of_numbers_that_are_small(by_year, returning, told):
    actors = ActorFactory.create_batch(30)
    by_year({2014: actors, 2015: [*actors[:returning], *ActorFactory.create_batch(9)]})

    def retention(role: str) -> tuple[Any, str]:
        cell = build(role).table("years").rows[1][-1]
        return cell.value, cell.note

    assert retention("staff") == (returning / 30, "")
    assert retention("reader") == (told, "" if told else "Not told: the numbers behind it are small.")


def test_readers_learn_no_ties_of_years_whose_actors_are_not_told(by_year):
    by_year({2016: PersonFactory.create_batch(3), 2017: ActorFactory.create_batch(9)})

    rows = values(build("reader"), "tie_turnover")

    assert rows == [["2016", "•", "•", "•", "•", "•"], ["2017", 36, "•", "•", "•", "•"]]
    cells = build("reader").table("tie_turnover").rows[1]
    assert [(cell.is_suppressed, cell.url) for cell in cells[1:]] == [
        (False, "/reports/records/?figure=ties_ties&value=2017"),
        *[(True, None)] * 4,
    ]


def test_ties_of_a_year_open_their_list_where_there_are_any(by_year):
    one, two, three = ActorFactory.create_batch(3)
    by_year({2016: [one, two, three], 2017: [one, two]})

    cells = build().table("tie_turnover").rows[1]
    assert [(cell.value, cell.url) for cell in cells[1:]] == [
        (1, "/reports/records/?figure=ties_ties&value=2017"),
        (0, None),
        (1, "/reports/records/?figure=ties_kept&value=2017"),
        (2, "/reports/records/?figure=ties_lost&value=2017"),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("years", "first"),
    [
        # Who comes only to undated or planned events, or to cancelled ones, does not open the records.
        ({2016: 0, 2017: 3, 2018: 3}, "2017"),
        ({2017: 3, 2018: 3}, "2017"),
        ({2016: 3, 2017: 3}, None),
        ({2017: 0, 2018: 0}, None),
    ],
)
def test_of_the_first_year_with_participants_it_is_said_that_all_count_as_new(by_year, years, first):
    by_year({year: ActorFactory.create_batch(count) for year, count in years.items()})
    EventFactory.create(start_date=dt.date(2001, 5, 1), status=EventStatus.PLANNED)

    sentence = f"{first} is the first year of which participants are recorded: all of them count as new."
    said = notes(build(start=dt.date(2017, 1, 1)))

    assert [text for text in said if "count as new" in text] == ([sentence] if first else [])


@pytest.mark.parametrize(
    ("today", "going_on"),
    [
        (dt.date(2021, 12, 30), ["2021 is not over: its figures go up to 30 Dec 2021."]),
        (dt.date(2021, 12, 31), []),
        (dt.date(2022, 6, 30), []),
    ],
)
def test_of_a_year_that_is_not_over_it_is_said_up_to_when_its_figures_go(by_year, today, going_on):
    by_year({2021: ActorFactory.create_batch(2)})

    said = notes(build(now=dt.datetime(today.year, today.month, today.day, 12, tzinfo=dt.UTC)))

    assert said[:-1] == [
        "2021 is the first year of which participants are recorded: all of them count as new.",
        *going_on,
    ]
    assert said[-1].startswith("How long actors stay cannot be said yet: it is known of fewer than 20 when")


def test_years_without_held_events_are_named_as_spans(by_year):
    by_year({2016: ActorFactory.create_batch(2), 2019: ActorFactory.create_batch(2)})

    assert notes(build())[1] == (
        "No held event is recorded for 2017–2018: there is no retention then, nor in the year after."
    )
    assert not any("No held event" in text for text in notes(build(start=dt.date(2019, 1, 1))))


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [
        ({2016: 6, 2017: 7}, "Actors: 7 at most (2017)."),
        ({2016: 7, 2017: 7}, "Actors: 7 in every year."),
        ({2016: 7, 2017: 6, 2018: 7}, "Actors: 7 at most (2016, 2018)."),
    ],
)
def test_the_chart_of_actors_names_every_year_with_the_highest_number(by_year, sizes, sentence):
    by_year({year: ActorFactory.create_batch(count) for year, count in sizes.items()})

    drawn = figures(build())

    assert drawn["presence"].alt == f"Actors per year from {min(sizes)} to {max(sizes)}. {sentence}"
    assert drawn["events"].alt == (
        f"Events per year from {min(sizes)} to {max(sizes)}. Held: 1 in every year."
    )


def test_readers_are_not_told_where_the_highest_number_is_while_a_year_is_hidden(by_year):
    by_year({2016: PersonFactory.create_batch(2), 2017: ActorFactory.create_batch(9)})

    assert figures(build("reader"))["presence"].alt == "Actors per year from 2016 to 2017."
