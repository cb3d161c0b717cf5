"""Measure the library beside networkx, then pages and reports on filled databases of each size."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench import opening
from tests.bench.library import table
from tests.bench.library.material import SIZES
from tests.postgres import find_programs, temporary_server

SCENARIOS = ["list", "page", "search", "create", "paste", "excel", "import", "network", "continuity"]
REPORTS = ["network", "continuity"]
REGISTERS = [2_000, 5_000, 20_000]
REPORT_SIZE = 5_000
MEMORY_TARGETS = {("network", 5_000): 500, ("network", 20_000): 2_000}
HEAD = f"{'':44} {'p50':>9} {'p95':>9} {'cpu':>9} {'queries':>8} {'target':>9}"


def main() -> int:
    """Measure everything that was asked for."""
    options = arguments()
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.machine()}")
    if options.open:
        measure_opening(options.size or opening.SIZES)
        return 0
    if options.library or not options.only:
        table.measure(options.size or SIZES, cap=options.cap)
    if options.library:
        return 0
    for engine in options.engine:
        for size in options.size or REGISTERS:
            chosen = [name for name in options.only or default_scenarios(size) if name in SCENARIOS]
            with database(engine) as url:
                print(f"Load before: {os.getloadavg()[0]:.1f}")
                measure(engine, size, chosen, os.environ | {"DATABASE_URL": url, "LOCAL_DEMO": "1"})
    return 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--size",
        type=int,
        nargs="+",
        help="actors; the library is measured at 500, 5000 and 20000, registers at 2000, 5000 and 20000",
    )
    parser.add_argument("--library", action="store_true", help="measure reports.analysis and nothing else")
    parser.add_argument("--cap", type=float, default=table.CAP, help="seconds that networkx gets for a step")
    parser.add_argument(
        "--open", action="store_true", help="measure how long a browser takes to open the network explorer"
    )
    engines = ["sqlite", "postgresql"] if find_programs() else ["sqlite"]
    parser.add_argument("--engine", nargs="+", default=engines, choices=["sqlite", "postgresql"])
    parser.add_argument("--only", nargs="+", choices=SCENARIOS, metavar="SCENARIO", help=", ".join(SCENARIOS))
    return parser.parse_args()


def default_scenarios(size: int) -> list[str]:
    """Return what is measured at a size: at that of the reports' target nothing but reports."""
    return REPORTS if size == REPORT_SIZE else SCENARIOS


@contextmanager
def database(engine: str) -> Iterator[str]:
    """Yield the address of a new database that is gone afterwards."""
    if engine == "postgresql":
        with temporary_server() as url:
            yield url
    else:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'bench.sqlite3'}"


def measure(engine: str, size: int, chosen: list[str], environment: dict[str, str]) -> None:
    """Fill one database and print what was measured in it."""
    for message in worker(environment, "prepare", size):
        print(f"\n{engine}, {size:,} actors (made in {message['filled']:.0f} s)\n{HEAD}", flush=True)
    for name in chosen:
        for message in worker(environment, name, size):
            show(message, size)


def measure_opening(sizes: list[int]) -> None:
    """Open the network explorer in a browser, on a new register of each size."""
    for size in sizes:
        with database("sqlite") as url:
            environment = opening.environment_for(url)
            list(worker(environment, "prepare", size))
            print(f"Load before: {os.getloadavg()[0]:.1f}")
            for message in worker(environment, "sign-in", size):
                opening.measure(size, environment, message["session"])


def worker(environment: dict[str, str], step: str, size: int) -> Iterator[dict[str, Any]]:
    """Run one step in a process of its own and yield what it tells."""
    command = [sys.executable, "-m", "tests.bench.worker", step, str(size)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode:
        print(f"{step} ended with {process.returncode}", flush=True)


def show(message: dict[str, Any], size: int) -> None:
    """Print one line of the table."""
    if "result" in message:
        result = message["result"]
        target = f"≤ {duration(result['target'])}" if result["target"] else ""
        mark = " !" if result["target"] and result["p95"] > result["target"] else ""
        line = (
            f"{result['name']:44} {duration(result['p50']):>9} {duration(result['p95']):>9}"
            f" {duration(result['cpu']):>9}"
            f" {result['queries']:>8} {target:>9}{mark} {result['note']}"
        )
        print(line.rstrip(), flush=True)
    elif "problem" in message:
        print(f"{message['problem']}", flush=True)
    elif "memory" in message:
        own = f"own {message['own']:.0f} MB, " if message["own"] else ""
        peak = f"peak with mapped files {message['memory']:.0f} MB"
        limit = MEMORY_TARGETS.get((message["scenario"], size))
        print(
            f"  memory, {message['scenario']}: {own}{peak}{f', target ≤ {limit:,} MB' if limit else ''}",
            flush=True,
        )


def duration(seconds: float) -> str:
    """Return milliseconds below a second and a half, seconds above.

    >>> duration(0.0123), duration(12.3)
    ('12 ms', '12.3 s')
    """
    return f"{seconds * 1000:.0f} ms" if seconds < 1.5 else f"{seconds:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
