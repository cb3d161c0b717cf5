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
from tests.factories.events import EventFactory, ParticipationFactory

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
            "5 Akteure · 3 Verbindungen · 1 zusammenhängender Teil · 1 ohne Verbindung",
            "Ohne Büro: 3 von 6 Verbindungen entfallen. Zusammenhängende Teile: weiterhin 1. "
            "Größter zusammenhängender Teil: 4 statt 6 Akteure.",
            "1 Akteur verliert die letzte Verbindung: Solo",
            "1 Akteur kann den größten zusammenhängenden Teil nicht mehr erreichen. Überbrücken könnten: "
            "Ähre (gemeinsame Bekannte: 1), Cello (gemeinsame Bekannte: 1)",
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


def test_who_stands_between_others(page_of_network):
    page_of_network.get_by_role("button", name="Wer steht zwischen anderen?").click()
    expect(answer(page_of_network)).to_contain_text(
        "Groß ist, wer oft auf den kürzesten Wegen zwischen anderen liegt, allen voran "
    )
    expect(page_of_network.get_by_label("Größe", exact=True)).to_have_value("betweenness")
    expect(page_of_network.locator("#network-table th[aria-sort=descending]")).to_contain_text("Vermittlung")
    assert names_in_table(page_of_network)[0] in ("Büro", "Cello", "Ähre")
    page_of_network.get_by_role("button", name="Wer steht zwischen anderen?").click()
    expect(answer(page_of_network)).to_be_hidden()


def test_who_stands_between_others_as_often_as_those_named_is_not_passed_over(signed_in_page):
    """Five in a ring: each lies between others as often as each other."""
    ring = [ActorFactory.create(name=name) for name in "ABCDE"]
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        meet(2019, one, other)
    page = opened(signed_in_page("staff", f"{PATH}?preset=bridges"))
    expect(answer(page)).to_contain_text("allen voran A, B, C (weitere gleichauf).")


def test_where_all_met_each_other_nobody_stands_between(signed_in_page):
    meet(2018, *(ActorFactory.create(name=name) for name in "ABCD"), ActorFactory.create(name="E"))
    page = opened(signed_in_page("staff", f"{PATH}?preset=bridges"))
    expect(answer(page)).to_have_text("Hier liegt niemand auf einem kürzesten Weg zwischen anderen.")


def test_whoever_was_only_at_an_event_without_a_day_is_not_said_to_have_never_come(signed_in_page):
    one, other, undated, never = (ActorFactory.create(name=name) for name in ("Ä", "B", "Ohne Tag", "Nie"))
    meet(2018, one, other)
    meet(2021, one, other)
    event = EventFactory.create(start_date=None)
    for actor in (one, undated):
        ParticipationFactory.create(event=event, actor=actor)
    page = opened(signed_in_page("staff", f"{PATH}?preset=missing"))
    expect(answer(page)).to_have_text(
        "Alle, die je dabei waren, waren es auch seit 2019. 1 Akteur im Register nahm nie teil."
    )
    assert never.name == "Nie"


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
        "wer Verbindungen behält, hängt weiter zusammen wie bisher."
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
        "2 verlieren mindestens die Hälfte, 1 zusammenhängender Teil zerfällt."
    )


def test_who_is_new_since_a_year(page_of_network):
    page_of_network.get_by_label("Neu seit dem Jahr").select_option("2020")
    expect(answer(page_of_network)).to_have_text(
        re.compile(r"2 Akteure sind seit 2020 neu dabei: .*\. Verbindungen im Gezeigten haben davon 2\.")
    )
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
    expect(page_of_network.locator("#network-jaccard")).to_contain_text("Bei 6 Verbindungen")
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
