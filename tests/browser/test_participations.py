"""Who took part, in the browser: pasting a list, and presence down the list with the space bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from actors.models import Actor
from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import EventFactory, ParticipationFactory, ParticipationRoleFactory

if TYPE_CHECKING:
    from events.models import Event
    from tests.browser.conftest import OpenPage


def states(event: Event) -> list[tuple[str, str]]:
    """Names and states of an event's participants."""
    rows = event.participations.order_by("actor__sort_name").select_related("actor")
    return [(row.actor.name, row.state) for row in rows]


def test_names_are_pasted_compared_and_confirmed(signed_in_page: OpenPage) -> None:
    event = EventFactory.create()
    PersonFactory.create(given_name="Jürgen", family_name="Groß")
    first = PersonFactory.create(given_name="Ada", family_name="Doppel")
    PersonFactory.create(given_name="Ada", family_name="Doppel")
    page = signed_in_page("staff", f"/events/{event.pk}/")
    page.locator("main a[href$='/participants/paste/']").click()
    page.locator("main textarea").fill(
        "Groß, Jürgen\nAda Doppel\nÖzlem Neu\nÖzlem Neu\n<img src=x onerror=alert(1)>"
    )
    check_axe(page)
    page.keyboard.press("Control+Enter")
    rows = page.locator(".review tbody tr")
    expect(rows).to_have_count(5)
    check_axe(page)
    page.locator("[name=row-4-choice]").select_option("skip")
    page.locator("button[name=_confirm]").click()
    expect(page.locator(".row-invalid")).to_have_count(1)
    expect(page.locator("[name=row-4-choice]")).to_have_value("skip")
    check_axe(page)
    page.locator("[name=row-1-choice]").select_option(f"actor:{first.pk}")
    page.locator("button[name=_confirm]").click()
    expect(page.locator(".presence [data-toggle-row]")).to_have_count(3)
    assert states(event) == [
        ("Ada Doppel", "attended"),
        ("Jürgen Groß", "attended"),
        ("Özlem Neu", "attended"),
    ]
    assert Actor.objects.count() == 4


def test_the_space_bar_notes_presence_down_the_list(signed_in_page: OpenPage) -> None:
    event = EventFactory.create()
    for name in ("Anton", "Berta", "Cäsar"):
        actor = ActorFactory.create(name=name)
        ParticipationFactory.create(event=event, actor=actor, state="registered")
    page = signed_in_page("volunteer", f"/events/{event.pk}/")
    boxes = page.locator("[data-toggle]")
    boxes.first.focus()
    for number in range(3):
        expect(boxes.nth(number)).to_be_focused()
        page.keyboard.press("Space")
        expect(page.locator(".presence .tag-ok")).to_have_count(number + 1)
        expect(boxes.nth(number)).to_be_focused()
        page.keyboard.press("ArrowDown")
    assert states(event) == [("Anton", "attended"), ("Berta", "attended"), ("Cäsar", "attended")]
    page.keyboard.press("Space")
    expect(page.locator(".presence .tag-ok")).to_have_count(2)
    expect(page.locator("#figures .figure-main")).to_contain_text("2")
    assert states(event)[2] == ("Cäsar", "registered")
    check_axe(page)


def test_a_participant_is_picked_and_edited_in_the_row(signed_in_page: OpenPage) -> None:
    ActorFactory.create(name="Kita Sonnenschein")
    ParticipationRoleFactory.create()
    event = EventFactory.create()
    page = signed_in_page("staff", f"/events/{event.pk}/")
    page.locator(".pickform .ts-control input").press_sequentially("sonn")
    page.locator(".ts-dropdown .option", has_text="Kita Sonnenschein").click()
    page.locator(".pickform button[type=submit]").click()
    row = page.locator(".presence [data-toggle-row]")
    expect(row).to_contain_text("Kita Sonnenschein")
    row.locator("button[id^=edit-]").click()
    page.locator(".editing [name$=people_brought]").fill("12")
    check_axe(page)
    page.keyboard.press("Control+Enter")
    expect(row).to_contain_text("12")
    expect(page.locator("#figures .figure-main")).to_contain_text("13")
    assert event.participations.get().people_brought == 12


def test_a_reader_sees_who_took_part_and_can_change_nothing(signed_in_page: OpenPage) -> None:
    event = EventFactory.create()
    ParticipationFactory.create(event=event, actor=ActorFactory.create(name="Feuerwehr"))
    ParticipationFactory.create(event=event, actor=PersonFactory.create(family_name="Geheim"))
    page = signed_in_page("reader", f"/events/{event.pk}/")
    expect(page.locator(".presence")).to_contain_text("Feuerwehr")
    expect(page.locator("body")).not_to_contain_text("Geheim")
    expect(page.locator("main input, main button[type=submit]")).to_have_count(0)
    check_axe(page)
