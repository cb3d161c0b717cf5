"""Logging contacts in the browser: what happens most takes as few moves as the design promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from actors.models import Actor
from contacts.models import Contact, FollowUp
from core.accounts.models import User
from tests.browser.axe import check_axe
from tests.factories.accounts import UserFactory
from tests.factories.contacts import ContactFactory, FollowUpFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/actors/contacts/new/"


def test_somebody_new_is_added_in_passing(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path=NEW)
    page.locator("#id_actors-ts-control").fill("Club Nord")
    page.locator(".ts-dropdown .create").click()
    page.locator("#new-kind-actors-1").select_option("body")
    page.locator("#new-type-actors-1").select_option("body")
    check_axe(page)
    page.locator("#id_note").fill("Stellt sich vor")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/actors/*/")
    actor = Actor.objects.get()
    assert (actor.name, actor.kind, actor.contacts.get().note) == ("Club Nord", "body", "Stellt sich vor")


def test_what_was_typed_survives_an_error(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path=NEW)
    page.locator("#id_note").fill("Lange Notiz")
    page.locator("#id_actors-ts-control").fill("Erika Neu")
    page.locator(".ts-dropdown .create").click()
    page.locator("#new-kind-actors-1").wait_for()
    page.locator("#id_follow_up_text").fill("Anrufen")
    page.locator("#id_note").press("Control+Enter")
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("#id_note")).to_have_value("Lange Notiz")
    expect(page.locator(".ts-control .item")).to_contain_text("Erika Neu")
    expect(page.locator("#new-kind-actors-1")).to_have_value("person")
    check_axe(page)
    page.locator("[data-set-date='+1']").click()
    page.locator("#id_note").press("Control+Enter")
    page.wait_for_url("**/actors/*/")
    assert (Contact.objects.count(), Actor.objects.count(), FollowUp.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    "path", ["/actors/contacts/", "/actors/contacts/{pk}/", NEW, "/actors/follow-ups/?state=open"]
)
@pytest.mark.parametrize("width", [390, 1440])
def test_the_log_is_accessible_and_fits(signed_in_page: OpenPage, page: Page, path: str, width: int) -> None:
    contact = ContactFactory.create(subject="Halle", note="Eine Notiz")
    FollowUpFactory.create(contact=contact)
    page.set_viewport_size({"width": width, "height": 844})
    signed_in_page(path=path.format(pk=contact.pk))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_axe(page)


def test_a_volunteer_reads_what_it_logged_and_is_offered_no_deleting(signed_in_page: OpenPage) -> None:
    page = signed_in_page("volunteer", "/")
    own = ContactFactory.create(subject="Halle", staff=User.objects.get(role="volunteer"))
    page.goto(page.url.rstrip("/") + own.get_absolute_url())
    expect(page.locator("h1")).to_have_text("Halle")
    expect(page.locator('main a[href$="/delete/"]')).to_have_count(0)


def test_own_follow_ups_are_worked_off_from_the_list(signed_in_page: OpenPage) -> None:
    FollowUpFactory.create(text="Schlüssel abholen", assignee=UserFactory.create())
    page = signed_in_page(path="/actors/follow-ups/")
    expect(page.locator("#results")).not_to_contain_text("Schlüssel")
    page.locator(".chip-choice").nth(1).click()
    page.locator("#results form button[type=submit]").first.click()
    expect(page.locator("#results")).not_to_contain_text("Schlüssel")
    page.locator(".toast-note form button").click()
    expect(page.locator("#results")).to_contain_text("Schlüssel abholen")
