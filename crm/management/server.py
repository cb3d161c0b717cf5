"""The server that people reach: its options in one place, and somebody who starts it again.

``python -m crm.management.server HOST PORT WORKERS``. It needs nothing but Python's standard library, so that
the process which only waits stays small. ``manage.py serve`` and ``make demo`` come here.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = (
    "--interface", "wsgi",
    "--blocking-threads", "4",
    # A worker that was killed is replaced, and so is one that keeps more than so many MiB.
    "--respawn-failed-workers",
    "--workers-max-rss", "600",
    "--rss-sample-interval", "30",
    "--rss-samples", "2",
    # The old worker goes only when the new one has had time to load, and ends what it is answering.
    "--respawn-interval", "10",
    "--workers-kill-timeout", "30",
    "--log-level", "error",
    "--log-config", str(ROOT / "crm" / "management" / "server_log.json"),
)  # fmt: skip
SECONDS_TO_START = 180
SECONDS_TO_END = 10
PAUSE = 0.5
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def server_command(host: str, port: int) -> list[str]:
    """Return the command that starts granian with one worker."""
    place = ["--host", host, "--port", str(port), "--workers", "1"]
    return [sys.executable, "-m", "granian", *OPTIONS, *place, "crm.wsgi:application"]


class Server:
    """One granian with one worker. Several share a port, and what ends one of them leaves the others alone.

    Granian respawns a worker that was killed, but one with several workers gives up all of them when the new
    one is killed as well within seconds.
    """

    def __init__(self, command: list[str]) -> None:
        # In a session of its own: workers that get Ctrl+C from the terminal themselves may refuse to stop.
        self.process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)

    def has_ended(self) -> bool:
        """Tell whether it ended; a worker that it left behind is ended, too."""
        if self.process.poll() is None:
            return False
        self._end_workers()
        return True

    def stop(self) -> None:
        """Ask it to end what it is answering, and then itself."""
        self.process.terminate()

    def wait(self, deadline: float) -> None:
        """Return when nothing of it is left; a worker that still loads does not listen to being asked."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0, deadline - time.monotonic()))
        self._end_workers()
        self.process.wait()

    def _end_workers(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def keep_serving(host: str, port: int, workers: int) -> int:
    """Serve until asked to stop; return 1 where the server cannot even start."""
    command = server_command(host, port)
    servers: list[Server] = []
    try:
        servers.extend(Server(command) for _ in range(workers))
        if not wait_until_one_listens(servers, host, port):
            say("The server did not start; what it said stands above.")
            return 1
        while True:
            time.sleep(PAUSE)
            replace_ended(servers, command)
    except KeyboardInterrupt:
        return 0
    finally:
        end(servers)


def replace_ended(servers: list[Server], command: list[str]) -> None:
    """Start a new server for each that ended by itself."""
    for place, server in enumerate(servers):
        if server.has_ended():
            say("A part of the server ended by itself and is started again.")
            servers[place] = Server(command)


def wait_until_one_listens(servers: list[Server], host: str, port: int) -> bool:
    """Tell whether a server takes connections before all of them ended or their time is over."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and not all(server.has_ended() for server in servers):
        try:
            with socket.create_connection((reachable(host), port), timeout=1):
                return True
        except OSError:
            time.sleep(0.2)
    return False


def reachable(host: str) -> str:
    """Return where a server that listens on ``host`` is reached from this machine."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not listened on


def end(servers: list[Server]) -> None:
    """End all servers, however often one is asked to."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    for server in servers:
        server.stop()
    deadline = time.monotonic() + SECONDS_TO_END
    for server in servers:
        server.wait(deadline)


def say(words: str) -> None:
    """Tell whoever runs the site, with the time."""
    sys.stderr.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} {words}\n")
    sys.stderr.flush()


def stop(*_: Any) -> None:
    """Stop as Ctrl+C does."""
    raise KeyboardInterrupt


def main() -> int:
    """Serve on the host and port that the command line names."""
    for each in SIGNALS:
        if signal.getsignal(each) is not signal.SIG_IGN:  # as under nohup
            signal.signal(each, stop)
    host, port, workers = sys.argv[1:]
    return keep_serving(host, int(port), int(workers))


def become_server(host: str, port: int, workers: int) -> None:
    """Replace this process by one that starts the server and waits."""
    arguments = [sys.executable, "-m", "crm.management.server", host, str(port), str(workers)]
    os.chdir(ROOT)
    os.execv(sys.executable, arguments)  # noqa: S606


if __name__ == "__main__":
    sys.exit(main())
