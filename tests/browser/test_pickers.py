"""Fields one types into: what was typed stays, becomes somebody new, or is refused at its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from actors.models import Actor
from contacts.models import Concern
from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory, TopicFactory
from tests.factories.contacts import ConcernKindFactory
from tests.factories.events import EventFactory, EventSeriesFactory, ParticipationRoleFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
NEW_CONCERN, RAISED_BY = "/actors/concerns/new/", "#id_raised_by-ts-control"


def test_a_typed_name_survives_tab_and_is_refused_at_its_field(signed_in_page: OpenPage) -> None:
    ConcernKindFactory.create()
    page = signed_in_page(path=NEW_CONCERN)
    page.locator("#id_text").fill("Die Laterne ist kaputt")
    page.locator(RAISED_BY).press_sequentially("Ulla Neumann")
    page.keyboard.press("Tab")
    expect(page.locator(RAISED_BY)).to_have_value("Ulla Neumann")
    check_axe(page)
    page.locator("#id_text").press("Control+Enter")
    expect(page.locator(".field-invalid")).to_have_count(1)
    expect(page.locator(".field-invalid")).to_contain_text("„Ulla Neumann“ ist noch nicht ausgewählt")
    expect(page.locator(RAISED_BY)).to_have_value("Ulla Neumann")
    assert Concern.objects.count() == 0
    check_axe(page)


def test_somebody_new_is_added_by_keyboard_in_place(signed_in_page: OpenPage) -> None:
    ConcernKindFactory.create()
    page = signed_in_page(path=NEW_CONCERN)
    page.locator("#id_text").fill("Die Laterne ist kaputt")
    page.locator(RAISED_BY).press_sequentially("Ulla Neumann")
    expect(page.locator(".ts-dropdown .create")).to_have_text("„Ulla Neumann“ neu anlegen")
    page.keyboard.press("Enter")
    expect(page.locator("#new-kind-raised_by-1")).to_have_value("person")
    check_axe(page)
    page.locator("#id_text").press("Control+Enter")
    page.wait_for_url("**/actors/concerns/*/")
    raised_by = Concern.objects.get().raised_by
    assert raised_by is not None
    assert (raised_by.name, raised_by.kind) == ("Ulla Neumann", "person")


def test_an_existing_actor_is_chosen_by_keyboard_after_another_name_was_typed(
    signed_in_page: OpenPage,
) -> None:
    ConcernKindFactory.create()
    ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path=NEW_CONCERN)
    page.locator("#id_text").fill("Die Laterne ist kaputt")
    page.locator(RAISED_BY).press_sequentially("Niemand")
    page.keyboard.press("Tab")
    page.locator(RAISED_BY).fill("")
    page.locator(RAISED_BY).press_sequentially("Turn")
    expect(page.locator(".ts-dropdown .option")).to_contain_text("Turnverein Eiche")
    page.keyboard.press("Enter")
    page.locator("#id_text").press("Control+Enter")
    page.wait_for_url("**/actors/concerns/*/")
    assert Concern.objects.get().raised_by == Actor.objects.get()


def test_escape_and_the_cross_take_back_what_was_typed(signed_in_page: OpenPage) -> None:
    ConcernKindFactory.create()
    page = signed_in_page(path=NEW_CONCERN)
    page.locator("#id_text").fill("Die Laterne ist kaputt")
    page.locator(RAISED_BY).press_sequentially("Ulla")
    expect(page.locator(".ts-dropdown .create")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(RAISED_BY)).to_have_value("")
    page.locator("#id_text").press("Control+Enter")
    page.wait_for_url("**/actors/concerns/*/")
    assert Concern.objects.get().raised_by is None


def test_a_topic_that_does_not_exist_is_refused_at_its_field(signed_in_page: OpenPage) -> None:
    TopicFactory.create()
    actor = ActorFactory.create()
    page = signed_in_page(path=f"{actor.get_absolute_url()}edit/")
    page.locator("#id_topics-ts-control").fill("Raumfahrt")
    page.keyboard.press("Tab")
    page.locator("#id_name").press("Control+Enter")
    expect(page.locator(".field-invalid")).to_contain_text("„Raumfahrt“ steht nicht in der Liste")
    expect(page.locator("#id_topics-ts-control")).to_have_value("Raumfahrt")


def test_what_was_typed_is_restored_with_the_draft(signed_in_page: OpenPage) -> None:
    ConcernKindFactory.create()
    page = signed_in_page(path=NEW_CONCERN)
    page.locator("#id_text").fill("Die Laterne ist kaputt")
    page.locator(RAISED_BY).press_sequentially("Ulla Neumann")
    page.keyboard.press("Tab")
    expect(page.locator("[name=raised_by-typed]")).to_have_value("Ulla Neumann")
    page.reload()
    expect(page.locator("#id_text")).to_have_value("Die Laterne ist kaputt")
    expect(page.locator(RAISED_BY)).to_have_value("Ulla Neumann")


def test_a_row_that_was_added_takes_somebody_new(signed_in_page: OpenPage) -> None:
    series = EventSeriesFactory.create()
    page = signed_in_page(path=f"{series.get_absolute_url()}edit/")
    page.locator("[data-rows=carriers] [data-add-row]").click()
    page.locator("#id_carriers-1-actor-ts-control").press_sequentially("Club Nord")
    expect(page.locator(".ts-dropdown .create").locator("visible=true")).to_have_count(1)
    page.keyboard.press("Enter")
    page.locator("#new-kind-carriers-1-actor-1").select_option("body")
    page.locator("#new-type-carriers-1-actor-1").select_option("body")
    page.locator("#id_name").press("Control+Enter")
    page.wait_for_url(f"**{series.get_absolute_url()}")
    assert (series.carriers.get().actor.name, series.carriers.get().actor.kind) == ("Club Nord", "body")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_participant_is_entered_anew_on_a_phone(signed_in_page: OpenPage, page: Page, theme: str) -> None:
    event = EventFactory.create()
    ParticipationRoleFactory.create()
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme=theme)
    signed_in_page(path=event.get_absolute_url())
    page.locator("#participants-add > summary").click()
    page.locator("#id_actors-ts-control").press_sequentially("Ulla Neumann")
    page.locator(".ts-dropdown .create").click()
    expect(page.locator("#new-kind-actors-1")).to_have_value("person")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_axe(page)
    page.locator(".pickform button[type=submit]").click()
    expect(page.locator("#participants table")).to_contain_text("Ulla Neumann")
    assert Actor.objects.get().name == "Ulla Neumann"


def test_who_may_not_add_actors_is_told_at_the_field(signed_in_page: OpenPage) -> None:
    event = EventFactory.create()
    ParticipationRoleFactory.create()
    page = signed_in_page("volunteer", event.get_absolute_url())
    page.locator("#id_actors-ts-control").press_sequentially("Ulla Neumann")
    expect(page.locator(".ts-dropdown .no-results")).to_have_text(
        "Nichts gefunden. Was fehlt, kann das Büro eintragen."
    )
    expect(page.locator(".ts-dropdown .create")).to_have_count(0)
    page.keyboard.press("Tab")
    page.locator(".pickform button[type=submit]").click()
    expect(page.locator(".pickform .field-invalid")).to_contain_text(
        "„Ulla Neumann“ steht nicht in der Liste"
    )
    expect(page.locator("#id_actors-ts-control")).to_have_value("Ulla Neumann")
