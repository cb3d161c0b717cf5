"""A concern in the browser: recorded, forwarded, answered and settled, with nothing but its own page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from contacts.models import Concern, ConcernStatus, FollowUp
from tests.browser.axe import check_axe
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import ConcernFactory, ConcernStepFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_concern_is_forwarded_with_a_reminder_and_settled(signed_in_page: OpenPage) -> None:
    ActorFactory.create(name="Grünflächenamt")
    page = signed_in_page(path="/actors/concerns/new/")
    page.locator("#id_text").fill("Laterne kaputt")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".steps")).to_be_visible()
    page.locator("summary", has=page.locator("[data-icon=mail-forward]")).click()
    page.locator("#forwarded_forwarded_to-ts-control").fill("Grünfl")
    page.locator(".ts-dropdown .option", has_text="Grünflächenamt").click()
    page.locator("[data-target=forwarded_due][data-set-date='+7']").click()
    page.locator("[data-target=forwarded_remind_on][data-set-date='+1m']").click()
    check_axe(page)
    page.locator("details.step[open] button[type=submit]").click()
    expect(page.locator(".timeline > li")).to_have_count(2)
    concern = Concern.objects.get()
    assert (str(concern.forwarded_to), concern.due) == (
        "Grünflächenamt",
        dt.date.today() + dt.timedelta(days=7),
    )
    assert FollowUp.objects.get().concern == concern
    page.locator("summary", has=page.locator("[data-icon=check]")).click()
    page.locator("details.step[open] button[type=submit]").click()
    expect(page.locator(".timeline > li")).to_have_count(3)
    assert Concern.objects.get().status.code == "done"


@pytest.mark.parametrize("width", [390, 1440])
def test_the_pages_are_accessible_and_fit(
    signed_in_page: OpenPage, page: Page, live_server: LiveServer, width: int
) -> None:
    ended = ActorFactory.create(name="Altes Amt", active_until=dt.date(2020, 1, 1))
    concern = ConcernFactory.create(
        status=ConcernStatus.objects.get(code="forwarded"),
        forwarded_to=ended,
        raised_by=PersonFactory.create(),
        due=dt.date(2020, 6, 1),
    )
    ConcernStepFactory.create(concern=concern, by=UserFactory.create(), note="Bitte prüfen")
    page.set_viewport_size({"width": width, "height": 844})
    signed_in_page()
    base = "/actors/concerns/"
    for address in ("?is_open=true", "departments/", f"{concern.pk}/", f"{concern.pk}/letter/", "new/"):
        page.goto(f"{live_server.url}{base}{address}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        check_axe(page)
