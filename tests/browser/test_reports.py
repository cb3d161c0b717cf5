"""Reports on the screen: menus, charts, saving, downloads."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from reports.models import SavedReport
from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory, ParticipationFactory
from tests.factories.reports import saved_report, small_report

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
# Reports are built, and their files written, while the page waits.
PATIENCE = 30_000


@pytest.fixture(autouse=True)
def _meetings() -> None:
    actors = [ActorFactory.create(name=name) for name in ("Turnverein Eiche", "Kita Wolke", "Bäckerei Krume")]
    for year in range(2017, 2022):
        event = EventFactory.create(start_date=dt.date(year, 6, 15))
        for actor in actors[: 2 + year % 2]:
            ParticipationFactory.create(event=event, actor=actor)


@pytest.fixture
def report_page(signed_in_page: OpenPage, live_server: LiveServer) -> Page:
    """A network report that stands on the screen."""
    page = signed_in_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{live_server.url}/reports/network/?from_year=2017")
    return page


def test_the_picture_and_the_charts_are_drawn(report_page: Page) -> None:
    picture = report_page.locator(".report-picture img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    expect(report_page.locator("[data-chart] svg").first).to_be_visible()


def test_a_report_is_saved_in_three_steps_and_its_file_downloaded(report_page: Page) -> None:
    report_page.locator("details:has(.report-save) > summary").click()
    report_page.locator("#report-note").fill("Anlage 3")
    report_page.locator(".report-save button").click()
    report_page.wait_for_url("**/reports/saved/*/")
    saved = SavedReport.objects.get()
    expect(report_page.locator(".note-ok").first).to_be_visible()
    expect(report_page.locator(".digest")).to_have_text(saved.digest)
    expect(report_page.locator("[data-chart] svg").first).to_be_visible()
    with report_page.expect_download() as waiting:
        report_page.locator(".saved-files a[href$='/pdf/']").click()
    assert waiting.value.path().read_bytes() == bytes(saved.files.get(suffix="pdf").body)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_reports_and_saved_reports_are_accessible(
    report_page: Page, live_server: LiveServer, scheme: str
) -> None:
    report_page.emulate_media(color_scheme=scheme)
    report_page.reload()
    report_page.locator("details:has(.report-save) > summary").click()
    check_axe(report_page)
    saved = saved_report(report=small_report(sections=small_report().sections[:1]))
    for address in ("/reports/", "/reports/saved/", saved.get_absolute_url()):
        report_page.goto(live_server.url + address)
        check_axe(report_page)


def test_nothing_stands_over_the_edge_of_a_phone(report_page: Page, live_server: LiveServer) -> None:
    report_page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/reports/", "/reports/network/", "/reports/saved/", saved_report().get_absolute_url()):
        report_page.goto(live_server.url + address)
        assert report_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
