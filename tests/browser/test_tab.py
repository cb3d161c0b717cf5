"""A tab that one test leaves is as good as new for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage
    from tests.browser.tab import Tab

pytestmark = pytest.mark.django_db(transaction=True)
STATE = """() => [
    localStorage.getItem("left"), sessionStorage.getItem("left"), history.length, innerWidth,
    matchMedia("(prefers-color-scheme: dark)").matches, matchMedia("(prefers-reduced-motion: reduce)").matches
]"""


@pytest.mark.parametrize("_time", [1, 2])
def test_nothing_of_the_test_before_is_left(signed_in_page: OpenPage, page: Page, _time: int) -> None:
    """Whichever of the two comes second would find what the other left."""
    assert page.context.cookies() == []
    signed_in_page(path="/actors/")
    assert page.evaluate(STATE) == [None, None, 2, 1280, False, True]
    page.evaluate("localStorage.setItem('left', '1'); sessionStorage.setItem('left', '1')")
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark", reduced_motion="no-preference")


def test_what_lasts_spoils_a_tab(page: Page, tab: Tab) -> None:
    assert not tab.is_spoiled
    page.add_init_script("window.left = 1")
    assert tab.is_spoiled
