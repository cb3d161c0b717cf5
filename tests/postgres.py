"""A PostgreSQL server for one command: ``python -m tests.postgres -- python -m pytest``.

The server is made from the machine's own programs in a temporary folder, listens on a socket in that folder
and nowhere else, runs as an unprivileged user, and is gone afterwards whatever happens.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER_SETTINGS = {
    "listen_addresses": "",
    "timezone": "UTC",
    "max_connections": "100",
    # Nothing here has to survive a crash.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
MISSING = "No PostgreSQL server was found on this machine (Debian, Ubuntu: sudo apt install postgresql)."


def find_programs() -> Path | None:
    """Return the folder of initdb and pg_ctl: on the PATH, by pg_config, or Debian's place, newest first."""
    candidates = [Path(program).parent for program in [shutil.which("initdb")] if program]
    if pg_config := shutil.which("pg_config"):
        said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False).stdout
        candidates.append(Path(said.strip()))
    debian = Path("/usr/lib/postgresql")
    versions = sorted(
        (path for path in debian.glob("*") if path.name.isdigit()), key=lambda path: -int(path.name)
    )
    candidates.extend(version / "bin" for version in versions)
    return next(
        (folder for folder in candidates if (folder / "initdb").exists() and (folder / "pg_ctl").exists()),
        None,
    )


def unprivileged_user() -> str | None:
    """Return whom to run the server as: PostgreSQL refuses root. None stands for oneself."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def run(command: list[str | Path], user: str | None) -> None:
    """Run one of PostgreSQL's programs as this user; show what it said when it fails."""
    result = subprocess.run(
        command, user=user, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {result.stdout}{result.stderr}")


@contextmanager
def temporary_server() -> Iterator[str]:
    """Yield the address of a new, empty database, as DATABASE_URL takes it."""
    programs = find_programs()
    if programs is None:
        raise RuntimeError(MISSING)
    user = unprivileged_user()
    # A short path: a socket's name may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        data, log = folder / "data", folder / "log"
        initdb: list[str | Path] = [
            "--pgdata",
            data,
            "--username=test",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        run([programs / "initdb", *initdb], user)
        options = " ".join(f"-c {name}='{value}'" for name, value in SERVER_SETTINGS.items())
        start: list[str | Path] = ["--pgdata", data, "--log", log, "--wait", "-o", f"-k {folder} {options}"]
        run([programs / "pg_ctl", "start", *start], user)
        try:
            yield f"postgresql://test@{quote(str(folder), safe='')}/postgres"
        finally:
            run([programs / "pg_ctl", "stop", "--pgdata", data, "--mode=immediate", "--wait"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run the command with DATABASE_URL set; pass its exit code on."""
    if not command:
        print("usage: python -m tests.postgres -- COMMAND ...", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server stops then, too
    try:
        with temporary_server() as url:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode
    except RuntimeError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]))
