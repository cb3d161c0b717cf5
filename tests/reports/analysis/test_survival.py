"""How long actors stay: published figures, and who counts as lost from when on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import schema
from reports.analysis.survival import kaplan_meier, survival

# Weeks of remission of the 21 children who were given 6-MP (E. J. Freireich et al., Blood 21 (1963) 699).
LOST_AT = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED_AT = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


@pytest.fixture
def remission():
    times = [*LOST_AT, *CENSORED_AT]
    return kaplan_meier(times, [True] * len(LOST_AT) + [False] * len(CENSORED_AT))


def test_the_remission_times_of_freireich_are_reproduced(remission):
    table = remission.table

    assert table["time"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert table["survival"].round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert table["at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert table["lost"].tolist() == [3, 1, 1, 1, 1, 1, 1]
    assert remission.cases == 21
    assert remission.median == 23


def test_the_band_is_that_printed_with_these_data(remission):
    """Standard errors after Greenwood and log-log bounds, as statistics packages print them."""
    table = remission.table

    assert table["error"].round(4).tolist() == [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert table["low"].round(4).tolist() == [0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881]
    assert table["high"].round(4).tolist() == [0.9516, 0.9228, 0.8894, 0.8491, 0.8049, 0.7468, 0.6801]


def test_a_share_can_be_asked_for_any_time(remission):
    assert [round(remission.at(time), 3) for time in (0, 5.9, 6, 9, 40)] == [1, 1, 0.857, 0.807, 0.448]


def test_whoever_is_all_lost_leaves_nothing_and_no_band():
    curve = kaplan_meier([1, 2], [True, True])

    assert curve.table["survival"].tolist() == [0.5, 0.0]
    assert curve.table["high"].notna().tolist() == [True, False]
    assert curve.median == 1


@pytest.mark.parametrize("lost", [[], [False, False]], ids=["nobody", "nobody lost"])
def test_without_a_loss_there_is_no_row(lost):
    curve = kaplan_meier([3.0] * len(lost), lost)

    assert curve.table.empty
    assert (curve.at(99), curve.median, curve.cases) == (1.0, None, len(lost))


@pytest.mark.parametrize(
    ("times", "lost", "message"),
    [
        ([1], [], "There are 1 times"),
        ([-1], [True], "missing or negative"),
        ([math.nan], [True], "missing or negative"),
    ],
)
def test_what_cannot_be_is_refused(times, lost, message):
    with pytest.raises(ValueError, match=message):
        kaplan_meier(times, lost)


@settings(max_examples=40, deadline=None)
@given(cases=st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=40))
def test_the_curve_is_the_product_it_is_defined_as(cases):
    curve = kaplan_meier([time for time, _ in cases], [lost for _, lost in cases])

    share, spread = 1.0, 0.0
    for row in curve.table.to_dict("records"):
        at_risk = sum(time >= row["time"] for time, _ in cases)
        lost = sum(time == row["time"] and is_lost for time, is_lost in cases)
        share *= 1 - lost / at_risk
        assert (row["at_risk"], row["lost"]) == (at_risk, lost)
        assert row["survival"] == pytest.approx(share)
        if at_risk == lost:
            assert math.isnan(row["low"])
            continue
        spread += lost / (at_risk * (at_risk - lost))
        assert row["error"] == pytest.approx(share * math.sqrt(spread))
        assert 0 <= row["low"] <= row["survival"] <= row["high"] <= 1
    assert curve.table["time"].tolist() == sorted({time for time, lost in cases if lost})


def test_loss_is_missing_two_years_in_a_row(attended, held):
    """Years 2010 to 2016, one event each; nobody was counted at the event of 2013."""
    events = held({year: year for year in range(2010, 2017)})
    stays = {
        1: [2010, 2016],  # from the start
        2: [2011],  # lost after one year
        3: [2011, 2014],  # missed one counted year only, then 2015 and 2016
        4: [2011, 2012, 2016],  # away for two counted years, and back
        5: [2012, 2014, 2015, 2016],  # stays
        6: [2016],  # too new
    }
    pairs = [(actor, year) for actor, years in stays.items() for year in years]

    staying = survival(attended(pairs), events)

    assert staying.members.to_dict("list") == {
        "actor_id": [2, 3, 4, 5],
        "first": [2011, 2011, 2011, 2012],
        "time": [1, 3, 2, 2],
        "lost": [True, True, True, False],
    }
    assert (staying.from_the_start, staying.too_new, staying.returned) == (1, 1, 1)
    assert staying.curve.table[["time", "at_risk", "lost"]].to_dict("list") == {
        "time": [1.0, 2.0, 3.0],
        "at_risk": [4, 3, 1],
        "lost": [1, 1, 1],
    }


def test_with_a_gap_of_one_every_missed_year_is_a_loss(attended, held):
    events = held({year: year for year in range(2010, 2014)})
    pairs = [(0, 2010), (1, 2011), (1, 2013), (2, 2011), (2, 2012), (2, 2013)]

    staying = survival(attended(pairs), events, gap=1)

    assert staying.members[["actor_id", "time", "lost"]].to_dict("list") == {
        "actor_id": [1, 2],
        "time": [1, 2],
        "lost": [True, False],
    }
    with pytest.raises(ValueError, match="at least one missed year"):
        survival(attended(pairs), events, gap=0)


@pytest.mark.parametrize("pairs", [[], [(1, 2010)], [(1, 2010), (1, 2011)]])
def test_too_little_to_tell_anything_gives_an_empty_curve(attended, held, pairs):
    staying = survival(attended(pairs), held({year: year for _, year in pairs}))

    assert (staying.curve.cases, staying.members.empty, staying.curve.median) == (0, True, None)


def frames_of(pairs):
    """One event in each of the years 2003 to 2012, with the year as its number."""
    participations = {
        "actor_id": [actor for actor, _ in pairs],
        "event_id": [year for _, year in pairs],
        "state": [schema.ATTENDED] * len(pairs),
    }
    years = list(range(2003, 2013))
    events = {"event_id": years, "year": years, "status": [schema.HELD] * len(years)}
    return schema.build(schema.PARTICIPATIONS, participations), schema.build(schema.EVENTS, events)


@settings(max_examples=40, deadline=None)
@given(
    seen=st.dictionaries(st.integers(1, 9), st.sets(st.integers(2003, 2012), min_size=1), max_size=9),
    gap=st.integers(1, 3),
)
def test_everybody_is_followed_as_if_by_hand(seen, gap):
    pairs = [(actor, year) for actor, years in seen.items() for year in sorted(years)]

    staying = survival(*frames_of(pairs), gap=gap)

    counted = sorted(set().union(*seen.values()))
    expected, early, new = {}, 0, 0
    for actor, years in seen.items():
        places = {counted.index(year) for year in years}
        first, verdict = min(places), None
        for time in range(1, len(counted)):
            missed = range(first + time, first + time + gap)
            if missed[-1] >= len(counted):
                break
            verdict = (time, not places & set(missed))
            if verdict[1]:
                break
        early += first == 0
        new += first > 0 and verdict is None
        if first > 0 and verdict is not None:
            expected[actor] = verdict
    rows = staying.members[["actor_id", "time", "lost"]].itertuples(index=False)
    assert {actor: (time, lost) for actor, time, lost in rows} == expected
    assert (staying.from_the_start, staying.too_new) == (early, new)
    assert np.all(np.diff(staying.curve.table["survival"]) < 0)
