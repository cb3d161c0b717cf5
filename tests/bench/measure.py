"""How a time is taken: warm up, repeat, report the middle and the slow end, with queries and memory."""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.db import connection

WARM_UPS = 3


@dataclass(frozen=True)
class Result:
    """What was measured: seconds on the clock, seconds of this process's own work, queries of one run."""

    name: str
    p50: float
    p95: float
    cpu: float
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

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


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
    times, work, queries = [], [], []
    for call in calls:
        with counted_queries() as counter:
            began, worked = time.perf_counter(), time.process_time()
            call()
            times.append(time.perf_counter() - began)
            work.append(time.process_time() - worked)
        queries.append(counter.count)
    return Result(
        name=name,
        p50=percentile(times, 0.5),
        p95=percentile(times, 0.95),
        cpu=percentile(work, 0.5),
        runs=len(times),
        queries=max(queries),
        target=target,
        note=f"queries {min(queries)}–{max(queries)}" if min(queries) != max(queries) else "",
    )


def once(name: str, call: Callable[[], Any], *, target: float | None = None, note: str = "") -> Result:
    """Run a long call a single time."""
    result = repeat(name, [call], target=target, warm_ups=0)
    return replace(result, note=note)


def memory() -> tuple[float, float | None]:
    """Return the memory of this process in MiB: the most it ever had, and what is its own now.

    The first holds the files of the database that are mapped into it; the second is None where the system
    does not tell.
    """
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    own = next((int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon")), None)
    return peak, own
