"""Mutants are faults: none means the same as the source, and the seed decides which are drawn."""

import runpy
import subprocess
from pathlib import Path
from textwrap import dedent

from tests import mutants

SOURCE = dedent('''
    """Module."""
    from __future__ import annotations
    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from a import b

    def older(one: int | None, other: int) -> bool | None:
        """Tell 1 + 1."""
        limit: int | float = 3
        return one > other + limit
''').lstrip()


def test_each_mutant_is_another_fault_and_tells_its_place():
    faults = mutants.draw_mutants(SOURCE, most=500, seed=1)
    assert {mutant.line for mutant in faults} == {10, 11}
    assert (
        len({mutants.meaning(mutant.code) for mutant in faults} | {mutants.meaning(SOURCE)})
        == len(faults) + 1
    )
    assert "- return one > other + limit   + return one >= other + limit" in {m.change for m in faults}


def test_the_seed_decides_which_are_drawn():
    first, again, other = (mutants.draw_mutants(SOURCE, most=5, seed=seed) for seed in (1, 1, 2))
    assert (len(first), first == again, first == other) == (5, True, False)


def test_of_a_module_what_is_killed_and_what_survives_is_told(tmp_path, monkeypatch, capsys):
    path = Path("older.py")
    source = "def is_old(age):\n    return age > 3\n"
    (tmp_path / path).write_text(source, encoding="utf-8")
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)

    def try_out(folder, tests, limit=None):
        is_old = runpy.run_path(str(folder / path))["is_old"]
        return mutants.PASSED if is_old(9) and not is_old(3) else mutants.FAILED

    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    monkeypatch.setattr(mutants, "outcome", try_out)
    drawn = [m for m in mutants.draw_mutants(source, most=99, seed=1) if m.change.endswith((">= 3", "> 4"))]
    left = mutants.survivors(path, drawn, [])
    assert (len(drawn), [mutant.change for mutant in left]) == (2, ["- return age > 3   + return age > 4"])
    assert capsys.readouterr().out == "older.py:2  - return age > 3   + return age > 4\n"
    assert (tmp_path / path).read_text(encoding="utf-8") == source
