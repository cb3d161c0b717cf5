"""Notes typed without a network: kept in the browser, sent when the network is back, never twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect

from contacts.models import Contact
from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "tel @Turnverein braucht die Halle"
SAVE = re.compile(r"/actors/contacts/note/$")
WAITING = "Object.keys(localStorage).filter(key => key.startsWith('outbox:')).length"


@pytest.fixture(autouse=True)
def _known() -> None:
    ActorFactory.create(name="Turnverein")


@pytest.fixture
def problems(page_problems: list[str]):
    """These tests take the network away: what the browser says about it is expected."""
    yield
    expected = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|htmx:(afterRequest|sendError)|status of 401")
    page_problems[:] = [problem for problem in page_problems if not expected.search(problem)]


def type_note(page: Page, text: str = NOTE) -> None:
    """Write into the dialog that the key n opens, and save."""
    page.locator("#quick-note-text").fill(text)
    page.keyboard.press("Control+Enter")


def write_plain_note(page: Page, text: str = NOTE) -> None:
    page.keyboard.press("n")
    page.locator("#outbox-text").fill(text)
    page.locator("#outbox-note button[value=yes]").click()


def contacts() -> list[str]:
    return list(Contact.objects.order_by("pk").values_list("note", flat=True))


def wait_until_sent(page: Page) -> None:
    page.wait_for_function(f"() => {WAITING} === 0")


def test_a_note_in_the_open_dialog_waits_and_is_sent_once(signed_in_page: OpenPage, problems: None) -> None:
    page = signed_in_page(path="/actors/")
    page.keyboard.press("n")
    page.locator("#quick-note-text").wait_for()
    page.context.set_offline(True)
    type_note(page)
    expect(page.locator("#quick-note")).to_be_hidden()
    expect(page.locator("[data-outbox-count]")).to_have_text("1")
    assert contacts() == []
    page.context.set_offline(False)
    wait_until_sent(page)
    expect(page.locator("[data-outbox]")).to_be_hidden()
    assert len(contacts()) == 1
    page.reload()
    page.keyboard.press("n")
    expect(page.locator("#quick-note-text")).to_have_value("")


def test_without_a_network_the_key_n_opens_a_plain_field(signed_in_page: OpenPage, problems: None) -> None:
    page = signed_in_page(path="/actors/")
    page.context.set_offline(True)
    write_plain_note(page)
    expect(page.locator("[data-outbox-count]")).to_have_text("1")
    page.context.set_offline(False)
    wait_until_sent(page)
    contact = Contact.objects.get()
    assert [actor.name for actor in contact.actors.all()] == ["Turnverein"]


def test_a_lost_answer_does_not_make_two_contacts(signed_in_page: OpenPage, problems: None) -> None:
    page = signed_in_page(path="/actors/")
    page.keyboard.press("n")
    page.locator("#quick-note-text").wait_for()

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(SAVE, lose_the_answer, times=1)
    type_note(page)
    expect(page.locator("[data-outbox-count]")).to_have_text("1")
    assert len(contacts()) == 1
    page.reload()
    wait_until_sent(page)
    assert len(contacts()) == 1


def test_two_tabs_send_a_note_once(signed_in_page: OpenPage, problems: None) -> None:
    page = signed_in_page(path="/actors/")
    other = page.context.new_page()
    other.goto(page.url)
    page.bring_to_front()
    page.context.set_offline(True)
    write_plain_note(page)
    write_plain_note(page, "mail @Turnverein zweite Notiz")
    expect(other.locator("[data-outbox-count]")).to_have_text("2")
    page.context.set_offline(False)
    wait_until_sent(page)
    expect(other.locator("[data-outbox]")).to_be_hidden()
    assert len(contacts()) == 2


def test_what_the_server_cannot_read_waits_for_a_look_and_is_saved_under_its_key(
    signed_in_page: OpenPage, problems: None
) -> None:
    page = signed_in_page(path="/actors/")
    page.context.set_offline(True)
    write_plain_note(page, "ruft an und nennt keinen Namen")
    page.context.set_offline(False)
    expect(page.locator("[data-outbox].is-look")).to_be_visible()
    page.locator("[data-outbox]").click()
    page.locator("[data-outbox-do=edit]").click()
    expect(page.locator("#quick-note-text")).to_have_value("ruft an und nennt keinen Namen")
    type_note(page)
    wait_until_sent(page)
    assert len(contacts()) == 1


def test_an_ended_session_keeps_the_note_until_the_same_user_is_back(
    signed_in_page: OpenPage, live_server: LiveServer, problems: None
) -> None:
    page = signed_in_page(path="/actors/")
    session = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    page.context.set_offline(True)
    write_plain_note(page)
    page.context.clear_cookies(name="sessionid")
    page.context.set_offline(False)
    page.locator("[data-outbox].is-look").click()
    expect(page.locator("[data-outbox-state]")).to_contain_text(re.compile("sign in|melden"))
    other = signed_in_page(path="/actors/")
    expect(other.locator("[data-outbox]")).to_be_hidden()
    assert contacts() == []
    page.context.add_cookies(session)
    page.goto(f"{live_server.url}/actors/")
    wait_until_sent(page)
    assert len(contacts()) == 1


def test_a_note_can_be_discarded_after_one_question(signed_in_page: OpenPage, problems: None) -> None:
    page = signed_in_page(path="/actors/")
    page.context.set_offline(True)
    write_plain_note(page)
    page.locator("[data-outbox]").click()
    check_axe(page, selector="#outbox")
    page.locator("[data-outbox-do=discard]").click()
    expect(page.locator("#confirm-dialog")).to_contain_text(NOTE)
    page.locator("#confirm-dialog [value=yes]").click()
    expect(page.locator("[data-outbox-none]")).to_be_visible()
    assert page.evaluate(WAITING) == 0


def test_signing_out_asks_first_and_says_what_would_be_lost(signed_in_page: OpenPage, problems: None) -> None:
    page = signed_in_page(path="/actors/")
    page.context.set_offline(True)
    write_plain_note(page, "ruft an und nennt keinen Namen")
    page.context.set_offline(False)
    expect(page.locator("[data-outbox].is-look")).to_be_visible()
    page.locator(".btn-user").click()
    page.locator("form[data-sign-out] button").click()
    expect(page.locator("#confirm-dialog")).to_contain_text("nennt keinen Namen")
    page.locator("#confirm-dialog [value=no]").click()
    assert page.evaluate(WAITING) == 1
    page.locator(".btn-user").click()
    page.locator("form[data-sign-out] button").click()
    page.locator("#confirm-dialog [value=yes]").click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate(WAITING) == 0


@pytest.fixture
def _worker(settings: Settings) -> None:
    settings.OFFLINE_WORKER = True


def ready(page: Page) -> None:
    """Wait until the worker stands between the page and the network."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


