"""Which tests stand for a file: those that carry its name."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("core", "actors", "contacts", "events", "reports", "crm")


def mirrors_of(path: Path) -> list[Path]:
    """Return the test files that carry the module's name, else its folder's; of several those nearest to it.

    A `report.py` stands in many folders: its tests are those in the folder of the same name. A name that only
    one module has is meant by every test file that carries it, such as one that tries it through the pages.
    """
    every = sorted((ROOT / "tests").rglob("test_*.py"))
    for name in (path.stem, path.parent.name):
        named = [test for test in every if f"_{name}_" in f"{test.stem}_" or f"_{name}s_" in f"{test.stem}_"]
        if named:
            shared = [len(set(test.relative_to(ROOT).parts) & set(path.parts)) for test in named]
            meant = f"test_{name}" if _is_the_only_one(name) else None
            nearest = zip(named, shared, strict=True)
            return [
                test.relative_to(ROOT)
                for test, common in nearest
                if common == max(shared) or test.stem == meant
            ]
    return []


def _is_the_only_one(name: str) -> bool:
    return sum(1 for room in ROOMS for _module in (ROOT / room).rglob(f"{name}.py")) == 1
