"""Counting with one thumb who came to the consultation hour, on a phone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from events.models import Event, EventContact, Headcount
from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.date(2026, 3, 17)
PAGE = f"/events/consultation/{DAY}/"
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_taps_count_at_once_and_the_server_agrees(signed_in_page: OpenPage, scheme: str) -> None:
    page = signed_in_page()
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme=scheme)
    page = signed_in_page(path=PAGE)
    row = page.locator("[data-group=children]")
    for number in range(1, 6):
        row.locator(".count-more").click()
        expect(row.locator("[data-count]")).to_have_text(str(number))
    page.locator("label[for=sex-f]").click()
    row.locator(".count-more").click()
    expect(page.locator("[data-total]")).to_have_text("6")
    expect(row.locator("[data-detail]")).to_contain_text("1 weiblich")
    row.locator(".count-less").click()
    expect(page.locator("[data-total]")).to_have_text("5")
    assert list(Headcount.objects.values_list("group", "sex", "count")) == [("children", "x", 5)]
    assert Event.objects.count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_axe(page)


def test_a_quick_note_from_the_page_belongs_to_the_hour(signed_in_page: OpenPage) -> None:
    ActorFactory.create(name="Turnverein")
    page = signed_in_page(path=PAGE)
    page.keyboard.press("n")
    page.locator("#quick-note-text").fill("@Turnverein braucht die Halle")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#quick-note")).to_be_hidden()
    tie = EventContact.objects.get()
    assert (tie.event.start_date, tie.contact.channel.code) == (DAY, "consultation_hour")
