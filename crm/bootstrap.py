"""Set up all that the Makefile's commands need, and start the demo.

It runs before anything is installed and hence needs only Python's standard library.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"  # gone with the environment they were made with
BUILD = ROOT / "build"
DEMO_DATABASE = BUILD / "demo.sqlite3"
OLDEST_NODE = 20
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEMO_STEPS = 6
LAST_PORT = 65535


class SetUpError(Exception):
    """Something is missing; the message tells a person what to do."""


class Steps:
    """Says what is being done, and how long it took."""

    def __init__(self, total: int, *, number: int = 0) -> None:
        self.total, self.number, self.began = total, number, 0.0

    def start(self, what: str) -> None:
        """Announce the next step."""
        self.number += 1
        self.began = time.monotonic()
        print(f"{self.number}/{self.total}  {what} ... ", end="", flush=True)

    def done(self, how: str = "done") -> None:
        """Close the line of the current step."""
        print(f"{how} ({time.monotonic() - self.began:.0f} s)", flush=True)


def run_quietly(command: list[str | Path], *, failed: str, env: dict[str, str] | None = None) -> None:
    """Run a command without a word; when it fails, say ``failed`` and what the command said last."""
    result = subprocess.run(
        command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode:
        last_words = "\n".join(f"    {line}" for line in result.stdout.strip().splitlines()[-25:])
        raise SetUpError(f"{failed}\n\n  {Path(command[0]).name} said:\n{last_words}")


def succeeds(*command: str | Path) -> bool:
    """Tell whether a program works."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def digest_of(*files: Path) -> str:
    """Return one digest for the content of all these files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_done(name: str, digest: str, *results: Path) -> bool:
    """Tell whether this was done before with the same sources, and its results are still there."""
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == digest and all(path.exists() for path in results)


def mark_done(name: str, digest: str) -> None:
    """Remember that this need not be done again while its sources stay the same."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(digest)


def ensure_environment() -> None:
    """Make .venv with this Python, unless it is there."""
    version = "{}.{}".format(*sys.version_info)
    own = VENV / "bin" / f"python{version}"
    if own.exists() and succeeds(own, "-m", "pip", "--version"):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    run_quietly(
        [sys.executable, "-m", "venv", VENV],
        failed=f"Python {version} cannot make a virtual environment, because its venv module is incomplete."
        f" Debian, Ubuntu: sudo apt install python{version}-venv",
    )


def install_requirements(name: str) -> None:
    """Install what the requirements file locks, hash by hash."""
    file = ROOT / f"{name}.txt"
    digest = digest_of(file)
    if not is_done(name, digest):
        run_quietly(
            [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2",
             "--require-hashes", "-r", file],
            failed=f"The Python packages of {file.name} could not be installed. Is this machine online?",
        )  # fmt: skip
        mark_done(name, digest)


def node_version() -> int:
    """Return the major version of the machine's Node, 0 where there is none that works together with npm."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return 0
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    number = said.strip().lstrip("v").split(".")[0]
    return int(number) if number.isdigit() else 0


def build_front_end() -> None:
    """Install the packages of the front end and build it, with the machine's Node or else one from PyPI."""
    env = dict(os.environ)
    if node_version() < OLDEST_NODE:
        install_requirements("requirements-node")
        env["PATH"] = f"{VENV / 'bin'}{os.pathsep}{env['PATH']}"
    packages = digest_of(ROOT / "package.json", ROOT / "package-lock.json")
    if not is_done("node_modules", packages, ROOT / "node_modules"):
        failed = "The packages of the front end could not be installed. Is this machine online?"
        run_quietly(["npm", "ci", "--no-audit", "--no-fund", "--fetch-retries", "2"], failed=failed, env=env)
        mark_done("node_modules", packages)
    # Always, because it takes a second and depends on more than its own folder.
    run_quietly(["npm", "run", "build"], failed="The front end could not be built.", env=env)


def prepare(steps: Steps, *requirements: str) -> None:
    """Do the three steps that every command begins with."""
    steps.start("Python packages into .venv")
    ensure_environment()
    for name in requirements:
        install_requirements(name)
    steps.done()
    steps.start("Front end")
    build_front_end()
    steps.done()
    steps.start("German texts")
    compile_catalogue: list[str | Path] = [PYTHON, ROOT / "manage.py", "catalogue", "compile"]
    run_quietly(compile_catalogue, failed="The German texts could not be compiled.", env=demo_environment())
    steps.done()


def demo_environment() -> dict[str, str]:
    """Return the environment of the demo: always a database of its own, never the one that you work with."""
    return {
        **os.environ,
        "LOCAL_DEMO": "1",
        "OFFICE_NAME": "Westhagen",
        "DATABASE_URL": f"sqlite:///{urllib.parse.quote(str(DEMO_DATABASE))}",
        "MEDIA_ROOT": str(BUILD / "demo-media"),
    }


def demo() -> None:
    """From a bare checkout to the running site with demo data."""
    port = port_of(os.environ.get("PORT", ""))
    ensure_port_is_free(port)
    prepare(Steps(DEMO_STEPS), "requirements")
    BUILD.mkdir(exist_ok=True)
    os.chdir(ROOT)
    arguments = [str(PYTHON), "manage.py", "run_demo", "--port", str(port)]
    os.execve(PYTHON, arguments, demo_environment())  # noqa: S606


def port_of(text: str) -> int:
    """Return the port that PORT names, 8000 where it is blank."""
    number = text.strip() or "8000"
    if not re.fullmatch("[0-9]{1,5}", number) or not 1 <= int(number) <= LAST_PORT:
        raise SetUpError(f"PORT has to be a number from 1 to {LAST_PORT}: PORT=8080 make demo")
    return int(number)


def ensure_port_is_free(port: int, host: str = "127.0.0.1") -> None:
    """Find out before the long work whether the site can listen here at all."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SetUpError(
                f"Port {port} cannot be used ({error.strerror}). Stop the program that listens there,"
                f" or choose another port: PORT={port + 80 if port + 80 <= LAST_PORT else 8080} make demo"
            ) from None


def tests() -> None:
    """Make everything ready that tests and checks need."""
    steps = Steps(4)
    prepare(steps, "requirements-dev")
    steps.start("Browser")
    steps.done(ensure_browser())


def ensure_browser() -> str:
    """Return which browser the tests will use; install one where that needs no question to anyone."""
    if not any(map(shutil.which, BROWSERS)) and os.geteuid() == 0 and shutil.which("apt-get"):
        failed = "Chromium could not be installed. Is this machine online?"
        run_quietly(["apt-get", "update"], failed=failed)
        run_quietly(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"], failed=failed)
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    return browser or "none, so browser tests will be skipped (Debian, Ubuntu: sudo apt install chromium)"


def main() -> int:
    """Prepare for ``demo`` or ``tests``; turn what is missing into one plain sentence."""
    try:
        {"demo": demo, "tests": tests}[sys.argv[1]]()
    except SetUpError as problem:
        print(f"\n\n{problem}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
