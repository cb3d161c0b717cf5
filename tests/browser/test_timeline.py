"""Reading on in a timeline, and handing a colleague's work over, in the browser."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import check_axe
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ContactFactory, FollowUpFactory

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def test_more_entries_are_added_below_until_all_are_there(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create(name="Verein")
    for number in range(45):
        ContactFactory.create(
            actors=[actor], subject=f"Anruf {number}", date=dt.date(2020, 1, 1) + dt.timedelta(days=number)
        )
    page = signed_in_page(path=f"/actors/{actor.pk}/")
    rows = page.locator(".timeline > li")
    expect(rows).to_have_count(40)
    page.locator("#timeline-more").click()
    expect(rows).to_have_count(45)
    expect(page.locator("#timeline-more")).to_have_count(0)
    assert rows.first.locator("h3").inner_text() == "Anruf 44"
    assert rows.last.locator("h3").inner_text() == "Anruf 0"
    expect(page.locator("h2.year")).to_have_count(1)
    page.locator(".tl-period summary").click()
    page.locator("#timeline-until").fill("2020-01-02")
    expect(rows).to_have_count(2)
    check_axe(page)


def test_work_is_handed_over_after_a_look_at_it(signed_in_page: OpenPage) -> None:
    leaving = UserFactory.create(first_name="Gerda", last_name="Geht")
    colleague = UserFactory.create(first_name="Bo", last_name="Bleibt")
    actor = ActorFactory.create(name="Verein", responsible=leaving)
    FollowUpFactory.create(assignee=leaving, actor=actor, text="Zurückrufen")
    page = signed_in_page(role="management", path=f"/administration/accounts/{leaving.pk}/")
    page.locator(f"a[href$='hand-over/?leaving={leaving.pk}']").click()
    expect(page.locator("main")).to_contain_text("Zurückrufen")
    check_axe(page)
    page.locator("#id_to").select_option(str(colleague.pk))
    page.locator("form[method=post] .formbuttons button").click()
    page.locator("[data-confirm-yes]").click()
    expect(page.locator(".note-ok")).to_contain_text("Bo Bleibt")
    check_axe(page)
    actor.refresh_from_db()
    assert actor.responsible == colleague
