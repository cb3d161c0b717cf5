"""How a time is taken: warm up, repeat, report the middle and the slow end, with queries and memory."""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

WARM_UPS = 3


@dataclass(frozen=True)
class Result:
    """What was measured: seconds, and the queries of one run."""

    name: str
    p50: float
    p95: float
    runs: int
    queries: int
    target: float | None = None
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain values."""
        return asdict(self)


class QueryCounter:
    """Counts queries without keeping them, so that counting costs nothing."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began


@contextmanager
def counted_queries() -> Iterator[QueryCounter]:
    """Count the queries made inside."""
    counter = QueryCounter()
    with connection.execute_wrapper(counter):
        yield counter


def percentile(times: list[float], share: float) -> float:
    """Return the nearest-rank percentile.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5), percentile([1.0, 2.0, 3.0, 4.0], 0.95)
    (2.0, 4.0)
    """
    ordered = sorted(times)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def repeat(
    name: str, calls: list[Callable[[], Any]], *, target: float | None = None, warm_ups: int = WARM_UPS
) -> Result:
    """Run each call once after warming up with the first ones, and return how long they took."""
    for call in calls[:warm_ups]:
        call()
    times, queries = [], []
    for call in calls:
        with counted_queries() as counter:
            began = time.perf_counter()
            call()
            times.append(time.perf_counter() - began)
        queries.append(counter.count)
    return Result(
        name=name,
        p50=percentile(times, 0.5),
        p95=percentile(times, 0.95),
        runs=len(times),
        queries=max(queries),
        target=target,
        note=f"queries {min(queries)}–{max(queries)}" if min(queries) != max(queries) else "",
    )


def once(name: str, call: Callable[[], Any], *, target: float | None = None, note: str = "") -> Result:
    """Run a long call a single time."""
    with counted_queries() as counter:
        began = time.perf_counter()
        call()
        seconds = time.perf_counter() - began
    return Result(
        name=name, p50=seconds, p95=seconds, runs=1, queries=counter.count, target=target, note=note
    )


def peak_memory() -> float:
    """Return the most memory this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
