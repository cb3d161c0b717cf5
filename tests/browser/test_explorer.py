"""The network explorer in Chromium: what is shown, and how it is filtered."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import (
    PATH,
    choose,
    figures_stand,
    make_network,
    meet,
    names_in_table,
    opened,
    panel,
    place_of,
    summary,
)
from tests.factories.actors import ActorFactory

pytestmark = pytest.mark.django_db(transaction=True)
ALL = "6 Akteure · 6 Verbindungen · 1 zusammenhängender Teil · 0 ohne Verbindung"


@pytest.fixture
def page_of_network(signed_in_page) -> Page:
    make_network()
    return opened(signed_in_page("staff", PATH))


def slide(page: Page, handle: str, year: int) -> None:
    page.locator(f"#network-{handle}").fill(str(year))


def test_the_page_says_in_words_what_it_shows(page_of_network):
    expect(summary(page_of_network)).to_have_text(ALL)


def drawn_span(page: Page) -> list[float]:
    """How much of the stage's width and height the actors take."""
    return page.evaluate(
        """() => {
            const { view, model } = window.networkExplorer;
            const places = model.nodes.map((node) =>
                view.renderer.framedGraphToViewport(view.renderer.getNodeDisplayData(String(node.index))));
            const span = (values) => Math.max(...values) - Math.min(...values);
            const { width, height } = view.renderer.getDimensions();
            return [span(places.map((at) => at.x)) / width, span(places.map((at) => at.y)) / height];
        }"""
    )


def test_the_picture_fills_its_stage_and_is_the_same_at_the_same_size(page_of_network):
    before = place_of(page_of_network, "Cello")
    assert min(drawn_span(page_of_network)) > 0.7
    page_of_network.set_viewport_size({"width": 800, "height": 1100})
    page_of_network.wait_for_function("window.networkExplorer.view.stretch < 1")
    assert min(drawn_span(page_of_network)) > 0.7
    page_of_network.set_viewport_size({"width": 1280, "height": 720})
    page_of_network.wait_for_function("window.networkExplorer.view.stretch > 1")
    assert place_of(page_of_network, "Cello") == pytest.approx(before, abs=1)


def test_the_period_leaves_only_the_ties_of_its_years(page_of_network):
    slide(page_of_network, "until", 2019)
    expect(summary(page_of_network)).to_contain_text("2 Verbindungen · 2 zusammenhängende Teile")
    expect(page_of_network.locator("#network-years")).to_have_text("2018–2019")
    page_of_network.get_by_role("button", name="alle Jahre").click()
    expect(summary(page_of_network)).to_have_text(ALL)


def test_with_little_motion_each_press_is_one_year(page_of_network):
    for years in ("2018", "2019", "2020"):
        page_of_network.get_by_role("button", name="Ein Jahr weiter").click()
        expect(page_of_network.locator("#network-years")).to_have_text(years)
    expect(page_of_network.locator("#network-live")).to_have_text("2020: 3 Verbindungen")


def test_the_years_play_one_after_the_other_and_stop_at_the_last(signed_in_page, live_server):
    make_network()
    page = signed_in_page()
    page.emulate_media(reduced_motion="no-preference")
    page.goto(live_server.url + PATH)
    opened(page)
    page.clock.install()
    page.get_by_role("button", name="Jahre abspielen").click()
    expect(page.locator("#network-years")).to_have_text("2018")
    page.clock.run_for(1_500)
    expect(page.locator("#network-years")).to_have_text("2019")
    page.clock.run_for(4_000)
    expect(page.locator("#network-years")).to_have_text("2021")
    expect(page.get_by_role("button", name="Jahre abspielen")).to_be_visible()


def test_the_legend_hides_a_sector_and_brings_it_back(page_of_network):
    box = page_of_network.get_by_role("checkbox", name="Verein/Initiative")
    box.uncheck()
    expect(summary(page_of_network)).to_contain_text("1 Akteur · 0 Verbindungen")
    expect(page_of_network.locator("#network-hint")).to_contain_text("Nur Büro ist übrig.")
    box.check()
    expect(summary(page_of_network)).to_have_text(ALL)


def test_kinds_of_ties_are_switched_in_the_legend(page_of_network):
    page_of_network.locator("#kind-attendance").uncheck()
    expect(page_of_network.locator("#network-hint")).to_be_visible()
    expect(summary(page_of_network)).to_contain_text("6 Akteure · 0 Verbindungen")


def test_weak_ties_are_left_out(page_of_network):
    page_of_network.locator("#network-minimum").fill("20")
    expect(summary(page_of_network)).to_contain_text("3 Verbindungen")
    expect(page_of_network.locator("#network-minimum-value")).to_have_text("1,00")


