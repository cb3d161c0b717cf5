"""Who is meant, and whether somebody still holds a role, is asked where one chooses."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from actors.models import Affiliation
from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory, AffiliationFactory, PersonFactory

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_chair_of_two_namesakes_is_chosen_and_the_first_one_ends(
    signed_in_page: OpenPage,
) -> None:
    club = ActorFactory.create(name="Bürgerverein")
    first = AffiliationFactory.create(
        organisation=club, role="1. Vorsitzende", valid_from=dt.date(2015, 1, 1)
    )
    names = {"given_name": "Ada", "family_name": "Meier"}
    PersonFactory.create(**names, active_until=dt.date(2021, 1, 1))
    meant = PersonFactory.create(**names, district="Nord", street="Am Markt 1")
    page = signed_in_page("staff", f"/actors/{club.pk}/affiliations/new/")

    page.get_by_role("combobox", name="Person").press_sequentially("Meier")
    options = page.locator(".ts-dropdown .option")
    expect(options.filter(has_text="beendet am 31.12.2020")).to_have_count(1)
    options.filter(has_text="Am Markt 1").click()
    expect(page.locator("main .ts-control .item")).to_contain_text("Am Markt 1")
    page.get_by_label("Funktion").fill("Vorsitz")
    page.get_by_label("Von").fill("2020-07-01")
    page.get_by_role("button", name="Speichern").first.click()

    expect(page.get_by_text("Ist sie dort beendet?").first).to_be_visible()
    # The form came back: it still says which of the two is meant.
    expect(page.locator("main .ts-control .item")).to_contain_text("Am Markt 1")
    check_axe(page)
    page.get_by_label("Ja, sie endete am Tag vor dem neuen Beginn").check()
    page.get_by_role("button", name="Speichern").first.click()

    page.wait_for_url(f"**/actors/{club.pk}/relations/")
    first.refresh_from_db()
    assert first.last_day == dt.date(2020, 6, 30)
    assert Affiliation.objects.get(role="Vorsitz").person == meant
