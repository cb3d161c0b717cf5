"""The tests that stand for a change, without a browser: ``python -m tests.quick [REVISION]``.

What differs from the revision (else what is not committed yet, else the last commit) decides: changed tests,
and those that carry the name of a changed file. The house rules come along. What no name leads to is said.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tests.mirrors import ROOT, mirrors_of

ALWAYS = [Path("tests/test_house_rules.py")]
CODE = {".py", ".html", ".txt", ".xml"}
SCRIPTS = {".js", ".mjs", ".css"}


def changed_files(revision: str | None) -> list[Path]:
    """Return what was changed against a revision and is still there, and what git does not know yet."""
    against = [revision] if revision else ["HEAD"]
    names = _git("diff", "--name-only", "--diff-filter=d", *against)
    names += _git("ls-files", "--others", "--exclude-standard")
    if not names and not revision:
        names = _git("diff", "--name-only", "--diff-filter=d", "HEAD~1")
    return sorted({Path(name) for name in names})


def _git(*arguments: str) -> list[str]:
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()


def chosen(changed: list[Path]) -> tuple[list[Path], list[Path]]:
    """Return the tests that stand for the files, and the files that no test is named after."""
    tests, nameless = set(ALWAYS), []
    for path in changed:
        named = _tests_for(path)
        tests.update(named)
        if not named and path.suffix in CODE | SCRIPTS:
            nameless.append(path)
    return sorted(test for test in tests if "browser" not in test.parts), nameless


def _tests_for(path: Path) -> list[Path]:
    if path.suffix in SCRIPTS:
        return [Path("tests/test_frontend.py")]
    if path.suffix not in CODE:
        return []
    if path.name.startswith("test_"):
        return [path]
    return mirrors_of(path)


def main() -> int:
    """Say what is run and for which files nothing is, then run it."""
    parser = argparse.ArgumentParser(prog="make test-quick ARGS=", description=__doc__)
    parser.add_argument("revision", nargs="?", help="compare with this one, for example main")
    tests, nameless = chosen(changed_files(parser.parse_args().revision))
    for path in nameless:
        print(f"No test is named after {path}: make test runs all.")
    command = [sys.executable, "-m", "pytest", "-q", "--numprocesses", "auto", "--maxprocesses", "4"]
    return subprocess.run([*command, *map(str, tests)], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
