"""Which tests stand for a file: those that carry its name."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def mirrors_of(path: Path) -> list[Path]:
    """Return the test files that carry the module's name, else its folder's; of several those nearest to it.

    A `report.py` stands in many folders: its tests are those in the folder of the same name.
    """
    every = sorted((ROOT / "tests").rglob("test_*.py"))
    for name in (path.stem, path.parent.name):
        named = [test for test in every if f"_{name}_" in f"{test.stem}_" or f"_{name}s_" in f"{test.stem}_"]
        if named:
            shared = [len(set(test.relative_to(ROOT).parts) & set(path.parts)) for test in named]
            nearest = zip(named, shared, strict=True)
            return [test.relative_to(ROOT) for test, common in nearest if common == max(shared)]
    return []
