"""Every check that is not a test: ``python -m tests.checks`` runs all of them and tells which failed."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

DEVELOPMENT = {"LOCAL_DEMO": "1", "DATABASE_URL": "sqlite:///:memory:"}
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "stadtteilnetz.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
}


class Check(NamedTuple):
    """One command, what it assures, and the settings it needs."""

    name: str
    arguments: list[str]
    settings: dict[str, str] = DEVELOPMENT


CHECKS = [
    Check("types", ["-m", "mypy"]),
    Check("style", ["-m", "ruff", "check", "--output-format", "concise", "."]),
    Check("format", ["-m", "ruff", "format", "--check", "."]),
    Check("who may import whom", ["-c", "from importlinter.cli import lint_imports_command as run; run()"]),
    Check("migrations match the models", ["manage.py", "makemigrations", "--check", "--dry-run"]),
    Check("every text is translated", ["manage.py", "catalogue", "check"]),
    Check("API schema", ["manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", os.devnull]),
    Check(
        "settings for production", ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION
    ),
]


def run(check: Check) -> tuple[Check, bool, str, float]:
    """Run one check; return whether it passed, what it said and how long it took."""
    began = time.monotonic()
    environment = {name: value for name, value in os.environ.items() if name not in {"DEBUG", "LOCAL_DEMO"}}
    result = subprocess.run(
        [sys.executable, *check.arguments],
        env=environment | check.settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return check, result.returncode == 0, result.stdout.strip(), time.monotonic() - began


def main() -> int:
    """Run all checks, two at a time; print what the failed ones said."""
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for check, passed, said, seconds in pool.map(run, CHECKS):
            print(f"{'ok    ' if passed else 'FAILED'}  {check.name} ({seconds:.0f} s)", flush=True)
            if not passed:
                failed.append(check.name)
                print("\n".join(f"        {line}" for line in said.splitlines()), flush=True)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
