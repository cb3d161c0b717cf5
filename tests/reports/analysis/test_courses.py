"""How long concerns take: whatever the courses, the figures fit together."""

import datetime as dt
from operator import attrgetter
from statistics import fmean, median

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.analysis.courses import Course, ages, durations, lot, lots_by

DAYS = st.one_of(st.none(), st.integers(0, 3000))
COURSES = st.lists(
    st.builds(
        Course,
        raised_on=st.dates(dt.date(2003, 1, 1), dt.date(2021, 12, 31)),
        kind=st.sampled_from(["defect", "idea"]),
        topic=st.sampled_from([None, "green", "noise"]),
        department=st.one_of(st.none(), st.integers(1, 4)),
        is_open=st.booleans(),
        to_forward=DAYS,
        to_answer=DAYS,
        to_settle=DAYS,
        is_told=st.booleans(),
    ),
    max_size=40,
)
TODAY = dt.date(2022, 1, 1)
# Beside other work the first draw may take long.
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@patient
@given(COURSES)
def test_open_and_settled_ones_are_all(courses):
    whole = lot(courses)
    assert whole.number == len(courses) == whole.open + whole.settled
    assert max(whole.forwarded, whole.answered, whole.told) <= whole.number


@patient
@given(COURSES)
def test_the_parts_of_every_division_add_up(courses):
    whole = lot(courses)
    for what in ("kind", "topic", "department"):
        parts = lots_by(courses, attrgetter(what)).values()
        for figure in ("number", "open", "settled", "forwarded", "answered", "told"):
            assert sum(getattr(part, figure) for part in parts) == getattr(whole, figure)
        assert sum(part.settling.count for part in parts) == whole.settling.count


@patient
@given(st.lists(DAYS))
def test_median_and_mean_lie_between_the_shortest_and_the_longest(days):
    known = [day for day in days if day is not None]
    span = durations(days)
    assert span.count == len(known)
    if known:
        assert span.median is not None
        assert min(known) <= span.median <= max(known) == span.longest
        assert (span.median, span.mean) == (median(known), fmean(known))
    else:
        assert (span.median, span.mean, span.longest) == (None, None, None)


@patient
@given(COURSES)
def test_only_open_ones_wait(courses):
    waiting = ages(courses, today=TODAY)
    assert waiting.count == lot(courses).open
    assert waiting.longest is None or waiting.longest >= 1
