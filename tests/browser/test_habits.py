"""What every page offers to hands on the keyboard: keys, drafts, filters, menus, light and dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from contacts.models import Contact
from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ContactFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/actors/contacts/new/"
DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('draft:'))"


def choose(page: Page, field: str, letters: str) -> None:
    """Type into an enhanced select and take the first hit."""
    page.locator(f"#{field}-ts-control").fill(letters)
    page.locator(".ts-dropdown .option").first.wait_for()
    page.keyboard.press("Enter")


def wait_for_draft(page: Page, words: str) -> None:
    page.wait_for_function(f"words => {DRAFTS}.some(key => localStorage[key].includes(words))", arg=words)


def test_control_enter_saves_the_form(signed_in_page: OpenPage) -> None:
    ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path=FORM)
    choose(page, "id_actors", "eiche")
    page.locator("#id_note").fill("Halle ist frei")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast-note")).to_be_visible()
    assert list(Contact.objects.values_list("note", flat=True)) == ["Halle ist frei"]


def test_control_alt_enter_saves_and_opens_the_next(signed_in_page: OpenPage) -> None:
    ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path=FORM)
    choose(page, "id_actors", "eiche")
    page.locator("#id_note").fill("Erstes Gespräch")
    page.keyboard.press("Control+Alt+Enter")
    expect(page.locator(".toast-note")).to_be_visible()
    expect(page.locator("#id_note")).to_have_value("")
    assert Contact.objects.count() == 1


def test_the_slash_goes_to_the_search_and_letters_typed_there_are_only_letters(
    signed_in_page: OpenPage,
) -> None:
    page = signed_in_page(path="/")
    page.keyboard.press("/")
    page.keyboard.type("n?")
    expect(page.locator("#global-search")).to_have_value("n?")


def test_single_keys_can_be_switched_off(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path="/")
    page.keyboard.press("?")
    page.locator("#shortcut-switch").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_what_was_typed_survives_a_closed_tab_and_goes_when_it_is_saved(signed_in_page: OpenPage) -> None:
    ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path=FORM)
    address = page.url
    choose(page, "id_actors", "eiche")
    page.locator("#id_note").fill("Noch nicht fertig")
    wait_for_draft(page, "Noch nicht fertig")
    tab = page.context.new_page()
    page.close()
    tab.goto(address)
    expect(tab.locator("#id_note")).to_have_value("Noch nicht fertig")
    expect(tab.locator(".ts-control .item")).to_contain_text("Turnverein Eiche")
    expect(tab.locator("form[data-main] .note-ok")).to_be_visible()
    tab.locator("#id_note").press("Control+Enter")
    expect(tab.locator(".toast-note")).to_be_visible()
    assert tab.evaluate(DRAFTS) == []
    assert Contact.objects.get().actors.get().name == "Turnverein Eiche"


def test_a_draft_survives_errors_and_an_ended_session(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path=FORM)
    address = page.url
    page.locator("#id_note").fill("Ohne Akteur")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_actors-ts-control")).to_be_focused()
    page.locator("#id_note").focus()
    page.locator("[data-error-summary] a").first.click()
    expect(page.locator("#id_actors-ts-control")).to_be_focused()
    session = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_note").fill("Ohne Akteur und ohne Sitzung")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/accounts/login/**")
    page.context.add_cookies(session)
    page.goto(address)
    expect(page.locator("#id_note")).to_have_value("Ohne Akteur und ohne Sitzung")


def test_a_restored_draft_can_be_discarded(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path=FORM)
    page.locator("#id_note").fill("Nicht mehr nötig")
    wait_for_draft(page, "Nicht mehr nötig")
    page.reload()
    page.locator("form[data-main] .note-ok button").click()
    expect(page.locator("#id_note")).to_have_value("")
    assert page.evaluate(DRAFTS) == []


def test_signing_out_takes_the_drafts_away(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path=FORM)
    page.locator("#id_note").fill("Vertraulich")
    wait_for_draft(page, "Vertraulich")
    page.locator(".btn-user").click()
    page.locator("form[data-sign-out] button").click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate(DRAFTS) == []


def test_somebody_else_does_not_find_the_drafts(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path=FORM)
    page.locator("#id_note").fill("Vertraulich")
    wait_for_draft(page, "Vertraulich")
    other = signed_in_page(path=FORM)
    expect(other.locator("#id_note")).to_have_value("")
    assert other.evaluate(DRAFTS) == []


def test_chips_set_the_day_and_a_month_never_skips_one(signed_in_page: OpenPage) -> None:
    page = signed_in_page()
    page.clock.set_fixed_time("2021-01-31T12:00:00+01:00")
    page = signed_in_page(path=FORM)
    focused = {}
    for step in ("+1", "+7", "+1m"):
        page.locator(f"[data-set-date='{step}']").click()
        focused[step] = page.locator("#id_follow_up_due").input_value()
    assert focused == {"+1": "2021-02-01", "+7": "2021-02-07", "+1m": "2021-02-28"}


def test_filters_apply_while_typing_and_back_undoes_them(signed_in_page: OpenPage) -> None:
    for name in ("Turnverein Eiche", "Turnverein Linde", "Grundschule Buche"):
        ActorFactory.create(name=name)
    page = signed_in_page(path="/actors/")
    page.locator("#id_q").fill("turn")
    page.wait_for_url(re.compile(r"\?q=turn$"))
    expect(page.locator("#results tbody tr")).to_have_count(2)
    expect(page.locator("#list-count")).to_contain_text("2")
    expect(page.locator("#list-export")).to_have_attribute("href", re.compile("q=turn"))
    page.locator("#results thead a").first.click()
    page.wait_for_url(re.compile("sort="))
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    page.go_back()
    page.wait_for_url(re.compile(r"\?q=turn$"))
    page.go_back()
    expect(page.locator("#results tbody tr")).to_have_count(3)
    expect(page.locator("#id_q")).to_have_value("")


def test_dark_is_remembered_and_the_first_choice_is_the_systems(signed_in_page: OpenPage) -> None:
    page = signed_in_page()
    page.emulate_media(color_scheme="dark")
    page = signed_in_page(path="/")
    html = page.locator("html")
    expect(html).to_have_attribute("data-bs-theme", "dark")
    page.locator("[data-theme-toggle]").click()
    page.reload()
    expect(html).to_have_attribute("data-bs-theme", "light")


def test_the_menu_opens_on_a_phone_and_escape_closes_what_is_open(signed_in_page: OpenPage) -> None:
    page = signed_in_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page = signed_in_page(path="/")
    menu = page.locator("#mainnav")
    expect(menu).to_be_hidden()
    page.locator("[data-nav-toggle]").click()
    expect(menu).to_be_visible()
    page.locator(".btn-user").click()
    expect(page.locator("form[data-sign-out]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("form[data-sign-out]")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


ENTRANCE = ["login/", "signup/", "inactive/", "password/reset/", "password/reset/key/1-abc/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_before_signing_in_are_accessible(
    anonymous_page: Page, live_server: LiveServer, scheme: str
) -> None:
    anonymous_page.emulate_media(color_scheme=scheme)
    for path in ENTRANCE:
        anonymous_page.goto(f"{live_server.url}/accounts/{path}")
        check_axe(anonymous_page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_start_page_is_accessible_before_and_after_the_first_entry(
    signed_in_page: OpenPage, scheme: str
) -> None:
    page = signed_in_page()
    page.emulate_media(color_scheme=scheme)
    page = signed_in_page(path="/")
    expect(page.locator(".steps")).to_be_visible()
    check_axe(page)
    ContactFactory.create()
    page.reload()
    expect(page.locator(".start")).to_be_visible()
    check_axe(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialogs_menus_and_errors_are_accessible(signed_in_page: OpenPage, scheme: str) -> None:
    page = signed_in_page()
    page.emulate_media(color_scheme=scheme)
    page = signed_in_page(path=FORM)
    page.keyboard.press("Control+Enter")
    page.locator("main form[data-main] [type=submit]").first.click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    check_axe(page)
    page.locator(".btn-user").click()
    page.locator(".menu-panel [data-dialog=shortcuts]").click()
    expect(page.locator("#shortcuts")).to_be_visible()
    check_axe(page)
