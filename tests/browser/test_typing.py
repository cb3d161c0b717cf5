"""The cursor stands where one goes on, and keys that do something alone leave those who type alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import ContactFactory
from tests.factories.events import EventFactory, EventSeriesFactory, ParticipationFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "#quick-note"
FIRST = {
    "/actors/new/": "id_name",
    "/actors/groups/new/": "id_name",
    "/actors/contacts/new/": "id_actors-ts-control",
    "/actors/concerns/new/": "id_text",
    "/actors/follow-ups/new/": None,
    "/events/new/": None,
    "/events/series/new/": None,
    "/events/spaces/new/": "id_name",
    "/events/measures/new/": "id_title",
    "/events/programmes/new/": "id_name",
    "/imports/new/actors/": "id_file",
    "/administration/hand-over/": None,
    "/accounts/reauthenticate/": "id_password",
}
# The first control of the form that is seen, and neither ticked nor pressed: what the cursor should stand in.
FIRST_OF_FORM = """() => {
  const all = [...document.querySelectorAll("main form[data-main] :is(input, select, textarea)")];
  const other = /^(hidden|radio|checkbox|submit|button)$/;
  const open = all.filter((field) => field.checkVisibility() && !field.readOnly && !other.test(field.type));
  return [document.activeElement.id, open[0].id];
}"""
PRESS = """([selector, init]) => document.querySelector(selector).dispatchEvent(
  new KeyboardEvent("keydown", { key: "n", bubbles: true, cancelable: true, ...init }))"""


def test_the_cursor_stands_in_the_first_field_of_every_form(
    signed_in_page: OpenPage, live_server: LiveServer
) -> None:
    records = [ActorFactory.create(), PersonFactory.create(), ContactFactory.create(), EventFactory.create()]
    edits = {f"{record.get_absolute_url()}edit/": None for record in [*records, EventSeriesFactory.create()]}
    page = signed_in_page("management", "/")
    for address, expected in {**FIRST, **edits}.items():
        page.goto(live_server.url + address)
        expect(page.locator("main form[data-main] :focus")).to_have_count(1)
        focused, first = page.evaluate(FIRST_OF_FORM)
        assert (focused, focused) == (first, expected or first), address
        expect(page.locator(".ts-dropdown:visible")).to_have_count(0)


def test_an_edited_name_is_gone_on_with_at_its_end(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create(name="Turnverein")
    page = signed_in_page(path=f"{actor.get_absolute_url()}edit/")
    expect(page.locator("#id_name")).to_be_focused()
    page.keyboard.type(" Eiche")
    expect(page.locator("#id_name")).to_have_value("Turnverein Eiche")


def test_a_form_with_errors_is_gone_on_with_in_its_first_wrong_field(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path="/actors/new/")
    page.locator("#id_name").fill("Turnverein Eiche")
    page.locator("#id_email").fill("keine Adresse")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-error-summary]")).to_be_visible()
    expect(page.locator("#id_email")).to_be_focused()
    expect(page.locator("#id_email")).to_be_in_viewport()


def check_nothing_opened(page: Page, where: str) -> None:
    """Fail when the letter n was taken for a command."""
    assert page.locator("dialog[open]").count() == 0, where


def test_letters_typed_anywhere_in_a_form_are_letters(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path="/actors/new/")
    places = {
        "text": "#id_name",
        "long text": "#id_phones, main textarea",
        "select": "#id_actor_type",
        "radio": "[name=kind]:checked",
        "picker": "main .ts-control input",
        "save button": ".formbuttons button",
    }
    for name, selector in places.items():
        page.locator(selector).first.focus()
        for key in ("n", "?", "z", "/"):
            page.keyboard.press(key)
        check_nothing_opened(page, name)
    page.goto(page.url.replace("/actors/new/", "/actors/contacts/new/"))
    page.locator("input[type=date]").first.focus()
    page.keyboard.press("n")
    check_nothing_opened(page, "date")


def test_letters_in_combinations_menus_and_editable_parts_are_left_alone(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path="/")
    page.evaluate(
        """() => {
          const part = document.createElement("div");
          Object.assign(part, { id: "written", contentEditable: true });
          part.append(document.createElement("p"));
          document.querySelector("main").append(part);
        }"""
    )
    quiet = [
        ("body", {"altKey": True}),
        ("body", {"ctrlKey": True}),
        ("body", {"metaKey": True}),
        ("body", {"modifierAltGraph": True}),
        ("body", {"isComposing": True}),
        ("body", {"repeat": True}),
        ("#written p", {}),
        ("#global-search", {}),
    ]
    for selector, how in quiet:
        page.evaluate(PRESS, [selector, how])
        check_nothing_opened(page, f"{selector} {how}")
    page.locator(".btn-user").click()
    page.keyboard.press("n")
    check_nothing_opened(page, "menu")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator(NOTE)).to_be_visible()


def test_the_list_of_participants_is_worked_through_without_combinations(signed_in_page: OpenPage) -> None:
    event = EventFactory.create()
    for name in ("Ada", "Bea"):
        actor = PersonFactory.create(given_name=name, family_name="Muster")
        ParticipationFactory.create(event=event, actor=actor)
    page = signed_in_page(path=event.get_absolute_url())
    boxes = page.locator("[data-toggle]")
    boxes.first.focus()
    page.keyboard.press("Control+ArrowDown")
    expect(boxes.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(boxes.nth(1)).to_be_focused()
    page.locator("#participants-add .ts-control input").focus()
    page.keyboard.type("nz")
    check_nothing_opened(page, "picker")