def test_kinds_of_events_ask_the_server_again(page_of_network):
    page_of_network.locator(".network-filter summary").first.click()
    with page_of_network.expect_request("**/explorer/data/?*types=*"):
        page_of_network.locator("#network-types input").first.check()
    expect(page_of_network.locator("#network[data-ready=true]")).to_be_attached()
    expect(page_of_network.locator("#network-types-count")).to_have_text("1 gewählt")


def test_an_empty_backbone_says_so(page_of_network):
    page_of_network.get_by_label("Nur Verbindungen, die stärker sind als der Zufall").select_option("0.01")
    expect(summary(page_of_network)).to_contain_text("6 Akteure · 0 Verbindungen")
    expect(summary(page_of_network)).to_contain_text("ist stärker als der Zufall")


def test_colour_and_size_can_be_chosen(page_of_network):
    page_of_network.get_by_label("Farbe", exact=True).select_option("community")
    expect(page_of_network.locator("#network-legend-title")).to_have_text("Gruppen")
    page_of_network.get_by_label("Größe", exact=True).select_option("betweenness")
    expect(page_of_network).to_have_url(re.compile(r"(?=.*colour=community)(?=.*size=betweenness)"))
    page_of_network.get_by_label("Farbe", exact=True).select_option("topic")
    expect(page_of_network.locator("#network-legend")).to_contain_text("Handlungsfeld")


def test_the_address_restores_the_view(page_of_network):
    choose(page_of_network, "Cello")
    slide(page_of_network, "from", 2019)
    page_of_network.get_by_role("button", name="2 Schritte").click()
    page_of_network.get_by_label("ist nicht mehr da").check()
    expect(page_of_network).to_have_url(re.compile(r"(?=.*office=without)(?=.*steps=2)"))
    expect(summary(page_of_network)).to_contain_text("Überbrücken könnten")
    before = summary(page_of_network).inner_text()
    page_of_network.reload()
    opened(page_of_network)
    expect(panel(page_of_network).get_by_role("heading", level=2)).to_have_text("Cello")
    expect(page_of_network.get_by_role("button", name="2 Schritte")).to_have_attribute("aria-pressed", "true")
    assert summary(page_of_network).inner_text() == before


def test_everything_can_be_reset(page_of_network):
    slide(page_of_network, "until", 2019)
    page_of_network.get_by_label("ist nicht mehr da").check()
    page_of_network.get_by_role("button", name="Alles zurücksetzen").click()
    expect(summary(page_of_network)).to_have_text(ALL)
    figures_stand(page_of_network)
    assert page_of_network.url.endswith(PATH)


def test_an_empty_register_says_what_to_do(signed_in_page):
    page = signed_in_page("staff", PATH)
    expect(page.locator("#network-empty")).to_contain_text("Es gibt noch kein Netzwerk")
    # There is nothing to export or to share.
    expect(page.get_by_text("Export und Teilen")).to_be_hidden()


def test_an_empty_year_and_lonely_actors_get_a_sentence(signed_in_page):
    meet(2015, ActorFactory.create(name="Eins"), ActorFactory.create(name="Zwei"))
    meet(2018, ActorFactory.create(name="Drei"), ActorFactory.create(name="Vier"))
    page = opened(signed_in_page("staff", PATH + "?from_year=2016&until_year=2017"))
    expect(page.locator("#network-hint")).to_have_text(
        "Im Gezeigten gibt es für 2016–2017 keine Verbindungen. Wählen Sie einen längeren Zeitraum oder "
        "weniger Filter."
    )
    expect(page.locator("#network-notes")).to_contain_text("Weniger als fünf Veranstaltungen")


def test_a_long_name_is_shortened_in_the_picture_and_whole_beside_it(signed_in_page):
    name = "Verein zur " + "sehr " * 37 + "guten Pflege"
    attack = "<script>alert(1)</script>"
    meet(2020, ActorFactory.create(name=name), ActorFactory.create(name=attack))
    page = opened(signed_in_page("staff", PATH))
    drawn = page.evaluate("window.networkExplorer.view.graph.mapNodes((_node, { label }) => label)")
    assert {len(label) <= 34 for label in drawn} == {True}
    page.locator("#network-search").fill("pflege")
    page.locator("#network-search").press("Enter")
    expect(panel(page).get_by_role("heading", level=2)).to_have_text(name)
    assert sorted(names_in_table(page)) == sorted([name, attack])


def test_clicking_in_the_picture_selects(page_of_network):
    page_of_network.mouse.click(*place_of(page_of_network, "Dachs"))
    expect(panel(page_of_network).get_by_role("heading", level=2)).to_have_text("Dachs")
