"""A note that was saved, or taken back, is seen on the page behind it at once."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from contacts.models import Contact
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
BANNERS = "#open-follow-ups .note"


def log(page: Page, text: str) -> None:
    """Write a quick note on the page one is on."""
    page.keyboard.press("n")
    expect(page.locator("#quick-note-text")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#quick-note")).to_be_hidden()


def test_an_actor_s_page_shows_the_note_its_follow_up_and_the_new_counts(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create(name="Turnverein Eiche", contact_interval_days=30)
    page = signed_in_page("management", actor.get_absolute_url())
    expect(page.locator("#timeline")).to_contain_text("Noch nichts geschehen")
    expect(page.locator("#actor-facts")).to_contain_text("noch kein Kontakt")
    log(page, "tel will die Halle früher wv +1w")
    expect(page.locator("#timeline")).to_contain_text("will die Halle früher")
    expect(page.locator(BANNERS)).to_have_count(1)
    expect(page.locator(BANNERS)).to_contain_text("will die Halle früher")
    expect(page.locator("#actor-facts")).not_to_contain_text("noch kein Kontakt")
    expect(page.locator(".toast-note")).to_have_count(1)
    page.keyboard.press("z")
    expect(page.locator("#messages")).to_contain_text("Rückgängig gemacht")
    expect(page.locator(BANNERS)).to_have_count(0)
    expect(page.locator("#timeline")).to_contain_text("Noch nichts geschehen")
    assert Contact.objects.count() == 0


def test_the_page_stays_where_it_was_when_a_note_is_taken_back(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path=actor.get_absolute_url())
    page.set_viewport_size({"width": 390, "height": 500})
    log(page, "tel will die Halle früher")
    expect(page.locator("#timeline")).to_contain_text("will die Halle früher")
    page.evaluate("scrollTo(0, 300)")
    page.keyboard.press("z")
    expect(page.locator("#messages")).to_contain_text("Rückgängig gemacht")
    page.wait_for_function("scrollY === 300")


def test_an_event_s_page_shows_the_note_and_its_count(signed_in_page: OpenPage) -> None:
    event = EventFactory.create(title="Sommerfest")
    ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path=f"{event.get_absolute_url()}contacts/")
    tab = page.locator("#event-tabs a", has_text="Kontakte")
    expect(tab).to_have_text(re.compile(r"Kontakte\s*0"))
    log(page, "tel @turnverein bringt die Bänke")
    expect(page.locator("#event-contacts")).to_contain_text("bringt die Bänke")
    expect(tab).to_have_text(re.compile(r"Kontakte\s*1"))


def test_the_start_page_and_lists_show_what_was_noted(signed_in_page: OpenPage) -> None:
    ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path="/")
    log(page, "tel @turnverein will die Halle früher wv +1w")
    expect(
        page.locator("#start-parts .followup, #start-parts li", has_text="will die Halle").first
    ).to_be_visible()
    page.goto(f"{page.url}actors/contacts/")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    log(page, "tel @turnverein fragt nach dem Schlüssel")
    expect(page.locator("#results tbody tr")).to_have_count(2)
    expect(page.locator("#list-count")).to_contain_text("2")


def test_a_note_is_sent_by_its_dialog_however_fast_one_types(signed_in_page: OpenPage) -> None:
    """No timer runs here: what would only work after a pause does not work."""
    ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path="/")
    page.clock.pause_at(dt.datetime(2100, 1, 1))
    log(page, "tel @turnverein will die Halle früher")
    assert (page.url.count("/"), Contact.objects.count()) == (3, 1)


def test_what_somebody_has_begun_to_type_is_not_taken_away(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path=actor.get_absolute_url())
    log(page, "tel erstes Gespräch wv +1w")
    expect(page.locator(BANNERS)).to_have_count(1)
    page.locator("#open-follow-ups summary").first.click()
    page.locator("#open-follow-ups input[type=date]").first.fill("2031-05-06")
    page.locator("h1").click()
    log(page, "tel zweites Gespräch")
    expect(page.locator("#timeline")).to_contain_text("zweites Gespräch")
    expect(page.locator("#open-follow-ups input[type=date]").first).to_have_value("2031-05-06")
