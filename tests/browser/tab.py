"""One tab for the tests of a worker, clean again after each.

A new one costs a new process of the browser that reads and translates every script anew: more than most
tests. What cannot be taken back spoils a tab, and the next test gets another.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from playwright.sync_api import BrowserContext, Page

if TYPE_CHECKING:
    import pytest
    from playwright.sync_api import Browser

LASTING: list[tuple[type[Any], str]] = [
    *((BrowserContext, name) for name in ("new_page", "set_geolocation", "set_offline", "grant_permissions")),
    *((Page, name) for name in ("close", "on", "once", "add_locator_handler")),
    *(
        (kind, name)
        for kind in (BrowserContext, Page)
        for name in (
            "add_init_script",
            "expose_binding",
            "expose_function",
            "route",
            "route_from_har",
            "route_web_socket",
            "set_extra_http_headers",
        )
    ),
]
QUIET_PAGE = "/static/theme.js"  # shown as text, in a document like others


class Tab:
    """The tab that is open, if there is one, and whether the next test may have it."""

    def __init__(self, browser: Browser, options: dict[str, Any]) -> None:
        self._browser, self._options = browser, options
        self._page: Page | None = None
        self.is_spoiled = self.had_problems = False

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Notice whatever a test does to a tab that would last."""
        for kind, name in LASTING:
            patch.setattr(kind, name, self._spoiling(getattr(kind, name)))
        # The clock of a page stays where it was put.
        for kind in (BrowserContext, Page):
            patch.setattr(kind, "clock", property(self._spoiling(kind.clock.fget)))

    def _spoiling(self, method: Any) -> Any:
        @wraps(method)
        def spoil(*args: Any, **kwargs: Any) -> Any:
            self.is_spoiled = True
            return method(*args, **kwargs)

        return spoil

    def open(self, site: str) -> Page:
        """Return the page, in a new context if there is none that is clean."""
        if self._page is None:
            self._page = self._browser.new_context(**self._options).new_page()
        else:
            self._forget(self._page, site)
        self.is_spoiled = self.had_problems = False
        return self._page

    def close(self) -> None:
        """Close the context with everything in it."""
        if self._page is not None:
            self._page.context.close()
        self._page = None

    def leave(self, site: str) -> None:
        """Leave the page, so that it asks for nothing more; close what cannot be used again."""
        if self._page is None or self.is_spoiled or self._page.context.service_workers:
            self.close()
        else:
            self._page.goto(site + QUIET_PAGE)

    def _forget(self, page: Page, site: str) -> None:
        """Undo what was kept and set, when the last answer to the test before has come."""
        page.context.clear_cookies()
        protocol = page.context.new_cdp_session(page)
        protocol.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
        protocol.send("Page.resetNavigationHistory")
        protocol.detach()
        page.evaluate("sessionStorage.clear()")
        page.mouse.move(0, 0)
        still = self._options["reduced_motion"]
        page.emulate_media(media="screen", color_scheme="light", reduced_motion=still, forced_colors="none")
        if page.viewport_size != self._options["viewport"]:
            page.set_viewport_size(self._options["viewport"])
