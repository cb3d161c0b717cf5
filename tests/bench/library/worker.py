"""One step of one side in a process of its own, which tells what it took.

Seconds are those that the processor worked for it, so that what else the machine does counts little. What is
over in an instant runs a few times, and the middle counts.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from pathlib import Path
from statistics import median

from tests.bench.library.material import Material, size_of
from tests.bench.library.steps import STEPS

RUNS, ENOUGH = 5, 1.0


def stop_after(seconds: float) -> None:
    """Have the system end this process when it has worked so long from now on."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (max(int(time.process_time() + seconds), 1), hard))


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


def main(code: str, side: str, actors: int, cap: float | None) -> None:
    """Prepare, measure, and tell seconds of work and the memory of graph and step together."""
    step = STEPS[code]
    prepare = step.ours if side == "ours" else step.peer
    assert prepare is not None
    material = Material(size_of(actors))
    assert len(material.participations)  # the table that both sides begin with
    before = memory("VmRSS")
    call = prepare(material)
    gc.collect()
    forget_the_peak()
    if cap is not None:
        stop_after(cap)
    times = []
    while len(times) < RUNS and sum(times) < ENOUGH:
        began = time.process_time()
        call()
        times.append(time.process_time() - began)
    peak = memory("VmHWM")
    added = None if peak is None or before is None else max(peak - before, 0.0)
    print(json.dumps({"seconds": median(times), "added": added}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]) if len(sys.argv) > 4 else None)
