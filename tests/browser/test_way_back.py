"""The way back from a record leads to the list as it was left: filtered, sorted, on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from actors.models import Actor
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ConcernFactory, ContactFactory, FollowUpFactory, IncomingEmailFactory
from tests.factories.events import EventFactory, EventSeriesFactory, MeasureFactory, SpaceFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = "#results tbody tr"
TRAIL = "nav[aria-label=Pfad] a"
LISTS: list[tuple[str, Any, str]] = [
    ("/actors/", ActorFactory, "q=eiche&sort=-name&page=1"),
    ("/actors/contacts/", ContactFactory, "q=gespr&sort=date&per_page=25"),
    ("/actors/concerns/", ConcernFactory, "q=laterne&sort=-raised_on"),
    ("/actors/emails/", IncomingEmailFactory, "sort=-sent_at"),
    ("/events/", EventFactory, "q=treff&sort=-start_date"),
    ("/events/series/", EventSeriesFactory, "q=bürgerfest&sort=-name"),
    ("/events/measures/", MeasureFactory, "q=platz&sort=-title"),
    ("/events/spaces/", SpaceFactory, "sort=-name"),
]


def trail(page: Page) -> list[str]:
    """Return the addresses that the trail leads to."""
    page.wait_for_load_state("networkidle")
    links: list[str] = page.locator(TRAIL).evaluate_all("(links) => links.map((link) => link.href)")
    return links


@pytest.mark.parametrize(("path", "factory", "query"), LISTS, ids=[path for path, _, _ in LISTS])
def test_the_trail_of_a_record_leads_to_the_list_as_it_was_left(
    signed_in_page: OpenPage, live_server: LiveServer, path: str, factory: Any, query: str
) -> None:
    record = factory.create()
    page = signed_in_page("management", f"{path}?{query}")
    left = page.url
    page.goto(live_server.url + record.get_absolute_url())
    assert left in trail(page)
    # Who comes from the menu sees the list as it is offered, and returns to that.
    page.goto(live_server.url + path)
    offered = page.url
    assert offered != left
    page.goto(live_server.url + record.get_absolute_url())
    assert offered in trail(page)
    assert left not in trail(page)


@pytest.fixture
def left_list(signed_in_page: OpenPage) -> Page:
    """A list of actors that was filtered and sorted on the page: three of four are left."""
    for name in ("Turnverein Eiche", "Turnverein Buche", "Turnverein Ahorn", "Kita Wolke"):
        ActorFactory.create(name=name)
    page = signed_in_page("management", "/actors/")
    page.locator("#id_q").fill("turnverein")
    expect(page.locator(ROWS)).to_have_count(3)
    page.locator("thead a", has_text="Name").click()
    expect(page.locator("#results th[aria-sort]")).to_have_count(1)
    assert "q=turnverein" in page.url
    assert "sort=" in page.url
    return page


def test_back_leads_to_the_filtered_list(left_list: Page) -> None:
    left = left_list.url
    left_list.get_by_role("link", name="Turnverein Buche").click()
    expect(left_list.locator("h1")).to_have_text("Turnverein Buche")
    left_list.go_back()
    expect(left_list.locator(ROWS)).to_have_count(3)
    assert left_list.url == left


def test_the_trail_leads_to_the_filtered_list_after_editing(left_list: Page) -> None:
    left = left_list.url
    left_list.get_by_role("link", name="Turnverein Buche").click()
    left_list.get_by_role("link", name="Bearbeiten", exact=True).click()
    left_list.locator("#id_name").fill("Turnverein Birke")
    left_list.keyboard.press("Control+Enter")
    expect(left_list.locator("h1")).to_have_text("Turnverein Birke")
    left_list.locator(TRAIL, has_text="Akteure").click()
    expect(left_list.locator(ROWS)).to_have_count(3)
    assert left_list.url == left


def test_deleting_leads_to_the_filtered_list(left_list: Page) -> None:
    left = left_list.url
    left_list.get_by_role("link", name="Turnverein Buche").click()
    left_list.locator("main details.menu:not(.pagehelp) > summary").first.click()
    left_list.get_by_role("link", name="Löschen").click()
    left_list.get_by_role("button", name="Löschen").click()
    expect(left_list.locator(ROWS)).to_have_count(2)
    assert left_list.url == left
    assert sorted(Actor.objects.values_list("name", flat=True)) == [
        "Kita Wolke",
        "Turnverein Ahorn",
        "Turnverein Eiche",
    ]


def test_cancelling_a_new_record_returns_to_the_filtered_list(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path="/events/?q=fest")
    left = page.url
    page.locator(".pagehead .btn-primary").click()
    page.get_by_role("link", name="Abbrechen").click()
    expect(page.locator("#results")).to_be_visible()
    assert page.url == left


def test_a_follow_up_that_is_edited_returns_to_its_filtered_list(signed_in_page: OpenPage) -> None:
    FollowUpFactory.create(actor=ActorFactory.create(), assignee=UserFactory.create(role="staff"))
    page = signed_in_page("management", "/actors/follow-ups/?state=open&sort=-due")
    left = page.url
    page.locator(".inline-actions summary").first.click()
    page.locator(".inline-actions").get_by_role("link", name="Bearbeiten").click()
    expect(page.locator(f'{TRAIL}[href^="/actors/follow-ups/?state=open"]')).to_have_count(1)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#results")).to_be_visible()
    assert page.url == left


def test_what_was_looked_for_is_forgotten_at_sign_out(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path="/actors/?q=Müller")
    kept = "Object.keys(sessionStorage).filter((key) => key.startsWith('list:')).length"
    assert page.evaluate(kept) == 1
    page.locator(".btn-user").click()
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate(kept) == 0
