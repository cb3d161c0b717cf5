"""The library's benchmark: every step runs with either side, is stopped at the cap, and fills its line."""

from __future__ import annotations

import pytest

from tests.bench.library.material import Material, Size
from tests.bench.library.steps import STEPS, Step
from tests.bench.library.table import Taken, line, one_side

TINY = Material(Size(actors=30, events=12, participations=90))


def nothing(material: Material):
    return lambda: None


@pytest.mark.parametrize("code", STEPS)
def test_a_step_runs_with_either_side(code: str):
    step = STEPS[code]
    assert step.ours(TINY)() is not None
    assert step.peer is None or step.peer(TINY)() is not None


def test_the_material_is_the_same_every_time():
    again = Material(TINY.size)
    assert again.participations.equals(TINY.participations)
    assert again.events.equals(TINY.events)
    assert TINY.bipartite.number_of_edges() == TINY.two_mode.matrix.nnz == len(TINY.participations)


def test_a_step_in_a_process_of_its_own_is_stopped_at_the_cap():
    done, stopped = one_side("components", "ours", 30, None), one_side("layout", "peer", 30, 0.0)
    assert (done.problem, done.seconds is not None) == ("", True)
    assert stopped == Taken()


@pytest.mark.parametrize(
    ("ours", "peer", "cells"),
    [
        (Taken(0.5, 10.0), Taken(60.0, 200.0), ["0.5", "10", "60", "200", "120×", "20.0×", "≥", "100×"]),
        (Taken(2.0, 10.0), Taken(3.0, 5.0), ["2", "10", "3", "5", "1.5×", "0.5×", "≥", "100×", "!"]),
        (Taken(0.5, 0.2), Taken(), ["0.5", "0", ">", "90", "–", ">", "180×", "–", "≥", "100×"]),
        (Taken(0.5, 0.2), None, ["0.5", "0", "–", "–", "–", "–", "≥", "100×"]),
        (Taken(problem="ended with 1"), Taken(1.0, 2.0), ["failed", "–", "1", "2", "–", "–", "≥", "100×"]),
    ],
)
def test_a_line_tells_both_sides_and_the_target(ours: Taken, peer: Taken | None, cells: list[str]):
    step = Step("step", nothing, nothing, targets={5_000: 100})
    assert line(step, 5_000, ours, peer, cap=90.0).split()[1:] == cells
