"""Try ``make demo`` as a newcomer does: ``python3 -m tests.clean_copy`` in a fresh clone.

Runs before anything is installed, hence on Python's standard library alone. The site has to answer with its
sign-in page, let the printed user in, leave its reports and survive its workers, twice; a taken port has to
be named.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "build" / "reports"
RUNNING = "The site is running:"
LIMIT = 600


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_demo(port: int, log: IO[str]) -> subprocess.Popen[str]:
    """Start ``make demo > log`` in a group of its own, so that all of it can be stopped."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.Popen(
        ["make", "demo"],
        cwd=ROOT,
        env=environment | {"PORT": str(port)},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def follow(log: Path, process: subprocess.Popen[str]) -> str:
    """Show what is written to the log until the site runs; return all of it."""
    said = ""
    while RUNNING not in said:
        if process.poll() is not None:
            sys.exit(f"make demo ended before the site ran:\n{log.read_text()}")
        time.sleep(0.2)
        printed = log.read_text()[len(said) :]
        print(printed, end="", flush=True)
        said += printed
    return said


@contextmanager
def running_demo(port: int) -> Iterator[str]:
    """Yield what the command said until the site ran; stop it afterwards as Ctrl+C does."""
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w") as log:
        process = make_demo(port, log)
        watchdog = threading.Timer(LIMIT, os.killpg, (process.pid, signal.SIGKILL))
        watchdog.start()
        try:
            yield follow(Path(log.name), process)
        finally:
            watchdog.cancel()
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=30)


def sign_in(port: int, output: str) -> None:
    """Sign in with the printed name and password, and expect the start page."""
    login = re.search(r"password for all:\s+(?P<password>\S+)\s+(?P<name>\S+)", output)
    assert login, "make demo printed no login"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    with browser.open(f"http://127.0.0.1:{port}/") as page:
        address, html = page.url, page.read().decode()
    assert 'type="password"' in html, f"{address} is no sign-in page"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "login": login["name"], "password": login["password"]}
    request = urllib.request.Request(address, urllib.parse.urlencode(form).encode(), {"Referer": address})
    with browser.open(request) as page:
        html = page.read().decode()
    assert 'type="password"' not in html, "the printed login does not work"


def check_reports(output: str) -> None:
    """Expect two reports and a workbook, named in the output."""
    files = sorted(REPORTS.iterdir())
    unnamed = [file.name for file in files if file.name not in output]
    empty = [file.name for file in files if file.stat().st_size < 1000]
    assert len(files) >= 3, f"expected two reports and a workbook, found {files}"
    assert not unnamed, f"not named: {unnamed}"
    assert not empty, f"as good as empty: {empty}"


def check_killed_workers(port: int) -> None:
    """Kill the site's workers one after the other; expect the sign-in page each time."""
    for worker in workers_on(port):
        os.kill(worker, signal.SIGKILL)
        deadline = time.monotonic() + LIMIT
        while not answers(port):
            assert time.monotonic() < deadline, "the site did not survive its workers"


def workers_on(port: int) -> list[int]:
    """Return the processes that answer on this port."""
    said = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=False).stdout
    rows = [line.split(maxsplit=2) for line in said.splitlines() if "granian" in line]
    servers = {pid for pid, _parent, command in rows if f"--port {port} " in f"{command} "}
    return [int(pid) for pid, parent, _command in rows if parent in servers]


def answers(port: int) -> bool:
    """Tell whether the site gives a page; the connection of a killed worker is lost with it."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def check_taken_port() -> None:
    """Expect a plain sentence, at once, when somebody else listens on the port."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with tempfile.TemporaryFile("w+") as log:
            process = make_demo(port, log)
            process.wait(timeout=30)
            log.seek(0)
            output = log.read()
    assert process.returncode != 0
    assert f"Port {port} cannot be used" in output, output


def main() -> None:
    """Try a first run, a second one and a taken port; what is said goes to a file, as people do it."""
    # Started in the background, a process ignores Ctrl+C and hands that on to what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("first", "second"):
        began = time.monotonic()
        port = free_port()
        with running_demo(port) as output:
            print(f"{name} run: the site ran after {time.monotonic() - began:.0f} s", flush=True)
            sign_in(port, output)
            check_reports(output)
            check_killed_workers(port)
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0, "the server still runs after Ctrl+C"
    check_taken_port()
    print("make demo works: sign-in, reports, killed workers, second run, taken port.")


if __name__ == "__main__":
    main()
