"""The network explorer in Chromium with 300 actors, on a phone, and where no picture can be drawn."""

import datetime as dt
import json
import random

import pytest
from playwright.sync_api import Page, Route, expect

from actors.models import Actor, Sector
from events.models import Participation
from tests.browser.axe import check_axe
from tests.browser.explorer import PATH, choose, figures_stand, make_network, opened, panel, summary
from tests.factories.actors import ActorTypeFactory, OfficeFactory, PersonFactory
from tests.factories.events import EventFactory, OrganiserRoleFactory, ParticipationRoleFactory

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 300
NO_WEBGL = """
    const draw = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return /webgl/.test(kind) ? null : draw.call(this, kind, ...rest);
    };
"""


@pytest.fixture
def many() -> None:
    """300 actors of all sectors, 60 events in twelve years."""
    chance = random.Random(7)
    types = [
        ActorTypeFactory.create(code=f"type-{sector}", sector=sector)
        for sector in (Sector.ASSOCIATION, Sector.BUSINESS, Sector.INSTITUTION)
    ]
    office = OfficeFactory.create()
    made = [
        Actor(kind=office.kind, actor_type=chance.choice(types), name=f"Verein {number:03}")
        for number in range(MANY - 1)
    ]
    for actor in made:
        actor.save()
    roles = [ParticipationRoleFactory.create(), OrganiserRoleFactory.create()]
    for number in range(60):
        event = EventFactory.create(start_date=dt.date(2010 + number % 12, 5, 1 + number % 28))
        guests = [office, *chance.sample(made, chance.randint(3, 16))]
        Participation.objects.bulk_create(
            Participation(event=event, actor=actor, role=roles[at < 3]) for at, actor in enumerate(guests)
        )


def check_from_top(page: Page) -> None:
    """Judge the page where nothing lies half under its header."""
    page.evaluate("scrollTo(0, 0)")
    check_axe(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_three_hundred_actors_are_accessible_in_light_and_dark(signed_in_page, many, theme):
    page = signed_in_page()
    page.emulate_media(color_scheme=theme)
    page = opened(signed_in_page("staff", PATH))
    expect(summary(page)).to_contain_text("300 Akteure")
    check_from_top(page)
    choose(page, "Verein 001")
    page.locator("#network-table tbody input").first.check()
    page.get_by_role("button", name="Was hängt am Büro?").click()
    figures_stand(page)
    check_from_top(page)
    page.get_by_role("button", name="Zwei Zeiträume").click()
    page.get_by_role("tab", name="Verbindungen").click()
    figures_stand(page)
    check_from_top(page)


def test_the_keyboard_alone_is_enough(signed_in_page, many):
    page = opened(signed_in_page("staff", PATH))
    page.locator("#network-search").focus()
    page.keyboard.type("verein 01")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", level=2)).to_have_text("Verein 010")
    page.locator("#network-graph").focus()
    for key in ("2", "+", "ArrowLeft", "0"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="2 Schritte")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Ohne diesen Akteur").press("Enter")
    expect(summary(page)).to_contain_text("Ohne Verein 010:")
    page.locator("#network-from").press("ArrowRight")
    expect(page.locator("#network-years")).to_have_text("2011–2021")
    page.get_by_role("tab", name="Akteure").press("ArrowRight")
    expect(page.get_by_role("tab", name="Verbindungen")).to_be_focused()
    page.locator("#network-tie-table tbody button").first.press("Enter")
    expect(panel(page).get_by_role("link").first).to_be_visible()
    page.locator("#network-table-panel").evaluate("() => document.activeElement.blur()")
    page.keyboard.press("Escape")
    expect(panel(page)).to_contain_text("Umsehen")


def test_on_a_phone_the_picture_comes_first_and_the_settings_from_below(signed_in_page, many):
    page = signed_in_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page = opened(signed_in_page("staff", PATH))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    picture, table = (page.locator(name).bounding_box()["y"] for name in ("#network-graph", "#network-table"))
    assert picture < 450 < table
    settings = page.locator("#network-settings")
    expect(settings).to_be_hidden()
    page.get_by_role("button", name="Einstellungen", exact=True).click()
    expect(settings).to_be_visible()
    check_axe(page)
    page.get_by_label("Farbe", exact=True).select_option("community")
    page.keyboard.press("Escape")
    expect(settings).to_be_hidden()
    page.locator("#network-search").fill("verein 001")
    page.locator("#network-search").press("Enter")
    page.locator("#network-selected").click()
    expect(panel(page).get_by_role("heading", level=2)).to_be_in_viewport()
    page.get_by_role("button", name="Zwei Zeiträume").click()
    left, right = (page.locator(f"#network-{side}").bounding_box() for side in ("left", "right"))
    assert left["y"] + left["height"] <= right["y"]


def test_without_webgl_the_sectors_and_the_table_are_there(signed_in_page):
    make_network()
    page = signed_in_page()
    page.add_init_script(NO_WEBGL)
    page = opened(signed_in_page("staff", PATH))
    expect(page.locator("#network-overview")).to_contain_text("kein WebGL")
    expect(page.locator("#network-overview svg")).to_contain_text("Verein/Initiative · 5")
    choose(page, "Solo")
    page.get_by_label("ist nicht mehr da").check()
    expect(summary(page)).to_contain_text("5 Akteure")
    check_axe(page)


def test_too_many_actors_are_an_overview(signed_in_page):
    make_network()

    def exaggerate(route: Route) -> None:
        data = route.fetch().json()
        data["meta"]["too_many"] = True
        route.fulfill(body=json.dumps(data), content_type="application/json")

    page = signed_in_page()
    page.route("**/explorer/data/*", exaggerate)
    page = opened(signed_in_page("staff", PATH))
    expect(page.locator("#network-overview")).to_contain_text("zu viele für ein Bild")
    expect(page.locator("#network-table tbody tr")).to_have_count(6)


def test_readers_see_pseudonyms_and_no_way_to_groups(signed_in_page):
    office = OfficeFactory.create(name="Büro")
    person = PersonFactory.create(family_name="Geheim")
    for year in (2019, 2020):
        event = EventFactory.create(start_date=dt.date(year, 5, 1))
        for actor in (office, person):
            Participation.objects.create(event=event, actor=actor, role=ParticipationRoleFactory.create())
    page: Page = opened(signed_in_page("reader", PATH))
    expect(page.locator("#network-table")).not_to_contain_text("Geheim")
    page.locator("#network-table tbody input").first.check()
    page.locator("#network-table tbody input").last.check()
    marked = page.locator("#network-marked")
    expect(marked.get_by_role("link", name="Als Liste öffnen")).to_be_visible()
    expect(marked.get_by_role("button", name="Als Akteursgruppe speichern")).to_have_count(0)
    page.locator("#network-table tbody tr", has_not_text="Büro").locator("th button").click()
    assert "actor=-" not in page.url


def test_a_failed_figure_leaves_the_picture(signed_in_page, page_problems):
    make_network()
    page = signed_in_page()
    page.route("**/explorer/figures/**", lambda route: route.fulfill(status=500, body=""))
    page = signed_in_page("staff", PATH)
    expect(page.locator("#network[data-figures=failed]")).to_be_attached(timeout=15_000)
    expect(page.locator("#network-notes")).to_contain_text("Die Kennzahlen konnten nicht geholt werden.")
    expect(page.locator("#network-table tbody tr")).to_have_count(6)
    page_problems[:] = [problem for problem in page_problems if "500" not in problem]