@pytest.mark.usefixtures("_worker")
def test_a_page_opened_without_a_network_takes_a_note_that_arrives_later(
    signed_in_page: OpenPage, live_server: LiveServer, problems: None
) -> None:
    page = signed_in_page(path="/actors/")
    ready(page)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/events/")
    expect(page.locator("#offline-text")).to_be_visible()
    check_axe(page)
    page.locator("#offline-text").fill(NOTE)
    page.locator("[data-offline-note] button").click()
    expect(page.locator("[data-offline-kept]")).to_be_visible()
    page.context.set_offline(False)
    page.goto(f"{live_server.url}/actors/")
    wait_until_sent(page)
    assert len(contacts()) == 1


@pytest.mark.usefixtures("_worker")
def test_the_worker_keeps_no_page_with_personal_data(
    signed_in_page: OpenPage, live_server: LiveServer, problems: None
) -> None:
    page = signed_in_page(path="/actors/")
    ready(page)
    page.goto(f"{live_server.url}/actors/")
    kept = page.evaluate(
        "caches.keys().then(names => Promise.all(names.map(name => caches.open(name)"
        ".then(cache => cache.keys())))).then(all => all.flat().map(r => new URL(r.url).pathname).sort())"
    )
    assert kept == [
        "/offline/",
        "/static/app.css",
        "/static/fonts/source-sans-3-latin-wght-normal.woff2",
        "/static/icon.svg",
        "/static/offline.js",
        "/static/theme.js",
    ]


def test_a_worker_that_is_switched_off_goes(
    signed_in_page: OpenPage, settings: Settings, live_server: LiveServer, problems: None
) -> None:
    settings.OFFLINE_WORKER = True
    page = signed_in_page(path="/actors/")
    ready(page)
    settings.OFFLINE_WORKER = False
    page.goto(f"{live_server.url}/actors/")
    page.wait_for_function("() => navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
