"""The benchmark itself: every scenario still finds its pages, and percentiles are what they say."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bench import pages, register, tables
from tests.bench.measure import percentile
from tests.bench.scenarios import PAGES, REPORTS, run

SIZE = 60


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*PAGES, *REPORTS])
def test_a_scenario_measures_something(name: str, monkeypatch: Any):
    monkeypatch.setattr(register, "LONGEST_TIMELINE", 40)
    monkeypatch.setattr(pages, "RUNS", 2)
    monkeypatch.setattr(pages, "PASTED", 8)
    monkeypatch.setattr(tables, "ROWS", 12)
    register.fill(SIZE)

    results = run(name, SIZE)

    assert [result.name for result in results if result.queries == 0 or result.p95 < result.p50] == []


@pytest.mark.parametrize(("share", "expected"), [(0.5, 2.0), (0.95, 4.0), (0.0, 1.0)])
def test_a_percentile_is_a_time_that_was_measured(share: float, expected: float):
    assert percentile([3.0, 1.0, 4.0, 2.0], share) == expected
