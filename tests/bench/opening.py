"""How long somebody waits for the network explorer: real server, real browser, until the picture stands."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from tests.browser.chromium import find_chromium

SIZES = [300, 5_000]
TARGETS = {300: 1.5, 5_000: 3.0}
OPENINGS = 5
LONGEST_MS = 120_000
SECONDS_TO_START = 60
READY = "#network[data-ready=true]"


def measure(size: int, environment: dict[str, str], session: str) -> None:
    """Open the explorer several times and print the seconds; the first time also arranges the picture."""
    with server(environment) as address:
        times = list(openings(address, session))
    target = TARGETS.get(size)
    words = [f"{seconds:.2f} s" for seconds in times]
    first, again = words[0], ", ".join(words[1:])
    target_text = f"; target {target} s" if target else ""
    print(f"explorer, {size:,} actors: first ever {first}; again {again}{target_text}", flush=True)


@contextmanager
def server(environment: dict[str, str]) -> Iterator[str]:
    """Yield the address of a server that has answered once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += ["--blocking-threads", "4", "--log-level", "warning", "crm.wsgi:application"]
    settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    process = subprocess.Popen(command, env=environment | settings, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return when somebody answers, whatever it says."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(address, timeout=10).close()
        except HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("The server did not start.")


def openings(address: str, session: str) -> Iterator[float]:
    """Yield the seconds from asking for the page until its picture is drawn, each time in a new tab."""
    with sync_playwright() as playwright:
        options: dict[str, Any] = {"executable_path": find_chromium(), "args": ["--no-sandbox"]}
        browser = playwright.chromium.launch(**options)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        for _number in range(OPENINGS):
            page = context.new_page()
            began = time.perf_counter()
            page.goto(f"{address}/reports/explorer/", wait_until="commit")
            page.wait_for_selector(READY, state="attached", timeout=LONGEST_MS)
            yield time.perf_counter() - began
            page.close()
        browser.close()


def environment_for(url: str) -> dict[str, str]:
    """Return the environment in which database and server are run."""
    return os.environ | {"DATABASE_URL": url, "LOCAL_DEMO": "1"}
