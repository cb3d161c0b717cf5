"""Work outside of the time in which a programme paid for it."""

import pandas as pd

from reports.analysis import schema
from reports.analysis.paid_periods import unpaid_work

COLUMNS = ["actor_id", "events", "first", "last"]


def unpaid(work, periods):
    """Return who worked unpaid: how many events, the first and the last day."""
    frame = pd.DataFrame(work, columns=["actor_id", "event_id", "date"])
    frame["date"] = pd.to_datetime(frame["date"])
    names = ("actor_id", "from", "until")
    columns = {name: [row[at] for row in periods] for at, name in enumerate(names)}
    table = unpaid_work(frame, schema.build(schema.DEPENDENCIES, columns))
    days = {name: table[name].dt.strftime("%Y-%m-%d") for name in ("first", "last")}
    return list(table.assign(**days)[COLUMNS].itertuples(index=False, name=None))


def test_work_within_a_period_is_paid_up_to_its_last_day():
    periods = [(1, "2003-04-01", "2017-06-01")]

    assert unpaid([(1, 1, "2003-04-01"), (1, 2, "2017-05-31")], periods) == []
    assert unpaid([(1, 1, "2003-03-31"), (1, 2, "2017-06-01")], periods) == [
        (1, 2, "2003-03-31", "2017-06-01")
    ]


def test_a_gap_between_two_periods_is_unpaid():
    periods = [(1, None, "2010-01-01"), (1, "2012-01-01", None)]

    assert unpaid([(1, 1, "2009-12-31"), (1, 2, "2011-05-01"), (1, 3, "2020-01-01")], periods) == [
        (1, 1, "2011-05-01", "2011-05-01")
    ]


def test_without_any_period_all_is_unpaid_and_the_period_of_somebody_else_helps_nobody():
    assert unpaid([(1, 1, "2020-01-01")], []) == [(1, 1, "2020-01-01", "2020-01-01")]
    assert unpaid([(1, 1, "2020-01-01")], [(2, None, None)]) == [(1, 1, "2020-01-01", "2020-01-01")]


def test_one_event_counts_once_and_an_undated_one_not_at_all():
    work = [(1, 1, "2020-01-01"), (1, 1, "2020-01-01"), (1, 2, None)]

    assert unpaid(work, []) == [(1, 1, "2020-01-01", "2020-01-01")]
