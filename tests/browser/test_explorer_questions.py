"""The network explorer in Chromium: taking actors out, questions as buttons, two periods side by side."""

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
    summary,
)
from tests.factories.actors import ActorFactory, OfficeFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page_of_network(signed_in_page) -> Page:
    make_network()
    return opened(signed_in_page("staff", PATH))


def answer(page: Page):
    return page.locator("#network-answer")


def test_without_the_office_it_is_named_what_falls_apart(page_of_network):
    page_of_network.get_by_label("ist nicht mehr da").check()
    lines = summary(page_of_network).locator("p")
    expect(lines).to_have_text(
        [
            "5 Akteure · 3 Verbindungen · 1 zusammenhängende Gruppe · 1 ohne Verbindung",
            "Ohne Büro: 3 von 6 Verbindungen entfallen. Zusammenhängende Gruppen: 1 statt 1. "
            "Größte Gruppe: 4 statt 6 Akteure.",
            "1 Akteur verliert die letzte Verbindung: Solo",
            "1 Akteur kann die größte Gruppe nicht mehr erreichen. Überbrücken könnten: "
            "Ähre (gemeinsame Kontakte: 1), Cello (gemeinsame Kontakte: 1)",
        ]
    )


def test_without_the_offices_events_their_ties_go_as_well(page_of_network):
    page_of_network.get_by_label("und seine Veranstaltungen entfallen").check()
    expect(page_of_network).to_have_url(re.compile(r"office=cancelled"))
    expect(summary(page_of_network)).to_contain_text("5 Akteure")


def test_any_actor_is_taken_out_and_put_back(page_of_network):
    before = summary(page_of_network).inner_text()
    choose(page_of_network, "Cello")
    page_of_network.get_by_role("button", name="Ohne diesen Akteur").click()
    expect(summary(page_of_network)).to_contain_text("Ohne Cello: 3 von 6 Verbindungen entfallen.")
    expect(summary(page_of_network)).to_contain_text("1 Akteur verliert die letzte Verbindung: Dachs")
    page_of_network.get_by_label("Ohne …").fill("börse")
    page_of_network.get_by_label("Ohne …").press("Enter")
    expect(summary(page_of_network)).to_contain_text("Ohne Börse, Cello:")
    page_of_network.get_by_role("button", name="Cello zurückholen").click()
    page_of_network.get_by_role("button", name="Börse zurückholen").click()
    expect(summary(page_of_network)).to_have_text(before)


def test_who_could_bridge_can_be_chosen(page_of_network):
    page_of_network.get_by_label("ist nicht mehr da").check()
    summary(page_of_network).get_by_role("button", name="Cello").click()
    expect(panel(page_of_network).get_by_role("heading", level=2)).to_have_text("Cello")


def test_a_share_of_ties_is_told_from_twenty_on(signed_in_page):
    actors = [ActorFactory.create(name=f"A{number}") for number in range(7)]
    meet(2019, *actors)
    meet(2020, *actors)
    page = opened(signed_in_page("staff", f"{PATH}?without={actors[0].pk}"))
    expect(summary(page)).to_contain_text("6 von 21 Verbindungen entfallen (29 %)")
    expect(summary(page)).not_to_contain_text("Überbrücken")


def test_who_brings_groups_together(page_of_network):
    page_of_network.get_by_role("button", name="Wer bringt Gruppen zusammen?").click()
    expect(answer(page_of_network)).to_contain_text("Groß ist, wer Gruppen verbindet")
    expect(page_of_network.get_by_label("Größe", exact=True)).to_have_value("betweenness")
    expect(page_of_network.locator("#network-table th[aria-sort=descending]")).to_contain_text("Brücke")
    assert names_in_table(page_of_network)[0] in ("Büro", "Cello", "Ähre")
    page_of_network.get_by_role("button", name="Wer bringt Gruppen zusammen?").click()
    expect(answer(page_of_network)).to_be_hidden()


def test_who_is_missing(page_of_network):
    page_of_network.get_by_role("button", name="Wer fehlt?").click()
    expect(answer(page_of_network)).to_have_text(
        "1 Akteur war früher dabei, seit 2019 aber nicht mehr: Börse."
    )
    assert names_in_table(page_of_network) == ["Börse"]


