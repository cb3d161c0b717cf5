"""Every check that is not a test: ``python -m tests.checks`` runs all of them and tells which failed.

``python -m tests.checks style texts`` runs only these.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

DEVELOPMENT = {"LOCAL_DEMO": "1", "DATABASE_URL": "sqlite:///:memory:"}
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "stadtteilnetz.example.org",
    "OFFICE_NAME": "Musterviertel",
    "DATABASE_URL": "sqlite:///:memory:",
}
PYTHON = sys.executable
# A program of node_modules: it finds Node beside Python where the machine has none.
BIOME = "node_modules/.bin/biome"
PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), str(Path(PYTHON).parent)))


class Check(NamedTuple):
    """One command, what it is called and what it assures, and the settings it needs."""

    word: str
    name: str
    arguments: list[str]
    settings: dict[str, str] = DEVELOPMENT
    program: str = PYTHON


CHECKS = [
    Check("types", "types", ["-m", "mypy"]),
    Check("style", "style", ["-m", "ruff", "check", "--output-format", "concise", "."]),
    Check("format", "format", ["-m", "ruff", "format", "--check", "."]),
    Check(
        "scripts",
        "style and format of the scripts",
        ["ci", "--error-on-warnings", "--colors=off"],
        program=BIOME,
    ),
    Check(
        "imports",
        "who may import whom",
        ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    ),
    Check(
        "migrations", "migrations match the models", ["manage.py", "makemigrations", "--check", "--dry-run"]
    ),
    Check("texts", "every text is translated", ["manage.py", "catalogue", "check"]),
    Check(
        "schema",
        "API schema",
        ["manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", os.devnull],
    ),
    Check(
        "settings",
        "settings for production",
        ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        PRODUCTION,
    ),
]


def run(check: Check) -> tuple[Check, bool, str, float]:
    """Run one check; return whether it passed, what it said and how long it took."""
    began = time.monotonic()
    environment = {name: value for name, value in os.environ.items() if name not in {"DEBUG", "LOCAL_DEMO"}}
    result = subprocess.run(
        [check.program, *check.arguments],
        env=environment | check.settings | {"PATH": PATH},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return check, result.returncode == 0, result.stdout.strip(), time.monotonic() - began


def main() -> int:
    """Run the checks that are named, or all, two at a time; print what the failed ones said."""
    words = [check.word for check in CHECKS]
    parser = argparse.ArgumentParser(prog="python -m tests.checks", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="CHECK", help=", ".join(words))
    chosen = parser.parse_args().words or words
    if unknown := [word for word in chosen if word not in words]:
        parser.error(f"{', '.join(unknown)}: there are only {', '.join(words)}.")
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for check, passed, said, seconds in pool.map(run, [each for each in CHECKS if each.word in chosen]):
            print(f"{'ok    ' if passed else 'FAILED'}  {check.name} ({seconds:.0f} s)", flush=True)
            if not passed:
                failed.append(check.name)
                print("\n".join(f"        {line}" for line in said.splitlines()), flush=True)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
