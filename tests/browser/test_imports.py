"""The import in the browser: from the file to the register with progress, and back."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from actors.models import Actor
from events.models import Participation
from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ContactFactory
from tests.factories.events import EventFactory, ParticipationRoleFactory

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

TABLE = "Nr;Name;Typ;Aktiv seit\nA1;Bürgerverein;Verien;2004\nA2;Grundschule;Schule;30.2.2004\n"
SUBMIT = "main form[data-progress] button[type=submit]"
APPLY = ".importapply button[type=submit]"
UNDO = ".importundo button[type=submit]"
# A check or apply of a small table takes a second or two on a busy machine.
SLOW = 20_000


def check_both_themes_and_widths(page: Page) -> None:
    for theme in ("dark", "light"):
        page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
        check_axe(page)
    size = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    check_axe(page)
    assert size is not None
    page.set_viewport_size(size)


@pytest.fixture
def uploaded(signed_in_page: OpenPage, tmp_path: Path) -> Page:
    """A page that shows the columns of the uploaded table."""
    file = tmp_path / "akteure.csv"
    file.write_text(TABLE)
    page = signed_in_page("staff", "/imports/")
    check_both_themes_and_widths(page)
    page.locator("a[href='/imports/new/actors/']").click()
    check_both_themes_and_widths(page)
    page.locator("#id_file").set_input_files(file)
    page.locator("form[data-busy] button[type=submit]").click()
    expect(page).to_have_url(re.compile("/mapping/$"), timeout=SLOW)
    return page


def test_a_table_goes_through_is_shown_applied_and_taken_back(uploaded: Page) -> None:
    page = uploaded
    expect(page.locator("#unknown select")).to_have_value("association")
    check_both_themes_and_widths(page)
    page.locator(SUBMIT).click()
    expect(page).to_have_url(re.compile(r"/imports/\d+/$"), timeout=SLOW)
    expect(page.locator("text=30.2.2004").first).to_be_visible()
    check_both_themes_and_widths(page)
    page.locator("#correct-only").check()
    page.locator(APPLY).click()
    expect(page.locator(UNDO)).to_be_visible(timeout=SLOW)
    assert [actor.name for actor in Actor.objects.all()] == ["Bürgerverein"]
    check_both_themes_and_widths(page)
    page.locator(UNDO).click()
    page.locator("#confirm-dialog [data-confirm-yes]").click()
    expect(page.locator(UNDO)).to_have_count(0, timeout=SLOW)
    assert Actor.objects.count() == 0


def test_a_refusal_is_shown_where_one_looks_and_the_page_goes_on_working(uploaded: Page) -> None:
    page = uploaded
    page.locator("#column-1").select_option("")
    page.locator("#column-0").select_option("name")
    page.locator(SUBMIT).click()
    expect(page).to_have_url(re.compile(r"/imports/\d+/$"), timeout=SLOW)
    page.locator("#correct-only").check()
    page.locator(APPLY).click()
    expect(page.locator(UNDO)).to_be_visible(timeout=SLOW)
    ContactFactory.create(actors=[Actor.objects.get()])
    page.locator(UNDO).click()
    page.locator("#confirm-dialog [data-confirm-yes]").click()
    expect(page.locator("[data-progress-error] li")).to_have_text(re.compile("A1"), timeout=SLOW)
    expect(page.locator(UNDO)).to_be_enabled()
    check_axe(page)
    assert Actor.objects.count() == 1


def test_what_a_table_leaves_open_is_asked_and_told_in_the_preview(
    signed_in_page: OpenPage, tmp_path: Path
) -> None:
    EventFactory(title="Fest", start_date=dt.date(2021, 4, 3))
    ParticipationRoleFactory(code="attendee")
    for name in ("Verein A", "Kita C", "Verein D"):
        ActorFactory(name=name, kind="organisation")
    file = tmp_path / "liste.csv"
    file.write_text(
        "Akteur;Veranstaltung;Datum\nVerein A und Kita C;Fest;03/04/2021\nVerein D;fest;03/04/2021\n"
    )
    page = signed_in_page("staff", "/imports/new/participations/")
    page.locator("#id_file").set_input_files(file)
    page.locator("form[data-busy] button[type=submit]").click()
    expect(page.locator("#fixed-date_order")).to_have_value("day_month", timeout=SLOW)
    page.locator("#fixed-several_names").select_option("split")
    check_both_themes_and_widths(page)
    page.locator(SUBMIT).click()
    expect(page.locator("text=Verein A · Kita C").first).to_be_visible(timeout=SLOW)
    check_both_themes_and_widths(page)
    page.locator(APPLY).click()
    expect(page.locator(UNDO)).to_be_visible(timeout=SLOW)
    assert Participation.objects.count() == 3


def test_a_table_without_headings_is_asked_about_and_keeps_its_first_row(
    signed_in_page: OpenPage, tmp_path: Path
) -> None:
    file = tmp_path / "namen.csv"
    file.write_text("Bürgerverein;Verein\nGrundschule;Schule\n")
    page = signed_in_page("staff", "/imports/new/actors/")
    page.locator("#id_file").set_input_files(file)
    page.locator("form[data-busy] button[type=submit]").click()
    expect(page.locator(".importheadings")).to_be_visible(timeout=SLOW)
    check_both_themes_and_widths(page)
    page.locator("#column-1").select_option("actor_type")
    page.locator("#column-0").select_option("name")
    page.locator(SUBMIT).click()
    expect(page.locator("[data-progress-message]")).to_be_visible(timeout=SLOW)
    page.locator("button[name=headings][value='0']").click()
    expect(page.locator(".importheadings")).to_have_count(0, timeout=SLOW)
    page.locator("#column-0").select_option("name")
    page.locator("#column-1").select_option("actor_type")
    page.locator(SUBMIT).click()
    expect(page.locator(APPLY)).to_be_visible(timeout=SLOW)
    page.locator(APPLY).click()
    expect(page.locator(UNDO)).to_be_visible(timeout=SLOW)
    assert sorted(actor.name for actor in Actor.objects.all()) == ["Bürgerverein", "Grundschule"]


def test_rows_that_are_left_out_are_listed_in_the_preview(signed_in_page: OpenPage, tmp_path: Path) -> None:
    ActorFactory.create(name="Bürgerverein", external_id="K1")
    file = tmp_path / "akteure.csv"
    file.write_text("ID;Name;Typ\nK1;Angelverein;Verein\nK7;Grundschule;Schule\n")
    page = signed_in_page("staff", "/imports/new/actors/")
    page.locator("#id_file").set_input_files(file)
    page.locator("form[data-busy] button[type=submit]").click()
    expect(page.locator("#fixed-other_name")).to_have_value("leave", timeout=SLOW)
    page.locator(SUBMIT).click()
    expect(page.locator("[aria-labelledby=notes-title] tbody tr")).to_have_count(1, timeout=SLOW)
    check_both_themes_and_widths(page)
