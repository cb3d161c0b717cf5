"""A consent is recorded from the page of a person, and withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from actors.models import Consent
from tests.browser.axe import check_axe
from tests.factories.actors import PersonFactory

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_consent_is_recorded_and_withdrawn(signed_in_page: OpenPage) -> None:
    person = PersonFactory.create()
    page = signed_in_page("staff", person.get_absolute_url())
    card = page.locator("#actor-consents")
    expect(card).not_to_contain_text("Heute erlaubt")
    card.get_by_role("link", name="Einwilligung").first.click()
    page.get_by_label("Zweck").select_option("photo_web")
    page.get_by_label("Erteilt wie").select_option("written")
    page.get_by_label("Fassung des Textes").fill("2018-05")
    check_axe(page)
    page.get_by_role("button", name="Speichern").first.click()

    expect(page.locator("main .note-ok")).to_contain_text("Fotos der Person im Internet zeigen")
    check_axe(page)
    page.get_by_role("link", name="Widerrufen").click()
    check_axe(page)
    page.get_by_role("button", name="Speichern").first.click()

    expect(page.locator("main .note-warn")).to_contain_text("Nicht mehr erlaubt")
    expect(page.get_by_role("link", name="Bearbeiten")).to_have_count(0)
    page.goto(page.url.split("/actors/")[0] + person.get_absolute_url())
    expect(card).to_contain_text("widerrufen am")
    check_axe(page)
    card.get_by_role("link", name="Alle Einwilligungen").click()
    expect(page.locator("#results tbody tr")).to_have_count(1)
    check_axe(page)
    assert Consent.objects.get().withdrawn_on is not None
