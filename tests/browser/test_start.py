"""The start page and the list of quiet contacts in a browser, wide and narrow, by light and in the dark."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ConcernFactory, ContactFactory, FollowUpFactory
from tests.factories.events import EventFactory, FundingPeriodFactory

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}


def test_from_the_start_page_to_a_contact_that_is_due(signed_in_page: OpenPage) -> None:
    today = timezone.localdate()
    quiet = ActorFactory.create(name="Verein Funkstille", contact_interval_days=10)
    ContactFactory.create(actors=[quiet], date=today - dt.timedelta(days=40))
    ConcernFactory.create(raised_on=today - dt.timedelta(days=90))
    FollowUpFactory.create(due=today)
    EventFactory.create(start_date=today)
    FundingPeriodFactory.create(valid_until=today + dt.timedelta(days=200))
    page = signed_in_page(path="/")
    expect(page.locator("#home-quiet")).to_be_visible()
    expect(page.locator("#home-untouched")).to_be_visible()
    check_axe(page)
    page.emulate_media(color_scheme="dark")
    check_axe(page)
    page.set_viewport_size(PHONE)
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("#home-quiet ~ a").click()
    row = page.get_by_role("row", name="Verein Funkstille")
    expect(row.locator(".tag-danger")).to_be_visible()
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    row.locator('a[href*="/contacts/new/"]').click()
    expect(page).to_have_url(re.compile(rf"/contacts/new/\?actor={quiet.pk}$"))
