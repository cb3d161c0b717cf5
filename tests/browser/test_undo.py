"""Undo and double sending in the browser: by keyboard, by a press, and told to those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from contacts.models import Concern
from events.models import Event, Participation
from tests.browser.axe import check_axe
from tests.factories.actors import PersonFactory
from tests.factories.contacts import ConcernFactory
from tests.factories.events import EventFactory, ParticipationFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
UNDO = ".toast-note form button"


def test_an_event_is_deleted_and_brought_back_by_keyboard(signed_in_page: OpenPage) -> None:
    event = EventFactory.create(title="Sommerfest")
    ParticipationFactory.create(event=event)
    page = signed_in_page(path=f"{event.get_absolute_url()}delete/")
    page.locator("main form button").press("Enter")
    expect(page.locator("#messages")).to_contain_text("„Sommerfest“ wurde gelöscht.")
    assert Event.objects.count() == 0
    check_axe(page)
    page.locator(UNDO).focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Sommerfest")
    expect(page.locator("#messages")).to_contain_text("„Sommerfest“ ist wieder da.")
    assert (Event.objects.get(), Participation.objects.count()) == (event, 1)


def test_one_key_undoes_what_the_last_message_says(signed_in_page: OpenPage) -> None:
    event = EventFactory.create()
    names = ["Ada", "Bea"]
    for name in names:
        person = PersonFactory.create(given_name=name, family_name="Muster")
        ParticipationFactory.create(event=event, actor=person)
    page = signed_in_page(path=event.get_absolute_url())
    for number, name in enumerate(names, start=1):
        page.get_by_role("button", name=f"{name} Muster von der Liste").click()
        page.locator("#confirm-dialog [data-confirm-yes]").click()
        expect(page.locator(UNDO)).to_have_count(number)
    assert Participation.objects.count() == 0
    page.locator("h1").click()
    page.keyboard.press("z")
    expect(page.locator("#participants")).to_contain_text("Bea Muster")
    expect(page.locator("#participants")).not_to_contain_text("Ada Muster")
    assert Participation.objects.get().actor.given_name == "Bea"


def test_messages_that_came_with_the_page_are_added_to_the_live_region(signed_in_page: OpenPage) -> None:
    """Screen readers say what is added to a region, not what it held when the page was drawn."""
    page = signed_in_page(path="/")
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          const region = document.getElementById("messages");
          window.added = [];
          const watch = (list) => list.forEach((change) => window.added.push(...change.addedNodes));
          new MutationObserver(watch).observe(region, { childList: true });
        })"""
    )
    concern = ConcernFactory.create(text="Laterne kaputt")
    page.goto(f"{page.url.rstrip('/')}{concern.get_absolute_url()}delete/")
    page.locator("main form button").click()
    expect(page.locator(UNDO)).to_be_visible()
    assert page.evaluate("window.added.map((node) => node.className)") == ["toast-note"]
    assert page.locator("#messages").get_attribute("aria-live") == "polite"


def test_a_form_that_is_sent_again_from_the_page_before_is_stored_once(signed_in_page: OpenPage) -> None:
    page: Page = signed_in_page(path="/actors/concerns/new/")
    page.locator("#id_text").fill("Laterne kaputt")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.locator("form[data-main] button.btn-primary").click()
    expect(page.locator("#messages .toast-note")).to_be_visible()
    stored = Concern.objects.get()
    # What a browser does that lost the answer, and asks whether to send once more.
    answer = page.evaluate(
        """async ([address, body]) => {
          const headers = { "Content-Type": "application/x-www-form-urlencoded" };
          return (await fetch(address, { method: "POST", headers, body })).url;
        }""",
        ["/actors/concerns/new/", sent.value.post_data],
    )
    assert answer.endswith(stored.get_absolute_url())
    assert Concern.objects.count() == 1
