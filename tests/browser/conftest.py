"""Browser tests: the machine's own Chromium against the live server, signed in by a session cookie.

A test fails when its page wrote an error to the console, raised one, or asked for something it did not get:
with the strict content security policy that is how a forbidden script or style shows.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from django.conf import settings
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import get_resolver
from playwright.sync_api import expect

from tests.browser.chromium import find_chromium
from tests.browser.server import LiveServer as Server
from tests.browser.server import wait_for_answers
from tests.browser.tab import Tab
from tests.factories.accounts import UserFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError
    from pytest_django.live_server_helper import LiveServer

TIMEOUT = 15_000  # a machine that does other things as well is slow, not wrong
# Said on purpose: a form that was refused is answered with 422, and the browser notes that.
EXPECTED = ("the server responded with a status of 422",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, and skip it with a reason where there is no browser.

    Where a change is judged, what failed is asked once more, and the summary names it ("RERUN"): a browser on
    a crowded machine is no reason to refuse the change, but each of these names a race to be found.

    A test elsewhere that names an argument like a fixture of the browser would be ordered among the browser
    tests, and these before others that are to run first.
    """
    here = Path(__file__).parent
    missing = pytest.mark.skip(
        reason="no Chromium on this machine (Debian, Ubuntu: sudo apt install chromium)"
    )
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            if os.environ.get("CI"):
                item.add_marker(pytest.mark.flaky(reruns=1))
            if find_chromium() is None:
                item.add_marker(missing)
        elif "browser_name" in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid} names an argument like a fixture of the browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the system's Chromium, and keep it from calling anyone but the site under test."""
    arguments = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return browser_type_launch_args | {"executable_path": find_chromium(), "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Speak German, as most users do, and stand still."""
    size = {"width": 1280, "height": 720}
    return browser_context_args | {"locale": "de-DE", "reduced_motion": "reduce", "viewport": size}


@pytest.fixture(scope="session", autouse=True)
def _pages_are_loaded() -> None:
    """Load all pages, and the libraries they calculate with, before the first time-out counts."""
    expect.set_options(timeout=TIMEOUT)
    assert get_resolver().url_patterns


@pytest.fixture(scope="session")
def live_server(request: pytest.FixtureRequest) -> Iterator[LiveServer]:
    """Start the one server for all tests of a worker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LiveServerThread, "server_class", Server)
        yield request.getfixturevalue("live_server")


@pytest.fixture(autouse=True)
def _all_is_answered(transactional_db: None, live_server: LiveServer) -> Iterator[None]:
    """Leave no request behind: this ends after the pages are closed and before the database is emptied."""
    yield
    wait_for_answers(live_server.url)


@pytest.fixture(scope="session")
def tab(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Tab]:
    tab = Tab(browser, browser_context_args)
    with pytest.MonkeyPatch.context() as patch:
        tab.watch(patch)
        yield tab
        tab.close()


@pytest.fixture
def page(
    tab: Tab, live_server: LiveServer, request: pytest.FixtureRequest, _artifacts_recorder: Any
) -> Iterator[Page]:
    """Give each test a clean tab, or one of its own where it is recorded; keep a picture of what failed."""
    if {request.config.getoption(option) for option in ("--tracing", "--video")} != {"off"}:
        yield request.getfixturevalue("new_context")().new_page()
        return
    page = tab.open(live_server.url)
    yield page
    report = getattr(request.node, "rep_call", None)
    if report is None or report.failed or tab.had_problems:
        _artifacts_recorder.on_will_close_browser_context(page.context)
        tab.close()
    tab.leave(live_server.url)


@pytest.fixture
def context(page: Page) -> BrowserContext:
    """Return what the tab of this test belongs to."""
    return page.context


@pytest.fixture
def page_problems(context: BrowserContext, tab: Tab) -> Iterator[list[str]]:
    """Collect what went wrong on any page of this test; at its end there must be nothing.

    A test that provokes an error removes what it expects from the list.
    """
    problems: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(text in message.text for text in EXPECTED):
            problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def note_failed_request(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # leaving a page ends its requests
            problems.append(f"request: {request.url} {request.failure}")

    def note_error(error: WebError) -> None:
        problems.append(f"script: {error.error}")

    context.on("console", note_console)
    context.on("requestfailed", note_failed_request)
    context.on("weberror", note_error)
    yield problems
    tab.had_problems = bool(problems)
    context.remove_listener("console", note_console)
    context.remove_listener("requestfailed", note_failed_request)
    context.remove_listener("weberror", note_error)
    assert problems == []


class OpenPage(Protocol):
    """``signed_in_page("staff", "/actors/")``: a page of somebody in this role."""

    def __call__(self, role: str = "staff", path: str | None = None) -> Page: ...


@pytest.fixture
def signed_in_page(live_server: LiveServer, page: Page, page_problems: list[str]) -> OpenPage:
    """Sign somebody in by a session cookie, so that only the sign-in tests go through the form."""

    def open_page(role: str = "staff", path: str | None = None) -> Page:
        client = Client()
        client.force_login(UserFactory.create(role=role))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page.set_default_timeout(TIMEOUT)
        if path is not None:
            page.goto(live_server.url + path)
        return page

    return open_page


@pytest.fixture
def anonymous_page(live_server: LiveServer, page: Page, page_problems: list[str]) -> Page:
    """Nobody is signed in; ``page.goto(live_server.url + …)`` is up to the test."""
    page.set_default_timeout(TIMEOUT)
    return page
