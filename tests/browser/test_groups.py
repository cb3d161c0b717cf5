"""Choosing rows, groups, invitations, and the little network map of an actor."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from actors.models import Actor, ActorGroup, ConsentPurpose
from events.models import Event
from tests.browser.axe import check_axe
from tests.factories.actors import (
    ActorFactory,
    ActorGroupFactory,
    ConsentFactory,
    PersonFactory,
    RelationFactory,
)
from tests.factories.events import EventFactory, ParticipationFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}


def clubs(number: int) -> list[Actor]:
    return [ActorFactory.create(name=f"Verein {at:02}") for at in range(number)]


def coming() -> Event:
    return EventFactory.create(
        title="Bürgerfest", start_date=timezone.localdate() + dt.timedelta(days=9), status="planned"
    )


def test_chosen_rows_come_into_a_new_group_by_keyboard_alone(signed_in_page: OpenPage) -> None:
    chosen = clubs(4)[1:3]
    page = signed_in_page(path="/actors/")
    bar = page.locator("[data-bulk]")
    expect(bar).to_be_hidden()
    page.locator("[data-pick]").nth(1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(bar.get_by_role("status")).to_contain_text("2")
    check_axe(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator("#id_name").fill("Festausschuss")
    check_axe(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Festausschuss")
    check_axe(page)
    assert set(ActorGroup.objects.get().members.all()) == set(chosen)


def test_a_choice_outlives_filtering_and_turning_pages(signed_in_page: OpenPage) -> None:
    clubs(30)
    page = signed_in_page(path="/actors/?per_page=25")
    page.locator("[data-pick]").first.check()
    page.locator(".pager .page-link", has_text="2").click()
    expect(page.locator("[data-pick]")).to_have_count(5)
    page.locator("[data-pick]").first.check()
    page.locator("[data-pick]").last.click(modifiers=["Shift"])
    expect(page.locator("[data-bulk-count]")).to_contain_text("6")
    page.locator("#id_q").fill("verein 00")
    expect(page.locator("[data-pick]")).to_have_count(1)
    expect(page.locator("[data-pick]")).to_be_checked()
    with page.expect_download() as download:
        page.locator("[data-bulk] button[name=export]").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.locator("[data-bulk-none]").click()
    expect(page.locator("[data-bulk]")).to_be_hidden()


def test_a_group_is_invited_in_two_clicks_and_who_may_not_be_is_left_out(signed_in_page: OpenPage) -> None:
    event, club, silent = coming(), ActorFactory.create(name="Verein"), PersonFactory.create()
    person = PersonFactory.create()
    ConsentFactory.create(person=person, purpose=ConsentPurpose.INVITATIONS)
    group = ActorGroupFactory.create(members=[club, person, silent])
    page = signed_in_page(path=group.get_absolute_url())
    page.locator("main .btn-primary").click()
    expect(page.locator("#invitees .tag-warn")).to_have_count(1)
    check_axe(page)
    page.locator("#invitees button[type=submit]").click()
    page.wait_for_url(f"**/events/{event.pk}/?state=invited")
    expect(page.locator("#participants tbody tr[data-toggle-row]")).to_have_count(2)


def test_another_event_shows_at_once_who_is_on_its_list(signed_in_page: OpenPage) -> None:
    coming()
    other = EventFactory.create(title="Später", start_date=dt.date(2090, 1, 1), status="planned")
    club = ParticipationFactory.create(event=other, state="registered").actor
    page = signed_in_page(path=f"/events/invite/?ids={club.pk}")
    expect(page.locator("#invitees form")).to_have_count(1)
    page.locator(".invite-choice .ts-control").first.click()
    page.locator(".ts-dropdown .option", has_text="Später").click()
    expect(page.locator("#invitees form")).to_have_count(0)
    expect(page.locator("#invitees .tag-muted")).to_have_count(1)
    assert f"event={other.pk}" in page.url


@pytest.mark.parametrize("role", ["staff", "reader"])
def test_the_page_of_an_actor_shows_whom_it_meets(signed_in_page: OpenPage, role: str) -> None:
    club, school = ActorFactory.create(name="Verein"), ActorFactory.create(name="Schule")
    RelationFactory.create(source=club, target=school)
    event = EventFactory.create()
    for actor in (club, school, PersonFactory.create()):
        ParticipationFactory.create(event=event, actor=actor)
    page = signed_in_page(role, club.get_absolute_url())
    expect(page.locator(".egomap circle")).to_have_count(3)
    page.wait_for_load_state("networkidle")
    check_axe(page)
    page.locator(".egomap a", has_text="Schule").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{school.get_absolute_url()}")


def lists(page: Page) -> list[str]:
    group, club = ActorGroup.objects.get(), Actor.objects.first()
    assert club is not None
    return [
        "/actors/groups/",
        group.get_absolute_url(),
        f"/actors/groups/from-selection/?ids={club.pk}",
        f"/events/invite/?group={group.pk}",
        club.get_absolute_url(),
    ]


def test_on_a_phone_nothing_hangs_over_the_edge(signed_in_page: OpenPage, page: Page) -> None:
    page.set_viewport_size(PHONE)
    event, members = coming(), [*clubs(3), PersonFactory.create()]
    ActorGroupFactory.create(name="Ein langer Name einer Gruppe im Stadtteil", members=members)
    for actor in members:
        ParticipationFactory.create(event=EventFactory.create(), actor=actor)
        ParticipationFactory.create(event=event, actor=actor, state="registered")
    signed_in_page(path="/actors/")
    page.locator("[data-pick]").first.check()
    base = page.url.removesuffix("/actors/")
    for path in ["", *lists(page)]:
        if path:
            page.goto(base + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        check_axe(page)
