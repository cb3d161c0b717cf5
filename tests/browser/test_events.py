"""Events in the browser: finding, looking at, and writing down heads."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from events.models import Event, EventType
from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    HeadcountFactory,
    ParticipationFactory,
    SeriesCarrierFactory,
    SeriesFormerNameFactory,
    SpaceFactory,
    TaskAssignmentFactory,
)

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.conftest import OpenPage


def festival() -> Event:
    """A festival with a bit of everything."""
    series = EventSeriesFactory.create(name="Bürgerfest")
    SeriesFormerNameFactory.create(series=series, name="Stadtteilfest")
    SeriesCarrierFactory.create(series=series)
    event = EventFactory.create(title="Sommer am See", series=series, space=SpaceFactory.create())
    ParticipationFactory.create(event=event, actor=ActorFactory.create(name="Feuerwehr"))
    ParticipationFactory.create(event=event, actor=PersonFactory.create(), state="registered")
    HeadcountFactory.create(event=event, count=800)
    TaskAssignmentFactory.create(event=event)
    return event


def test_an_edition_is_found_by_the_former_name_of_its_series(signed_in_page: OpenPage) -> None:
    festival()
    EventFactory.create(title="Etwas anderes")
    page = signed_in_page("staff", "/events/")
    page.locator("#id_q").fill("stadtteilfest")
    expect(page.get_by_role("link", name="Etwas anderes")).to_have_count(0)
    expect(page.get_by_role("link", name="Sommer am See")).to_be_visible()
    expect(page).to_have_url(re.compile("q=stadtteilfest"))
    check_axe(page)


def test_the_pages_of_an_event_and_its_series_are_accessible(
    signed_in_page: OpenPage, live_server: LiveServer
) -> None:
    event = festival()
    page = signed_in_page("staff")
    series = event.series
    assert series is not None
    for path in (
        f"/events/{event.pk}/",
        f"/events/{event.pk}/headcounts/",
        f"/events/{event.pk}/tasks/",
        f"/events/{event.pk}/minutes/",
        f"/events/{event.pk}/contacts/",
        f"/events/{event.pk}/edit/",
        f"/events/{event.pk}/tasks/edit/",
        f"/events/{event.pk}/delete/",
        f"/events/series/{series.pk}/",
        f"/events/series/{series.pk}/edit/",
        "/events/series/",
        "/events/measures/new/",
        "/events/spaces/",
    ):
        page.goto(live_server.url + path)
        check_axe(page)


def test_an_event_is_added_with_the_keyboard_alone(signed_in_page: OpenPage) -> None:
    page = signed_in_page("staff", "/events/new/")
    page.get_by_label("Titel").fill("Herbstmarkt")
    page.get_by_label("Typ").select_option(value=str(EventType.objects.get(code="market").pk))
    page.get_by_label("Tag", exact=True).fill("2021-10-02")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Herbstmarkt")
    assert list(Event.objects.values_list("title", "start_date")) == [("Herbstmarkt", dt.date(2021, 10, 2))]


def test_a_wrong_headcount_is_said_at_its_cell_and_nothing_typed_is_lost(signed_in_page: OpenPage) -> None:
    event = EventFactory.create()
    page = signed_in_page("volunteer", f"/events/{event.pk}/headcounts/")
    page.locator("[name=n_children_f]").fill("viele")
    page.locator("[name=n_children_m]").fill("1.200")
    page.keyboard.press("Control+Enter")
    cell = page.locator("td:has([name=n_children_f])")
    expect(cell.locator(".field-error")).to_be_visible()
    expect(page.locator("[name=n_children_m]")).to_have_value("1.200")
    check_axe(page)
    page.locator("[name=n_children_f]").fill("")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#figures")).to_contain_text("1.200")
    assert list(event.headcounts.values_list("group", "sex", "count")) == [("children", "m", 1200)]


def test_rows_are_added_to_a_form_without_loading_it_again(signed_in_page: OpenPage) -> None:
    event = EventFactory.create()
    page = signed_in_page("staff", f"/events/{event.pk}/minutes/edit/")
    agenda = page.locator("[data-rows=agenda]")
    agenda.locator("[data-add-row]").click()
    agenda.locator("[name=agenda-0-title]").fill("Begrüßung")
    agenda.locator("[name=agenda-1-title]").fill("Planung")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".minutes li")).to_have_count(2)
    assert [item.title for item in event.agenda_items.all()] == ["Begrüßung", "Planung"]
