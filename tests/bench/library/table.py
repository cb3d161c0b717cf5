"""Run every step with either side, and print seconds, memory and ratios line by line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from tests.bench.library.material import Material, size_of
from tests.bench.library.steps import STEPS, Step

CAP = 120.0
HEAD = (
    f"{'':36} {'seconds':>8} {'+MB':>6} {'networkx':>9} {'+MB':>6} {'faster':>9} {'smaller':>9} {'target':>8}"
)


@dataclass(frozen=True)
class Taken:
    """What one side took: seconds (None where it was stopped or failed), MiB of its graph and its work."""

    seconds: float | None = None
    added: float | None = None
    problem: str = ""


def measure(sizes: Iterable[int], *, cap: float = CAP, only: Iterable[str] | None = None) -> None:
    """Print one table for each size."""
    for actors in sizes:
        material = Material(size_of(actors))
        size = f"{material.size.events:,} events, {len(material.participations):,} participations"
        ties = f"{material.projection.tie_count:,} ties"
        print(f"\nreports.analysis, {actors:,} actors, {size}, {ties}\n{HEAD}", flush=True)
        del material
        for code in only or STEPS:
            if actors <= STEPS[code].largest:
                print(line(STEPS[code], actors, *run(code, actors, cap), cap=cap), flush=True)


def run(code: str, actors: int, cap: float) -> tuple[Taken, Taken | None]:
    """Measure both sides of a step, one after the other."""
    asks_peer = STEPS[code].peer is not None and actors <= STEPS[code].peer_largest
    return one_side(code, "ours", actors, None), one_side(code, "peer", actors, cap) if asks_peer else None


def one_side(code: str, side: str, actors: int, cap: float | None) -> Taken:
    """Measure one side in a process of its own, which the system stops at the cap."""
    command = [sys.executable, "-m", "tests.bench.library.worker", code, side, str(actors)]
    # One string hash for all, for networkx walks through sets; one thread, for only work is counted.
    environment = os.environ | {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, *([] if cap is None else [str(cap)])],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return Taken(**json.loads(done.stdout))
    return Taken(problem="" if done.returncode == -signal.SIGXCPU else f"ended with {done.returncode}")


def line(step: Step, actors: int, ours: Taken, peer: Taken | None, *, cap: float) -> str:
    """Return one line of the table."""
    target = step.targets.get(actors)
    ratio = _ratio(ours, peer, cap)
    # How much faster we are than what was stopped nobody knows.
    is_known = peer is not None and peer.seconds is not None
    missed = target is not None and ratio is not None and is_known and ratio < target
    cells = [
        f"{step.name:36}",
        f"{_seconds(ours, cap):>8}",
        f"{_megabytes(ours):>6}",
        f"{_seconds(peer, cap) if peer else '–':>9}",
        f"{_megabytes(peer) if peer else '–':>6}",
        f"{_times(ratio, peer):>9}",
        f"{_smaller(ours, peer):>9}",
        f"{f'≥ {target:.0f}×' if target else '':>8}{' !' if missed else ''}",
        step.note,
    ]
    return " ".join(cells).rstrip()


def _ratio(ours: Taken, peer: Taken | None, cap: float) -> float | None:
    if peer is None or peer.problem or not ours.seconds:
        return None
    return (peer.seconds or cap) / ours.seconds


def _seconds(taken: Taken, cap: float) -> str:
    if taken.problem:
        return "failed"
    return f"> {cap:.0f}" if taken.seconds is None else f"{taken.seconds:.3g}"


def _megabytes(taken: Taken) -> str:
    return "–" if taken.added is None else f"{taken.added:,.0f}"


def _times(ratio: float | None, peer: Taken | None) -> str:
    if ratio is None or peer is None:
        return "–"
    return f"{'> ' if peer.seconds is None else ''}{ratio:,.{0 if ratio >= 10 else 1}f}×"


def _smaller(ours: Taken, peer: Taken | None) -> str:
    """Return how many times as much memory networkx needed; below 1 MiB nothing can be told."""
    if peer is None or peer.added is None or ours.added is None or max(ours.added, peer.added) < 1:
        return "–"
    return f"{'> ' if ours.added < 1 else ''}{peer.added / max(ours.added, 1.0):,.1f}×"
