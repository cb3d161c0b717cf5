"""The network explorer in Chromium: one actor, the way to another, records of a tie, marking several."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import (
    PATH,
    choose,
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


@pytest.fixture
def actors():
    return make_network()


@pytest.fixture
def page_of_network(signed_in_page, actors) -> Page:
    return opened(signed_in_page("staff", PATH))


def test_an_actor_is_found_in_any_spelling_and_shows_with_whom_it_is_connected(page_of_network):
    page_of_network.get_by_label("Akteur finden").fill("aehre")
    page_of_network.keyboard.press("Enter")
    expect(panel(page_of_network).get_by_role("heading", level=2)).to_have_text("Ähre")
    names = panel(page_of_network).locator(".network-neighbours .btn-link")
    expect(names).to_have_text(["Börse", "Cello", "Büro"])
    expect(page_of_network.locator("#network-live")).to_have_text("Ähre: 3 Verbindungen")


def test_actors_of_one_name_are_told_apart_where_they_are_looked_for(signed_in_page):
    meet(2020, *(ActorFactory.create(name="Lesekreis", street=street) for street in ("Weg 1", "Weg 2")))
    page = opened(signed_in_page("staff", PATH))
    page.get_by_label("Akteur finden").fill("lesek")
    found = page.locator("#network-hits button .sub")
    expect(found).to_have_text([re.compile("Weg 1$"), re.compile("Weg 2$")])
    found.last.click()
    expect(panel(page).locator(".sub").first).to_contain_text("Weg 2")


def test_keys_widen_the_circle_and_escape_ends_the_selection(page_of_network):
    choose(page_of_network, "Börse")
    page_of_network.locator("#network-graph").focus()
    page_of_network.keyboard.press("3")
    expect(page_of_network.get_by_role("button", name="3 Schritte")).to_have_attribute("aria-pressed", "true")
    expect(page_of_network.locator("#network-live")).to_have_text("Bis zu 3 Schritte um den gewählten Akteur")
    assert page_of_network.evaluate("window.networkExplorer.view.around.size") == 6
    page_of_network.keyboard.press("Escape")
    expect(panel(page_of_network)).to_contain_text("Umsehen")


def test_digits_typed_or_pressed_with_a_menu_open_leave_the_circle_alone(page_of_network):
    choose(page_of_network, "Börse")
    one_step = page_of_network.get_by_role("button", name="1 Schritt", exact=True)
    expect(one_step).to_have_attribute("aria-pressed", "true")
    page_of_network.get_by_label("Akteur finden").focus()
    page_of_network.keyboard.press("3")
    page_of_network.locator("main details.menu:not(.pagehelp) > summary").first.click()
    page_of_network.keyboard.press("2")
    expect(one_step).to_have_attribute("aria-pressed", "true")
    # Escape closes the menu, and only that.
    page_of_network.keyboard.press("Escape")
    expect(page_of_network.locator("main details.menu[open]")).to_have_count(0)
    expect(panel(page_of_network).get_by_role("heading", level=2)).to_have_text("Börse")


def test_the_shortest_way_is_listed(page_of_network):
    choose(page_of_network, "Börse")
    page_of_network.get_by_role("button", name="Weg zu …").click()
    page_of_network.get_by_label("Weg zu wem?").fill("dachs")
    page_of_network.get_by_label("Weg zu wem?").press("Enter")
    expect(panel(page_of_network)).to_contain_text("3 Schritte, der kürzeste Weg")
    way = panel(page_of_network).locator(".network-way .btn-link")
    expect(way).to_have_text(["Börse", "Ähre", "Cello", "Dachs"])
    expect(page_of_network).to_have_url(re.compile(r"target="))
    page_of_network.reload()
    expect(panel(opened(page_of_network))).to_contain_text("Weg zu Dachs")


def test_shift_and_click_asks_for_the_way_and_what_two_have_in_common(page_of_network):
    choose(page_of_network, "Cello")
    page_of_network.keyboard.down("Shift")
    page_of_network.mouse.click(*place_of(page_of_network, "Dachs"))
    page_of_network.keyboard.up("Shift")
    expect(panel(page_of_network)).to_contain_text("direkt verbunden")
    page_of_network.get_by_role("button", name="Was sie gemeinsam haben").click()
    expect(panel(page_of_network).get_by_role("link")).to_have_text(["Hofkonzert"])


def test_where_there_is_no_way_it_says_so(page_of_network):
    page_of_network.locator("#network-until").fill("2019")
    choose(page_of_network, "Börse")
    page_of_network.get_by_role("button", name="Weg zu …").click()
    page_of_network.get_by_label("Weg zu wem?").fill("dachs")
    page_of_network.get_by_label("Weg zu wem?").press("Enter")
    expect(panel(page_of_network)).to_contain_text("Es gibt keinen Weg")


def test_the_records_behind_a_tie_are_links(page_of_network):
    choose(page_of_network, "Solo")
    page_of_network.get_by_role("button", name="Belege zur Verbindung von Solo und Büro").press("Enter")
    expect(panel(page_of_network).get_by_role("link")).to_have_text(["Sprechstunde"])
    expect(panel(page_of_network)).to_contain_text("31.12.2021")
    page_of_network.get_by_role("button", name="Zurück", exact=True).click()
    expect(panel(page_of_network).get_by_role("heading", level=2)).to_have_text("Solo")


def test_clicking_a_tie_in_the_picture_shows_its_records(page_of_network):
    ends = [place_of(page_of_network, name) for name in ("Cello", "Dachs")]
    page_of_network.mouse.click(*[(a + b) / 2 for a, b in zip(*ends, strict=True)])
    expect(panel(page_of_network).get_by_role("link")).to_have_text(["Hofkonzert"])


def test_the_table_of_ties_names_kind_and_strength(page_of_network):
    page_of_network.get_by_role("tab", name="Verbindungen").click()
    rows = page_of_network.locator("#network-tie-table tbody tr")
    expect(rows).to_have_count(6)
    rows.filter(has_text="Dachs").get_by_role("button").click()
    expect(panel(page_of_network).get_by_role("link")).to_have_text(["Hofkonzert"])


def test_the_table_sorts_by_keyboard_and_selects(page_of_network):
    page_of_network.locator("#network-table").get_by_role("button", name="Akteur", exact=True).focus()
    page_of_network.keyboard.press("Enter")
    assert names_in_table(page_of_network) == ["Ähre", "Börse", "Büro", "Cello", "Dachs", "Solo"]
    page_of_network.locator("#network-table tbody th button").last.press("Enter")
    expect(panel(page_of_network).get_by_role("heading", level=2)).to_have_text("Solo")


def test_every_measure_is_explained(page_of_network):
    page_of_network.get_by_text("Was die Zahlen bedeuten").click()
    expect(page_of_network.locator("#network-measures")).to_contain_text(
        "Wie oft dieser Akteur auf dem kürzesten Weg zwischen zwei anderen liegt"
    )


def test_the_marked_become_a_list_a_group_or_an_invitation(page_of_network, actors):
    for name in ("Ähre", "Cello"):
        page_of_network.get_by_label(f"{name} markieren").check()
    marked = page_of_network.locator("#network-marked")
    expect(marked.get_by_role("heading")).to_have_text("2 markiert")
    ids = f"{actors['Ähre'].pk},{actors['Cello'].pk}"
    expect(marked.get_by_role("link", name="Als Liste öffnen")).to_have_attribute(
        "href", f"/actors/?ids={ids}"
    )
    expect(marked.get_by_role("link", name="Zu Veranstaltung einladen")).to_have_attribute(
        "href", f"/events/invite/?ids={ids}"
    )
    marked.get_by_role("button", name="Als Akteursgruppe speichern").click()
    expect(page_of_network.locator("main")).to_contain_text("Cello")
    assert page_of_network.url.endswith("/actors/groups/from-selection/")


def test_the_lasso_marks_who_lies_within(page_of_network):
    x, y = place_of(page_of_network, "Dachs")
    page_of_network.get_by_role("button", name="Lasso").click()
    mouse = page_of_network.mouse
    mouse.move(x - 12, y - 12)
    mouse.down()
    for dx, dy in ((12, -12), (12, 12), (-12, 12), (-12, -6)):
        mouse.move(x + dx, y + dy)
    mouse.up()
    marked = page_of_network.locator("#network-marked")
    expect(marked.locator(".network-chip")).to_have_text(["Dachs"])
    marked.get_by_role("button", name="Ohne diese").click()
    expect(summary(page_of_network)).to_contain_text("Ohne Dachs:")


def test_files_for_other_programs_carry_the_question(page_of_network):
    page_of_network.locator("#network-until").fill("2018")
    expect(page_of_network).to_have_url(re.compile(r"until_year=2018"))
    page_of_network.get_by_text("Export und Teilen").click()
    with page_of_network.expect_download() as download:
        page_of_network.get_by_role("link", name="Verbindungen (CSV)").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
    assert len(rows) == 2
    assert {"Ähre", "Börse"} <= set(rows[1])


def test_the_picture_is_saved_twice_as_sharp(page_of_network):
    width = page_of_network.locator("#network-graph").bounding_box()["width"]
    page_of_network.get_by_text("Export und Teilen").click()
    with page_of_network.expect_download() as download:
        page_of_network.get_by_role("button", name="Bild (PNG, doppelte Schärfe)").click()
    content = download.value.path().read_bytes()
    assert download.value.suggested_filename == "netzwerk.png"
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20], "big") == round(width * 2)


def test_the_link_is_copied(page_of_network):
    page_of_network.context.grant_permissions(["clipboard-read", "clipboard-write"])
    choose(page_of_network, "Solo")
    page_of_network.get_by_text("Export und Teilen").click()
    page_of_network.get_by_role("button", name="Link kopieren").click()
    expect(page_of_network.locator("#network-copied")).to_be_visible()
    assert "actor=" in page_of_network.evaluate("navigator.clipboard.readText()")


def test_a_report_takes_over_the_question(page_of_network):
    page_of_network.locator("#network-from").fill("2020")
    expect(page_of_network).to_have_url(re.compile(r"from_year=2020"))
    page_of_network.get_by_text("Export und Teilen").click()
    page_of_network.get_by_role("link", name="In einen Bericht übernehmen").click()
    page_of_network.wait_for_url("**/reports/network/?from_year=2020**")
