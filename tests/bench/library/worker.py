"""One step of one side in a process of its own: it says when it is ready, and then what it took.

What is over in an instant runs a few times, and the middle counts.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.library.material import Material, size_of
from tests.bench.library.steps import STEPS

RUNS, ENOUGH = 5, 1.0


def say(**message: Any) -> None:
    """Tell the parent process something."""
    print(json.dumps(message), flush=True)


def memory(of: str) -> float | None:
    """Return a figure of this process in MiB (``VmRSS``: now, ``VmHWM``: at most), if the system tells."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(of)), None)


def forget_the_peak() -> None:
    """Let the peak begin anew at what is used now, where the system can."""
    door = Path("/proc/self/clear_refs")
    if door.exists():
        door.write_text("5", encoding="ascii")


def main(code: str, side: str, actors: int) -> None:
    """Prepare, announce it, measure, and tell seconds and the memory of graph and step together."""
    step = STEPS[code]
    prepare = step.ours if side == "ours" else step.peer
    assert prepare is not None
    material = Material(size_of(actors))
    assert len(material.participations)  # the table that both sides begin with
    before = memory("VmRSS")
    call = prepare(material)
    gc.collect()
    forget_the_peak()
    say(ready=True)
    times = []
    while len(times) < RUNS and sum(times) < ENOUGH:
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    peak = memory("VmHWM")
    say(seconds=median(times), added=None if peak is None or before is None else max(peak - before, 0.0))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