def test_what_depends_on_the_office(page_of_network):
    page_of_network.get_by_role("button", name="Was hängt am Büro?").click()
    expect(answer(page_of_network)).to_have_text(
        "Ohne das Büro und seine Veranstaltungen: 1 Akteur verliert alle Verbindungen, "
        "alle anderen hängen zusammen wie bisher."
    )
    expect(page_of_network.get_by_label("und seine Veranstaltungen entfallen")).to_be_checked()
    expect(page_of_network.locator("#network-table th[aria-sort=descending]")).to_contain_text("Verlorene")
    assert "Solo" in names_in_table(page_of_network)


def test_a_link_to_the_question_about_the_office_answers_it(signed_in_page):
    office, *others = (
        OfficeFactory.create(name="Büro"),
        *(ActorFactory.create(name=name) for name in "ABCD"),
    )
    for pair in (others[:2], others[2:], [office, others[0]], [office, others[2]]):
        meet(2019, *pair)
    page = opened(signed_in_page("staff", f"{PATH}?preset=office"))
    expect(page.get_by_label("und seine Veranstaltungen entfallen")).to_be_checked()
    expect(answer(page)).to_have_text(
        "Ohne das Büro und seine Veranstaltungen: niemand verliert alle Verbindungen, "
        "2 verlieren mindestens die Hälfte, 1 zusammenhängende Gruppe zerfällt."
    )


def test_who_is_new_since_a_year(page_of_network):
    page_of_network.get_by_label("Neu seit dem Jahr").select_option("2020")
    expect(answer(page_of_network)).to_contain_text("2 Akteure sind seit 2020 neu dabei")
    expect(page_of_network).to_have_url(re.compile(r"(?=.*preset=new)(?=.*since=2020)"))
    page_of_network.get_by_label("Neu seit dem Jahr").select_option("2021")
    expect(answer(page_of_network)).to_have_text("1 Akteur ist seit 2021 neu dabei: Solo.")
    page_of_network.reload()
    expect(answer(opened(page_of_network))).to_have_text("1 Akteur ist seit 2021 neu dabei: Solo.")


def test_a_filter_ends_the_question(page_of_network):
    page_of_network.get_by_role("button", name="Wer fehlt?").click()
    expect(answer(page_of_network)).to_be_visible()
    page_of_network.locator("#network-until").fill("2019")
    expect(answer(page_of_network)).to_be_hidden()


def test_two_periods_stand_side_by_side(page_of_network):
    page_of_network.get_by_role("button", name="Zwei Zeiträume").click()
    changes = page_of_network.locator(".network-changes li")
    expect(changes).to_have_text(
        ["2 weggefallene Verbindungen", "4 neue Verbindungen", "0 gebliebene Verbindungen"]
    )
    expect(page_of_network.locator("#network-jaccard")).to_contain_text("Bei nur 6 Verbindungen")
    expect(page_of_network.locator("#network-left canvas").first).to_be_attached()
    page_of_network.locator("#network-right-from").select_option("2021")
    expect(changes.nth(1)).to_have_text("1 neue Verbindung")
    expect(page_of_network).to_have_url(re.compile(r"compare=2018-2019%2C2021"))
    page_of_network.get_by_text("Neue und weggefallene Verbindungen als Tabelle").click()
    expect(page_of_network.locator("#network-compare-table tbody tr")).to_have_count(3)
    page_of_network.reload()
    expect(opened(page_of_network).locator("#network-left-until")).to_have_value("2019")
    page_of_network.get_by_role("button", name="Vergleich beenden").click()
    expect(page_of_network.locator("#network-graph")).to_be_visible()


def test_the_two_pictures_move_together(page_of_network):
    page_of_network.get_by_role("button", name="Zwei Zeiträume").click()
    expect(page_of_network.locator("#network-right canvas").first).to_be_attached()
    ratios = page_of_network.evaluate(
        """() => {
            const part = window.networkExplorer.parts.find((entry) => entry.picture);
            const [left, right] = part.picture.renderers.map((renderer) => renderer.getCamera());
            left.setState({ ...left.getState(), ratio: 0.5 });
            return [left.ratio, right.ratio];
        }"""
    )
    assert ratios == [0.5, 0.5]


def test_a_reset_takes_back_question_and_comparison(page_of_network):
    page_of_network.get_by_role("button", name="Zwei Zeiträume").click()
    page_of_network.get_by_role("button", name="Alles zurücksetzen").click()
    expect(page_of_network.locator("#network-graph")).to_be_visible()
    figures_stand(page_of_network)
    expect(panel(page_of_network)).to_contain_text("Umsehen")
