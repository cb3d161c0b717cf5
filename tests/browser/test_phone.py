"""On a phone what one stands there for comes first, and a table that is wider than the screen shows it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import expect

from tests.browser.axe import check_axe
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory, PersonFactory, PhoneNumberFactory
from tests.factories.contacts import ConcernFactory, ContactFactory
from tests.factories.events import EventFactory, ParticipationFactory

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Wohlfahrtsverband/Beratungseinrichtung"
CUT_OFF = "(table) => table.scrollWidth - table.clientWidth"


def phone(page: Page) -> Page:
    """Make the window as small as a phone's."""
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def top(place: Locator) -> float:
    """Return how far from the top of the page something begins."""
    box: Any = place.bounding_box()
    return float(box["y"])


def test_an_actor_s_telephone_number_stands_first(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create(name="Turnverein Eiche")
    PhoneNumberFactory.create(actor=actor, number="0421 555 01", label="Büro")
    page = phone(signed_in_page(path=actor.get_absolute_url()))
    numbers = page.locator("main a[href^='tel:']:visible")
    expect(numbers.first).to_have_text("Büro: 0421 555 01")
    expect(numbers.first).to_be_in_viewport()
    assert top(numbers.first) < top(page.locator(".pagehead .btnrow"))
    assert top(numbers.first) < top(page.locator("#actor-tab"))
    check_axe(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(numbers).to_have_count(1)
    expect(page.locator("#actor-facts dt").first).to_have_text("Telefon")


def test_participants_are_seen_before_any_form(signed_in_page: OpenPage) -> None:
    event = EventFactory.create(title="Sommerfest")
    person = PersonFactory.create(given_name="Ada", family_name="Muster")
    ParticipationFactory.create(event=event, actor=person)
    page = phone(signed_in_page(path="/"))
    page.goto(page.url.rstrip("/") + event.get_absolute_url())
    expect(page.get_by_role("link", name="Ada Muster")).to_be_in_viewport()
    form = page.locator("#participants-add form")
    expect(form).to_be_hidden()
    page.locator("#participants-add > summary").click()
    expect(form).to_be_visible()
    check_axe(page)
    # It stays unfolded for the next one, and with an error.
    form.locator("button[type=submit]").click()
    expect(form.locator("[aria-invalid=true]").first).to_be_attached()
    expect(form).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(form).to_be_visible()
    expect(page.locator("#participants-add > summary")).to_be_hidden()


def shade(region: Locator) -> tuple[float, float]:
    """Return how much the left and the right edge of a region differ from the inside beside them."""
    picture = Image.open(io.BytesIO(region.screenshot())).convert("L")
    row = 12  # in the head of the table, above all rows

    def mean(first: int, last: int) -> float:
        return float(ImageStat.Stat(picture.crop((first, row, last, row + 3))).mean[0])

    width = picture.width
    return abs(mean(1, 4) - mean(24, 27)), abs(mean(width - 4, width - 1) - mean(width - 27, width - 24))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_shows_on_which_side_it_goes_on(signed_in_page: OpenPage, scheme: str) -> None:
    page = signed_in_page(path="/")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 700, "height": 844})
    ContactFactory.create(subject="x" * 10, actors=[ActorFactory.create(name=LONG)])
    page.goto(f"{page.url}actors/")
    region = page.locator(".table-responsive")
    # Without words in its head there is nothing to be seen but the edges.
    region.evaluate("(it) => it.querySelectorAll('th').forEach((head) => { head.textContent = '\\u00a0'; })")
    region.evaluate("(it) => { it.firstElementChild.style.width = '1200px'; }")
    assert region.evaluate(CUT_OFF) > 0
    left, right = shade(region)
    assert (left < 3, right > 12) == (True, True)
    region.evaluate("(it) => { it.scrollLeft = it.scrollWidth; }")
    left, right = shade(region)
    assert (left > 12, right < 3) == (True, True)
    region.evaluate(
        "(it) => { it.firstElementChild.style.width = '100%'; it.querySelector('tbody').remove(); }"
    )
    assert region.evaluate(CUT_OFF) == 0
    left, right = shade(region)
    assert (left < 3, right < 3) == (True, True)
    region.focus()
    expect(region).to_be_focused()


def test_who_is_responsible_is_not_cut_off(signed_in_page: OpenPage) -> None:
    user = UserFactory.create(role="staff", first_name="Maximiliane", last_name="Leitstern-Wolkenstein")
    long_type = ActorTypeFactory.create(name_de=LONG)
    for number in range(3):
        name = f"Nachbarschaftshilfe Eine Tasse Zucker {number}"
        actor = ActorFactory.create(
            name=name, actor_type=long_type, district="Westhagen", responsible=user, contact_interval_days=30
        )
        ContactFactory.create(actors=[actor], staff=user)
        ConcernFactory.create(raised_by=actor, forwarded_to=actor, responsible=user)
    page = signed_in_page("management", "/")
    page.set_viewport_size({"width": 1440, "height": 900})
    base = page.url
    lists = ("", "?attention=red", "quiet/", "concerns/")
    for address in (f"actors/{name}" for name in lists):
        page.goto(base + address)
        region = page.locator(".table-responsive")
        expect(region.locator("tbody tr").first).to_be_visible()
        assert region.evaluate(CUT_OFF) == 0, address
        expect(region.locator("th").filter(has_text="Zuständig")).to_be_in_viewport(ratio=1)
