"""Follow-ups in the browser: moved, done and reopened from the list; feeds made and revoked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contacts.models import CalendarFeed, FollowUp, Repeats
from tests.browser.axe import check_axe
from tests.factories.accounts import UserFactory
from tests.factories.contacts import FollowUpFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = "/actors/follow-ups/?state=open"
FEEDS = "/actors/calendar-feeds/"


def test_a_follow_up_is_moved_by_one_choice_and_put_back(signed_in_page: OpenPage) -> None:
    before = timezone.localdate() + dt.timedelta(days=3)
    follow_up = FollowUpFactory.create(due=before, assignee=UserFactory.create())
    page = signed_in_page(path=OPEN)
    page.locator(f"#follow-up-{follow_up.pk} details.menu summary").first.click()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    page.locator(f"button[name=day][value='{tomorrow}']").first.click()
    undo = page.locator(".toast-note form button")
    expect(undo).to_be_visible()
    assert FollowUp.objects.get().due == tomorrow
    undo.click()
    expect(page.locator(f"#follow-up-{follow_up.pk}")).to_contain_text(f"{before:%d.%m.%Y}")
    assert FollowUp.objects.get().due == before


def test_done_plans_the_next_one_of_a_series_and_undo_takes_both_back(signed_in_page: OpenPage) -> None:
    due = timezone.localdate()
    done = FollowUpFactory.create(due=due, repeats=Repeats.WEEK, assignee=UserFactory.create())
    page = signed_in_page(path=OPEN)
    page.locator(f"#follow-up-{done.pk} form[action$='/done/'] button").first.click()
    undo = page.locator(".toast-note form button")
    expect(undo).to_be_visible()
    following = FollowUp.objects.get(previous=done)
    assert (following.due, following.done_at) == (due + dt.timedelta(days=7), None)
    expect(page.locator(f"#follow-up-{following.pk}")).to_be_visible()
    undo.click()
    expect(page.locator(f"#follow-up-{done.pk}")).to_be_visible()
    assert [(row.pk, row.done_at) for row in FollowUp.objects.all()] == [(done.pk, None)]


@pytest.mark.parametrize("width", [390, 1440])
def test_a_feed_is_made_and_revoked(signed_in_page: OpenPage, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    signed_in_page(path=FEEDS)
    page.locator("form:has([name=scope]) button[type=submit]").click()
    address = page.locator("#feed-address")
    expect(address).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_axe(page)
    assert page.request.get(address.input_value()).text().startswith("BEGIN:VCALENDAR")
    page.goto(page.url)
    expect(address).to_have_count(0)
    page.locator("form[action$='/revoke/'] button").click()
    page.locator("[data-confirm-yes]").click()
    expect(page.locator("form[action$='/revoke/']")).to_have_count(0)
    assert CalendarFeed.objects.active().count() == 0


@pytest.mark.parametrize("width", [390, 1440])
def test_the_list_is_accessible_and_fits(signed_in_page: OpenPage, page: Page, width: int) -> None:
    series = FollowUpFactory.create(repeats=Repeats.MONTH, assignee=UserFactory.create())
    page.set_viewport_size({"width": width, "height": 844})
    signed_in_page(path=OPEN)
    page.locator(f"#follow-up-{series.pk} details.menu summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_axe(page)
