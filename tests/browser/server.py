"""The end of a browser test: whatever its pages still asked for is answered before the database is emptied.

A page that was left leaves its last requests running in threads of the live server. Left alone they would
find the database empty, hold up the emptying, or draw a page while the next test looks at what was drawn.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from http.client import HTTPConnection
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.core.servers.basehttp import ThreadedWSGIServer

LONGEST = 20.0
ANSWERING = "(process_request_thread)"  # Python names a thread after the function that it runs


class LiveServer(ThreadedWSGIServer):
    """Knows its open connections: a browser that is used again keeps them for further requests."""

    connections: ClassVar[set[socket.socket]] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)


def wait_for_answers(url: str) -> None:
    """Return when the server at this address, which runs in this process, answers nobody any more.

    Connections are taken in the order in which they came: when a request of our own is answered, every one
    before it has its thread.
    """
    connection = HTTPConnection(urlsplit(url).netloc, timeout=LONGEST)
    connection.request("HEAD", "/static/icon.svg")
    connection.getresponse().read()
    connection.close()
    # Who is being answered still is, but nobody is asked for a further request.
    for waiting in list(LiveServer.connections):
        with suppress(OSError):
            waiting.shutdown(socket.SHUT_RD)
    for thread in [thread for thread in threading.enumerate() if thread.name.endswith(ANSWERING)]:
        thread.join(LONGEST)
        assert not thread.is_alive(), f"The server was still answering after {LONGEST:.0f} seconds."
