"""How long actors stay, as the network report tells it."""

import datetime as dt
from typing import Any

import pytest

from reports.report import Figure, Note, Report
from tests.factories.actors import ActorFactory
from tests.reports.network_reports import build, values

pytestmark = pytest.mark.django_db


def figures(report: Report) -> dict[str, Figure]:
    return {block.key: block for block in report.section("years").blocks if isinstance(block, Figure)}


def notes(report: Report) -> list[str]:
    return [block.text for block in report.section("years").blocks if isinstance(block, Note)]


@pytest.fixture
def coming_and_going(by_year: Any) -> None:
    """Thirty come in 2011: ten for one year, six for two, the others to the end; two were there before."""
    early, cohort = ActorFactory.create_batch(2), ActorFactory.create_batch(30)
    by_year(
        {
            2010: early,
            2011: [*early, *cohort],
            2012: [*early, *cohort[10:]],
            2013: cohort[16:],
            2014: cohort[16:],
            2015: cohort[16:],
        }
    )


def test_how_long_actors_stay_is_told_with_its_range_and_in_words(coming_and_going):
    report = build()

    rows = [[round(value, 3) for value in row] for row in values(report, "staying")]
    assert rows == [[1, 30, 10, 0.667, 0.469, 0.805], [2, 20, 6, 0.467, 0.284, 0.630]]
    figure = figures(report)["staying"]
    assert figure.categories == ("0", "1", "2")
    assert figure.series[0].values == (100.0, 66.7, 46.7)
    assert figure.series[0].band == ((100.0, 46.9, 28.4), (100.0, 80.5, 63.0))
    assert notes(report)[-1] == (
        "At least half of the actors stay for 2 years at most. Lost is who misses 2 years in a row in which "
        "others came; whoever may still come is not. 2 actors of the first recorded year are left out: "
        "nobody knows since when."
    )


@pytest.mark.parametrize(
    ("today", "rows"),
    [
        # 2013 goes on: the ten who came in 2011 only have missed one year.
        (dt.date(2013, 12, 30), None),
        (dt.date(2013, 12, 31), [[1, 30, 10]]),
        (dt.date(2014, 12, 30), [[1, 30, 10]]),
        (dt.date(2014, 12, 31), [[1, 30, 10], [2, 20, 6]]),
    ],
)
def test_a_year_that_is_not_over_is_missed_by_nobody(coming_and_going, today, rows):
    report = build(now=dt.datetime(today.year, today.month, today.day, 12, tzinfo=dt.UTC))

    assert ("staying" in figures(report)) is (rows is not None)
    if rows:
        assert [row[:3] for row in values(report, "staying")] == rows


@pytest.mark.parametrize(
    ("first", "leaving", "sentences"),
    [
        (
            1,
            {2012: 10},
            "At least half of the actors stay for 1 year at most. Lost is who misses 2 years in a row in "
            "which others came; whoever may still come is not. 1 actor of the first recorded year is left "
            "out: nobody knows since when.",
        ),
        (
            2,
            {2012: 30, 2013: 29},
            "More than half of the actors stay longer than 2 years. Lost is who misses 2 years in a row in "
            "which others came; whoever may still come is not. 2 actors of the first recorded year are left "
            "out: nobody knows since when.",
        ),
    ],
)
def test_how_long_half_of_the_actors_stay_is_told_as_far_as_it_is_known(by_year, first, leaving, sentences):
    cohort = ActorFactory.create_batch(30)
    by_year({2010: ActorFactory.create_batch(first), 2011: cohort})
    by_year({year: cohort[:count] for year, count in leaving.items()})
    by_year({year: cohort[: min(leaving.values())] for year in (2013, 2014, 2015) if year not in leaving})

    assert notes(build())[-1] == sentences


def test_who_comes_back_after_a_loss_took_part_again(by_year):
    """One of thirty stays away for two years and comes again: lost, and not for good."""
    cohort = ActorFactory.create_batch(30)
    by_year({2010: ActorFactory.create_batch(2), 2011: cohort, 2012: cohort[1:], 2013: cohort[1:]})
    by_year(dict.fromkeys((2014, 2015), cohort))

    table = build().table("staying")

    assert [[cell.value for cell in row][:3] for row in table.rows] == [[1, 30, 1]]
    assert {column.key: column.explanation for column in table.columns}["lost"] == (
        "Took part so long and then missed 2 years in a row."
    )


def test_where_all_are_lost_there_is_no_range(by_year):
    by_year({2010: ActorFactory.create_batch(2), 2011: ActorFactory.create_batch(20)})
    by_year({year: ActorFactory.create_batch(2) for year in (2012, 2013)})

    report = build()

    assert values(report, "staying") == [[1, 20, 20, 0.0, None, None]]
    assert figures(report)["staying"].series[0].band == ((100.0, None), (100.0, None))
    assert figures(report)["staying"].alt.endswith("After 1 year it is 0 %.")


