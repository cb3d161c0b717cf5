"""The register in the browser: list, page, timeline, forms, and the search in the header."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from actors.models import Actor, FormerName
from tests.browser.axe import check_axe
from tests.factories.actors import (
    ActorFactory,
    AffiliationFactory,
    FormerNameFactory,
    PersonFactory,
    PhoneNumberFactory,
    RelationFactory,
)
from tests.factories.contacts import ContactFactory, FollowUpFactory
from tests.factories.events import ParticipationFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}


def club() -> Actor:
    """An actor with something on every part of its page."""
    actor = ActorFactory.create(name="Turnverein Eiche", district="Nord")
    FormerNameFactory.create(actor=actor, name="Turnerbund")
    PhoneNumberFactory.create(actor=actor)
    RelationFactory.create(source=actor, target=ActorFactory.create(name="Kita Sonne"))
    AffiliationFactory.create(organisation=actor, is_main_contact=True, role="Vorsitz")
    contact = ContactFactory.create(actors=[actor], subject="Halle", date=dt.date(2020, 3, 1))
    FollowUpFactory.create(contact=contact, text="Schlüssel abholen")
    ParticipationFactory.create(actor=actor)
    return actor


def names(page: Page) -> list[str]:
    return page.locator("#results td .name").all_inner_texts()


def test_the_list_filters_while_one_types_and_says_so_in_the_address(signed_in_page: OpenPage) -> None:
    club()
    page = signed_in_page(path="/actors/")
    page.locator("#id_q").fill("turnerb")
    expect(page.locator("#results td .name")).to_have_text(["Turnverein Eiche"])
    assert page.url.endswith("?q=turnerb")
    page.locator(".chips .chip a").first.click()
    expect(page.locator("#results td .name")).to_have_count(3)


def test_a_click_on_a_head_sorts_and_stays_on_the_page(signed_in_page: OpenPage) -> None:
    for name in ("Anfang", "Ende"):
        ActorFactory.create(name=name)
    page = signed_in_page(path="/actors/")
    assert names(page) == ["Anfang", "Ende"]
    page.locator("th a").first.click()
    page.locator("th[aria-sort]").wait_for()
    page.locator("th a").first.click()
    page.locator("th[aria-sort=descending]").wait_for()
    assert names(page) == ["Ende", "Anfang"]


@pytest.mark.parametrize("role", ["staff", "volunteer", "reader"])
@pytest.mark.parametrize("path", ["/actors/", "/actors/{pk}/", "/actors/{pk}/relations/", "/search/?q=eiche"])
def test_the_register_is_accessible_to_everybody(signed_in_page: OpenPage, role: str, path: str) -> None:
    page = signed_in_page(role, path.format(pk=club().pk))
    page.wait_for_load_state("networkidle")
    check_axe(page)


@pytest.mark.parametrize(
    "path", ["/actors/", "/actors/{pk}/", "/actors/{pk}/relations/", "/actors/{pk}/edit/"]
)
def test_on_a_phone_nothing_hangs_over_the_edge(signed_in_page: OpenPage, page: Page, path: str) -> None:
    page.set_viewport_size(PHONE)
    signed_in_page(path=path.format(pk=club().pk))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_axe(page)


def test_the_timeline_is_the_page_and_is_filtered_in_place(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path=club().get_absolute_url())
    expect(page.locator(".timeline > li")).to_have_count(2)
    page.locator("label.chip-choice", has=page.locator("input[value=contacts]")).click()
    expect(page.locator(".timeline > li")).to_have_count(1)
    expect(page.locator(".timeline h3")).to_have_text("Halle")


def test_tabs_change_without_leaving_the_page(signed_in_page: OpenPage) -> None:
    actor = club()
    page = signed_in_page(path=actor.get_absolute_url())
    page.locator(".nav-tabs a").nth(1).click()
    page.wait_for_url(f"**/actors/{actor.pk}/relations/")
    expect(page.locator("#actor-tab")).to_contain_text("Kita Sonne")
    expect(page.locator(".nav-tabs a[aria-current=page]")).to_have_count(1)
    page.locator(".nav-tabs a").first.click()
    expect(page.locator(".timeline > li")).to_have_count(2)


def test_a_follow_up_is_done_and_undone_from_the_page(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path=club().get_absolute_url())
    page.locator(".note-warn button[type=submit]").first.click()
    expect(page.locator(".note-warn")).to_have_count(0)
    page.locator(".toast-note form button").click()
    expect(page.locator(".note-warn")).to_contain_text("Schlüssel abholen")


def test_a_follow_up_is_put_off_by_one_press(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path=club().get_absolute_url())
    page.locator(".note-warn summary", has_text="Verschieben").click()
    page.locator(".note-warn .menu-item").nth(1).click()
    in_a_week = (dt.date.today() + dt.timedelta(days=7)).strftime("%d.%m.%Y")
    expect(page.locator(".note-warn")).to_contain_text(in_a_week)


def test_the_kind_switches_the_fields_and_keeps_what_was_typed(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path="/actors/new/")
    page.locator("#id_name").fill("Erika Neu")
    page.locator("#id_phones").fill("Büro: 05361 12345")
    page.locator("input[name=kind][value=person]").check()
    expect(page.locator("#id_family_name")).to_have_value("Neu")
    expect(page.locator("#id_phones")).to_have_value("Büro: 05361 12345")
    check_axe(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Erika Neu")
    assert Actor.objects.get().is_person


def test_a_bad_line_is_named_and_a_likely_double_asked_about(signed_in_page: OpenPage) -> None:
    PersonFactory.create(given_name="Erika", family_name="Neumann")
    page = signed_in_page(path="/actors/new/?kind=person")
    page.locator("#id_given_name").fill("Erika")
    page.locator("#id_family_name").fill("Neuman")
    page.locator("#id_phones").fill("05361 12345\nkeine")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".error-summary")).to_contain_text("2")
    page.locator("#id_phones").fill("05361 12345")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note-warn a")).to_have_text("Erika Neumann")
    check_axe(page)
    page.locator("#id_create_anyway").check()
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Erika Neuman")
    assert Actor.objects.count() == 2


def test_renaming_keeps_the_old_name_unless_one_says_no(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create(name="Sprecherkreis")
    page = signed_in_page(path=f"/actors/{actor.pk}/edit/")
    expect(page.locator("#id_keep_former_name")).to_be_checked()
    page.locator("#id_name").fill("Freunde Westhagens")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/actors/{actor.pk}/")
    assert FormerName.objects.get().name == "Sprecherkreis"


def test_three_letters_and_enter_open_the_first_hit(signed_in_page: OpenPage) -> None:
    actor = club()
    page = signed_in_page(path="/actors/new/")
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("tur")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/actors/{actor.pk}/")


def test_arrows_choose_a_suggestion_and_escape_closes_them(signed_in_page: OpenPage) -> None:
    club()
    second = ActorFactory.create(name="Turnverein Linde")
    page = signed_in_page(path="/actors/")
    page.keyboard.press("/")
    page.keyboard.type("turnverien")
    expect(page.locator(".suggest-hit")).to_have_count(2)
    check_axe(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator('.suggest-hit[aria-selected="true"]')).to_contain_text("Linde")
    page.keyboard.press("Escape")
    expect(page.locator("#search-suggestions")).to_be_hidden()
    page.locator("#global-search").press("End")
    page.keyboard.press("Backspace")
    expect(page.locator("#search-suggestions")).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/actors/{second.pk}/")


def test_a_relation_is_added_with_the_remote_search(signed_in_page: OpenPage) -> None:
    actor = club()
    ActorFactory.create(name="Schachclub Springer")
    page = signed_in_page(path=f"/actors/{actor.pk}/relations/new/")
    check_axe(page)
    page.locator("#id_kind").select_option("cooperates:out")
    page.locator("#id_other-ts-control").fill("sprnger")
    page.locator(".ts-dropdown .option").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/actors/{actor.pk}/relations/")
    expect(page.locator("#actor-tab")).to_contain_text("Schachclub Springer")
