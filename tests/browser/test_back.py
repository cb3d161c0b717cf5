"""The way back: the browser keeps no page, and still nothing typed is lost; signed out, nothing is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_habits import choose
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import ConcernFactory

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/actors/contacts/new/"


def test_what_was_typed_stands_in_the_form_again_after_the_way_back(signed_in_page: OpenPage) -> None:
    ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path=FORM)
    choose(page, "id_actors", "eiche")
    page.locator("#id_note").fill("Die Halle ist ab Mai frei")
    page.locator("a[href='/actors/']").first.click()  # at once: the page has no time to save in peace
    expect(page).to_have_url(re.compile(r"/actors/$"))
    page.go_back()
    expect(page.locator("#id_note")).to_have_value("Die Halle ist ab Mai frei")
    expect(page.locator(".ts-control .item")).to_contain_text(["Turnverein Eiche"])
    expect(page.locator("form[data-draft] .note-ok")).to_be_visible()


def test_the_note_of_a_step_of_a_concern_survives_the_way_back(signed_in_page: OpenPage) -> None:
    concern = ConcernFactory.create()
    page = signed_in_page(path=concern.get_absolute_url())
    step = page.locator("details.step", has=page.locator("textarea[name=note]")).first
    step.locator("summary").click()
    step.locator("textarea[name=note]").fill("Herr Amt ruft zurück")
    page.locator("a[href='/actors/']").first.click()
    expect(page).to_have_url(re.compile(r"/actors/$"))
    page.go_back()
    expect(page.locator("details.step textarea[name=note]").first).to_have_value("Herr Amt ruft zurück")


def test_after_signing_out_the_way_back_shows_no_person(
    signed_in_page: OpenPage, live_server: LiveServer
) -> None:
    person = PersonFactory.create(given_name="Ada", family_name="Zeisig")
    page = signed_in_page(path=person.get_absolute_url())
    expect(page.locator("h1")).to_contain_text("Zeisig")
    page.goto(f"{live_server.url}/accounts/logout/")
    page.locator("main form[data-sign-out] button").click()
    page.wait_for_url(lambda url: "/accounts/login" in url or url.endswith("/"))
    for _step in range(3):
        page.go_back()
        expect(page.locator("body")).not_to_contain_text("Zeisig")