def test_the_actors_behind_a_share_open_for_those_who_are_told_their_number(by_year):
    cohort = ActorFactory.create_batch(20)
    by_year({2010: ActorFactory.create_batch(9), 2011: cohort})
    by_year(dict.fromkeys((2012, 2013), cohort[:10]))

    def urls(role: str) -> list[str | None]:
        ((_time, *cells),) = build(role).table("staying").rows
        return [cell.url for cell in cells]

    observed = "/reports/records/?figure=observed&value=1"
    assert urls("staff") == [observed, "/reports/records/?figure=stayed&value=1", *[observed] * 3]
    assert urls("reader") == [None] * 3


def test_who_came_too_late_is_said_to_be_left_out(by_year, coming_and_going):
    late = "came first in the last 2 of these years: too early to say whether"
    assert late not in notes(build())[-1]
    by_year({2014: (one := ActorFactory.create_batch(1)), 2015: one})
    assert f"1 actor {late} it stays." in notes(build())[-1]
    by_year({2015: ActorFactory.create_batch(1)})
    assert f"2 actors {late} they stay." in notes(build())[-1]
    assert late not in notes(build("reader"))[-1]


def test_how_long_actors_stay_does_not_depend_on_the_period(coming_and_going):
    assert values(build(start=dt.date(2014, 1, 1)), "staying") == values(build(), "staying")


def test_readers_are_told_shares_that_stand_for_five_actors_or_more(by_year):
    early, cohort = ActorFactory.create_batch(9), ActorFactory.create_batch(40)
    leaving = {2012: 38, 2013: 31, 2014: 29}
    by_year(
        {2010: early, 2011: [*early, *cohort]}
        | {year: cohort[:count] for year, count in leaving.items()}
        | dict.fromkeys((2015, 2016), cohort[:29])
    )

    assert [row[:3] for row in values(build(), "staying")] == [[1, 40, 2], [2, 38, 7], [3, 31, 2]]
    assert [row[:2] for row in values(build("reader"), "staying")] == [[2, pytest.approx(31 / 40)]]


def test_while_more_than_half_stay_the_last_time_that_is_told_is_named(by_year):
    """Of twenty-one who came in 2011 one leaves after a year: no half of them is gone."""
    cohort = ActorFactory.create_batch(21)
    by_year({2010: ActorFactory.create_batch(2), 2011: cohort})
    by_year(dict.fromkeys((2012, 2013, 2014), cohort[1:]))

    report = build()

    assert notes(report)[-1].startswith("More than half of the actors stay longer than 1 year. Lost is ")
    assert figures(report)["staying"].alt == (
        "A falling line: the share of actors that stays longer than a number of years. After 1 year it is 95 "
        "%."
    )


@pytest.mark.parametrize(
    ("counted", "sentence"),
    [
        # Twenty were observed and nobody was lost.
        (20, "How long actors stay cannot be said yet: none of those observed has missed 2 years in a row."),
        # Nineteen were observed.
        (19, "How long actors stay cannot be said yet: it is known of fewer than 20 when they began and"),
    ],
)
def test_it_is_said_why_there_is_no_curve(by_year, counted, sentence):
    cohort = ActorFactory.create_batch(counted)
    by_year({2010: ActorFactory.create_batch(2)} | dict.fromkeys((2011, 2012, 2013, 2014), cohort))

    assert notes(build())[-1].startswith(sentence)


def test_no_curve_is_drawn_where_too_few_were_observed_until_a_loss(by_year):
    """Twenty-one are known; of the nineteen observed for two years or more one is lost, of others none."""
    late, cohort = ActorFactory.create_batch(2), ActorFactory.create_batch(19)
    by_year({2010: ActorFactory.create_batch(2), 2011: cohort, 2012: cohort})
    by_year({year: [*cohort[1:], *late] for year in (2013, 2014, 2015)})

    assert notes(build())[-1] == (
        "How long actors stay cannot be said yet: fewer than 20 were observed until a loss."
    )


@pytest.mark.parametrize(("staying", "is_told"), [(4, False), (5, True), (15, True), (16, False)])
def test_readers_are_told_that_the_numbers_of_those_who_left_or_stayed_are_small(by_year, staying, is_told):
    cohort = ActorFactory.create_batch(20)
    by_year({2010: ActorFactory.create_batch(9), 2011: cohort})
    by_year(dict.fromkeys((2012, 2013), cohort[:staying]))

    small = "How long actors stay is not told: the numbers behind it are small."
    assert "staying" in figures(build())
    assert ("staying" in figures(build("reader"))) == is_told
    assert (notes(build("reader"))[-1] == small) != is_told


def test_of_too_few_actors_no_curve_is_drawn(by_year):
    by_year({2010: ActorFactory.create_batch(2), 2011: ActorFactory.create_batch(19)})
    by_year({year: ActorFactory.create_batch(2) for year in (2012, 2013)})

    assert notes(build())[-1].startswith(
        "How long actors stay cannot be said yet: it is known of fewer than 20"
    )
    assert "staying" not in figures(build())
