"""What ends a browser test waits for the last request."""

from __future__ import annotations

import threading
from http.client import HTTPConnection
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from tests.browser.server import wait_for_answers

PATIENCE = 20


def leave_a_request_behind(port: int, began: threading.Event):
    page = HTTPConnection("localhost", port)
    page.request("GET", "/")
    assert began.wait(PATIENCE)
    page.close()


def test_a_request_of_a_page_that_was_closed_is_waited_for():
    began, asked, may_end = threading.Event(), threading.Event(), threading.Event()
    order: list[str] = []

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["REQUEST_METHOD"] == "GET":
            began.set()
            may_end.wait(PATIENCE)
            order.append("answered")
        asked.set()
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    def wait() -> None:
        wait_for_answers(f"http://localhost:{server.server_port}")
        order.append("waited")

    with ThreadedWSGIServer(("localhost", 0), WSGIRequestHandler) as server:
        server.set_app(answer)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        leave_a_request_behind(server.server_port, began)
        waiter = threading.Thread(target=wait)
        waiter.start()
        assert asked.wait(PATIENCE)
        may_end.set()
        waiter.join(PATIENCE)
        server.shutdown()

    assert order == ["answered", "waited"]
