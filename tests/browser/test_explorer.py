"""The network explorer in Chromium: the picture and, beside it, everything it says in words."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory, OfficeFactory
from tests.factories.events import EventFactory, ParticipationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def network() -> None:
    """The office met everybody; without it Solo is alone and the others fall into two groups."""
    office = OfficeFactory.create(name="Stadtteilbüro")
    a, b, c, d = (ActorFactory.create(name=name) for name in ("Ähre", "Börse", "Cello", "Dachs"))
    solo = ActorFactory.create(name="Solo")
    for year, actors in ((2018, (a, b)), (2019, (c, d)), (2020, (office, a, c)), (2021, (office, solo))):
        event = EventFactory.create(start_date=dt.date(year, 12, 31))
        for actor in actors:
            ParticipationFactory.create(event=event, actor=actor)


def opened(page: Page) -> Page:
    expect(page.locator("#network[data-ready=true]")).to_be_attached(timeout=15_000)
    return page


def summary(page: Page) -> str:
    return page.locator("#network-summary").inner_text()


def test_office_off_names_what_falls_apart(signed_in_page, network):
    page = opened(signed_in_page("staff", "/reports/explorer/"))
    assert (
        summary(page) == "6 Akteure, 6 Verbindungen, zusammenhängende Gruppen: 1, Akteure ohne Verbindung: 0."
    )
    page.get_by_label("Mit dem Stadtteilbüro").uncheck()
    assert summary(page).splitlines() == [
        "5 Akteure, 3 Verbindungen, zusammenhängende Gruppen: 1, Akteure ohne Verbindung: 1.",
        "",
        "Ohne das Büro entfallen 3 Verbindungen (50 %). Akteure, die ihre letzte Verbindung verlieren: 1. "
        "Zusammenhängende Gruppen: 1 statt 1. Ohne Verbindung bleiben: Solo",
    ]


def test_the_period_leaves_only_the_ties_of_its_years(signed_in_page, network):
    page = opened(signed_in_page("staff", "/reports/explorer/"))
    page.locator("#network-to").fill("2019")
    assert summary(page).startswith("6 Akteure, 2 Verbindungen, zusammenhängende Gruppen: 2")
    expect(page.locator("#network-years")).to_have_text("2018–2019")


def test_an_actor_is_found_in_any_spelling_and_shows_with_whom_it_is_connected(signed_in_page, network):
    page = opened(signed_in_page("staff", "/reports/explorer/"))
    page.get_by_label("Akteur finden").fill("aehre")
    page.keyboard.press("Enter")
    panel = page.locator("#network-selection")
    expect(panel.get_by_role("heading")).to_have_text("Ähre")
    assert panel.locator("li button").all_inner_texts() == ["Börse", "Stadtteilbüro", "Cello"]
    expect(page.locator("#network-live")).to_have_text("Ähre: 3 Verbindungen")


def test_the_legend_hides_a_sector(signed_in_page, network):
    page = opened(signed_in_page("staff", "/reports/explorer/"))
    page.get_by_label("Verein/Initiative").uncheck()
    assert summary(page).startswith("1 Akteure, 0 Verbindungen")


def test_the_table_sorts_by_keyboard_and_selects(signed_in_page, network):
    page = opened(signed_in_page("staff", "/reports/explorer/"))
    table = page.locator("#network-table")
    table.get_by_role("button", name="Akteur").focus()
    page.keyboard.press("Enter")
    names = table.locator("tbody th button")
    assert names.all_inner_texts() == ["Ähre", "Börse", "Cello", "Dachs", "Solo", "Stadtteilbüro"]
    names.last.press("Enter")
    expect(page.locator("#network-selection").get_by_role("heading")).to_have_text("Stadtteilbüro")


def test_clicking_in_the_picture_selects(signed_in_page, network):
    page = opened(signed_in_page("staff", "/reports/explorer/"))
    place = page.evaluate(
        """() => {
            const { renderer } = window.networkExplorer.view;
            const node = window.networkExplorer.model.nodes.find((entry) => entry.label === "Dachs");
            const box = document.querySelector("#network-graph").getBoundingClientRect();
            const at = renderer.framedGraphToViewport(renderer.getNodeDisplayData(String(node.index)));
            return [box.left + at.x, box.top + at.y];
        }"""
    )
    page.mouse.click(*place)
    expect(page.locator("#network-selection").get_by_role("heading")).to_have_text("Dachs")


def test_colour_and_size_can_be_chosen(signed_in_page, network):
    page = opened(signed_in_page("staff", "/reports/explorer/"))
    page.get_by_label("Farbe", exact=True).select_option("community")
    expect(page.locator("#network-legend")).to_contain_text("Gemeinschaft 1")
    page.get_by_label("Größe", exact=True).select_option("betweenness")
    assert page.evaluate("window.networkExplorer.view.sizeBy") == "betweenness"


def test_an_empty_register_says_what_to_do(signed_in_page):
    page = opened(signed_in_page("staff", "/reports/explorer/"))
    expect(page.locator("#network-status")).to_contain_text("Es gibt noch kein Netzwerk.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_explorer_and_reports_are_accessible(signed_in_page, network, theme):
    page = opened(signed_in_page("staff", "/reports/explorer/"))
    page.emulate_media(color_scheme=theme)
    page.reload()
    check_axe(opened(page))
    for path in ("/reports/", "/reports/network/", "/reports/continuity/", "/reports/activity/"):
        page.goto(page.url.split("/reports/")[0] + path)
        check_axe(page)
