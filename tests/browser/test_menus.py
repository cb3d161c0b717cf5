"""Menus: on every page and every screen they open inside the window, and their entries look like entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorGroupFactory
from tests.factories.contacts import ConcernFactory, ContactFactory, FollowUpFactory
from tests.factories.events import EventFactory, EventSeriesFactory, MeasureFactory, ParticipationFactory

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = ((390, 844), (320, 568))
MENUS = "details.menu:has(> summary:visible)"
LONG = "Planungswerkstatt zur Zukunft des Quartiersplatzes mit allen Nachbarschaftsinitiativen"
OPEN_PANEL = "details.menu[open] > .menu-panel"
# What a menu may hold beside its entries: the parts of a small form, and help.
PLAIN_ENTRIES = f":is({OPEN_PANEL}) :is(a, button):not(.menu-item, .btn)"


def every_kind_of_page() -> list[str]:
    """Return the addresses of one page of each kind, with something in every menu."""
    UserFactory.create(role="staff", first_name="Kim", last_name="Kollegin")
    actor = ActorFactory.create(name="Abendschule Spätschicht")
    group = ActorGroupFactory.create()
    group.members.add(actor)
    series = EventSeriesFactory.create(name="Bürgerfest")
    event = EventFactory.create(series=series, title=LONG)
    ParticipationFactory.create(event=event, actor=actor)
    contact = ContactFactory.create(actors=[actor])
    FollowUpFactory.create(actor=None, contact=contact)
    concern = ConcernFactory.create(raised_by=actor)
    records = [actor, group, series, event, contact, concern, MeasureFactory.create()]
    names = ["actors", "actors/contacts", "actors/concerns", "actors/follow-ups", "actors/groups"]
    names += ["events", "events/series", "reports", "administration/accounts"]
    lists = [f"/{name}/" for name in names]
    others = ["/", "/search/?q=abend", "/reports/network/", "/reports/explorer/", "/events/new/"]
    return [record.get_absolute_url() for record in records] + lists + others


def check_inside(page: Page, panel: Locator, place: str) -> None:
    """Fail when a panel hangs out of the window, cannot be pressed, or holds a bare link."""
    box: Any = panel.bounding_box()
    size: Any = page.viewport_size
    inside = [box["x"] >= 0, box["x"] + box["width"] <= size["width"]]
    if size["width"] < 768 and panel.evaluate("(it) => getComputedStyle(it).position") == "fixed":
        inside += [box["y"] >= 0, box["y"] + box["height"] <= size["height"]]
    assert all(inside), f"{place}: {box} in {size}"
    on_top = "(it) => { const {x, y, width} = it.getBoundingClientRect(); "
    on_top += "return it.contains(document.elementFromPoint(x + width / 2, y + 12)) }"
    assert panel.evaluate(on_top), f"{place}: something lies over the menu"
    assert page.locator(PLAIN_ENTRIES).all_inner_texts() == [], place


def open_each_menu(page: Page, place: str) -> int:
    """Open the menus of a page one after another; return how many there were."""
    menus = page.locator(MENUS)
    for number in range(menus.count()):
        summary = menus.nth(number).locator("> summary")
        summary.click()
        panel = page.locator(OPEN_PANEL)
        expect(panel).to_have_count(1)
        check_inside(page, panel, f"{place}, {summary.inner_text()!r}")
        page.keyboard.press("Escape")
        expect(panel).to_have_count(0)
    return menus.count()


def test_every_menu_of_every_page_opens_inside_a_phone(
    signed_in_page: OpenPage, live_server: LiveServer
) -> None:
    addresses = every_kind_of_page()
    page = signed_in_page("management")
    opened = {}
    for address in addresses:
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        for width, height in PHONES:
            page.set_viewport_size({"width": width, "height": height})
            opened[address, width] = open_each_menu(page, f"{address} on {width} × {height}")
    assert min(opened.values()) >= 1  # the account's own stands on every page
    assert sum(opened.values()) > 2 * len(opened)


@pytest.mark.parametrize("width", [768, 1024, 1440])
def test_menus_beside_a_long_title_open_inside_a_wide_screen(
    signed_in_page: OpenPage, live_server: LiveServer, width: int
) -> None:
    series = EventSeriesFactory.create(name=LONG)
    addresses = [EventFactory.create(series=series, title=LONG).get_absolute_url(), series.get_absolute_url()]
    page = signed_in_page("management")
    page.set_viewport_size({"width": width, "height": 900})
    for address in [*addresses, "/events/", "/reports/network/"]:
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        assert open_each_menu(page, address) >= 2


def test_the_navigation_unfolds_its_own_menu_in_place(signed_in_page: OpenPage) -> None:
    page = signed_in_page("management", "/")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("[data-nav-toggle]").click()
    page.locator("#mainnav details.menu > summary").click()
    check_inside(page, page.locator(OPEN_PANEL), "navigation")
    page.locator(f"{OPEN_PANEL} a").last.click()
    expect(page.locator(OPEN_PANEL)).to_have_count(0)
