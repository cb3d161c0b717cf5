"""Where the focus is, for whoever works without a mouse: never lost, and never under something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory, ParticipationFactory, ParticipationRoleFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)

# The field in focus, where something else lies over its middle.
COVERED = """() => {
  const at = document.activeElement;
  const { left, top, width, height } = at.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  return at.closest("main .field") && !over?.closest(".field") ? at.name : null;
}"""


def covered(page: Page, key: str, times: int) -> set[str]:
    """Press ``key`` so often; return the fields that had the focus and could not be seen."""
    fields = set()
    for _ in range(times):
        page.keyboard.press(key)
        fields.add(page.evaluate(COVERED))
    return fields - {None}


def test_no_field_in_focus_lies_under_the_bar_or_the_buttons(signed_in_page: OpenPage) -> None:
    page = signed_in_page("staff", "/actors/new/")
    expect(page.locator("[name=name]")).to_be_focused()
    assert covered(page, "Tab", 30) == set()
    assert covered(page, "Shift+Tab", 30) == set()


def test_one_participant_after_the_other_is_added_by_keyboard(signed_in_page: OpenPage) -> None:
    for name in ("Kita Sonnenschein", "Kita Nordlicht"):
        ActorFactory.create(name=name)
    ParticipationRoleFactory.create()
    event = EventFactory.create()
    page = signed_in_page("staff", f"/events/{event.pk}/")
    who, rows = page.locator(".pickform .ts-control input"), page.locator(".presence [data-toggle-row]")
    who.focus()
    for number, letters in enumerate(("sonn", "nord"), start=1):
        expect(who).to_be_focused()
        page.keyboard.type(letters)
        expect(page.locator(".ts-dropdown .option.active")).to_contain_text(letters, ignore_case=True)
        page.keyboard.press("Enter")
        page.locator(".pickform button[type=submit]").press("Enter")
        expect(rows).to_have_count(number)
    expect(who).to_be_focused()


def test_a_row_is_edited_and_taken_away_by_keyboard(signed_in_page: OpenPage) -> None:
    event = EventFactory.create()
    for name in ("Anton", "Berta", "Cäsar"):
        ParticipationFactory.create(event=event, actor=ActorFactory.create(name=name))
    page = signed_in_page("staff", f"/events/{event.pk}/")
    boxes = page.locator("[data-toggle]")
    page.locator("button[id^=edit-]").nth(1).press("Enter")
    expect(page.locator(".editing [name$=role]")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(boxes.nth(1)).to_be_focused()
    page.locator("button[hx-confirm]").nth(1).press("Enter")
    page.locator("#confirm-dialog [data-confirm-yes]").press("Enter")
    expect(boxes).to_have_count(2)
    expect(boxes.nth(1)).to_be_focused()
