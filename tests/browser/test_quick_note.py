"""The quick note in the browser: logging is quicker than not logging, by mouse, keyboard and thumb."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from actors.models import Actor
from contacts.models import Contact, FollowUp
from events.models import EventContact
from tests.browser.axe import check_axe
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
TEXT, TOAST, PARTS = "#quick-note-text", ".toast-note", "#quick-note-parts"


def press_n(page: Page) -> None:
    """Open the dialog by its key."""
    page.keyboard.press("n")
    expect(page.locator(TEXT)).to_be_focused()


def in_days(days: int) -> dt.date:
    """Return the day that many days from now."""
    return timezone.localdate() + dt.timedelta(days)


def test_a_call_with_a_follow_up_is_one_typed_line(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path="/")
    press_n(page)
    page.keyboard.type("tel @turnverein will die Halle früher 15min wv +1w")
    page.keyboard.press("Control+Enter")
    expect(page.locator(TOAST)).to_contain_text("turnverein will die Halle früher")
    expect(page.locator("#quick-note")).to_be_hidden()
    contact, follow_up = Contact.objects.get(), FollowUp.objects.get()
    assert (contact.channel.code, contact.duration_minutes, list(contact.actors.all())) == (
        "phone",
        15,
        [actor],
    )
    assert (follow_up.due, follow_up.contact) == (in_days(7), contact)


def test_a_call_with_a_follow_up_takes_three_clicks_from_the_actor_s_page(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path=actor.get_absolute_url())
    page.locator("main a[data-key=n]").click()
    expect(page.locator(PARTS)).to_contain_text("Turnverein Eiche")
    page.locator(TEXT).press_sequentially("Will die Halle früher")
    page.locator("#qn-due-week").click()
    expect(page.locator("#qn-due")).to_have_value(in_days(7).isoformat())
    page.locator("#quick-note button[type=submit]").click()
    expect(page.locator(TOAST)).to_contain_text("Will die Halle früher")
    assert list(Contact.objects.get().actors.all()) == [actor]
    assert FollowUp.objects.get().due == in_days(7)


def test_every_reading_is_corrected_by_keyboard_alone(signed_in_page: OpenPage) -> None:  # noqa: PLR0915
    club = ActorFactory.create(name="Turnverein Eiche")
    ActorFactory.create(name="Turnverein Buche")
    page = signed_in_page(path="/")
    press_n(page)
    page.keyboard.type("tel @turnverein Halle #sport 15min wv +1w")
    expect(page.locator("#qn-due")).to_have_value(in_days(7).isoformat())
    check_axe(page)
    page.locator("#qn-who-1").focus()
    page.keyboard.type("Turnverein E")
    expect(page.locator("#qn-who-1")).to_have_value(str(club.pk))
    page.locator("#qn-channel").focus()
    page.keyboard.type("Brief")
    expect(page.locator("#qn-channel")).to_have_value("letter")
    page.locator("#qn-direction").press("ArrowDown")
    expect(page.locator("#qn-direction")).to_have_value("out")
    page.locator("#qn-duration").fill("20")
    page.locator("[data-note-set=due][value='']").press("Enter")
    expect(page.locator("#qn-due")).to_have_value("")
    page.locator("[data-note-topic-off]").press("Enter")
    expect(page.locator("[data-note-topic-off]")).to_have_count(0)
    page.locator("#qn-confidential").press("Space")
    page.locator("#qn-confidential").press("Control+Enter")
    expect(page.locator(TOAST)).to_be_visible()
    contact = Contact.objects.get()
    assert (contact.note, contact.channel.code, contact.direction) == (
        "turnverein Halle sport wv +1w",
        "letter",
        "out",
    )
    assert (contact.duration_minutes, contact.is_confidential, list(contact.actors.all())) == (
        20,
        True,
        [club],
    )
    assert (contact.topics.count(), FollowUp.objects.count()) == (0, 0)


def test_names_and_topics_are_offered_while_one_types(signed_in_page: OpenPage) -> None:
    first, second = (ActorFactory.create(name=f"Verein Beispiel {n}") for n in (1, 2))
    page = signed_in_page(path="/")
    press_n(page)
    page.keyboard.type("mail raus @beisp")
    expect(page.locator("#quick-note-list [role=option]")).to_have_count(3)
    check_axe(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("Plakate #Stadtt")
    page.keyboard.press("Enter")
    expect(page.locator(TEXT)).to_have_value(f'mail raus @"{second.name}" Plakate #Stadtteilkultur ')
    page.keyboard.press("Control+Enter")
    expect(page.locator(TOAST)).to_be_visible()
    contact = Contact.objects.get()
    assert contact.note == f"{second.name} Plakate Stadtteilkultur"
    assert (list(contact.actors.all()), first.contacts.count()) == ([second], 0)


def test_somebody_new_is_added_in_place_and_undo_takes_it_all_back(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path="/actors/")
    press_n(page)
    page.keyboard.type('@"Club Nord" stellt sich vor wv +1w')
    page.locator("#qn-kind-1").select_option("body")
    expect(page.locator("#qn-type-1")).to_have_value("body")
    check_axe(page)
    page.locator(TEXT).press("Control+Enter")
    expect(page.locator(TOAST)).to_contain_text("Club Nord")
    actor = Actor.objects.get()
    assert (actor.name, actor.kind, FollowUp.objects.count()) == ("Club Nord", "body", 1)
    page.locator(f"{TOAST} [data-toast-undo] button").click()
    page.wait_for_url("**/actors/")
    expect(page.locator(TOAST)).to_be_visible()
    assert (Contact.objects.count(), FollowUp.objects.count(), Actor.objects.count()) == (0, 0, 0)


def test_what_is_wrong_is_said_at_its_place_and_nothing_typed_is_lost(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create()
    page = signed_in_page(path=actor.get_absolute_url())
    press_n(page)
    page.keyboard.type("Halle wv gestern")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#qn-error-due")).to_contain_text("wv gestern")
    expect(page.locator("#qn-due")).to_be_focused()
    check_axe(page)
    expect(page.locator(TEXT)).to_have_value("Halle wv gestern")
    page.goto(page.url)
    press_n(page)
    expect(page.locator(TEXT)).to_have_value("Halle wv gestern")
    page.locator("#qn-due-day").click()
    expect(page.locator("#qn-due")).to_have_value(in_days(1).isoformat())
    page.locator(TEXT).press("Control+Enter")
    expect(page.locator(TOAST)).to_be_visible()
    assert (Contact.objects.get().note, FollowUp.objects.get().due) == ("Halle", in_days(1))


def test_two_windows_with_one_draft_log_it_once_and_ask_about_another_text(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create()
    page = signed_in_page(path=actor.get_absolute_url())
    press_n(page)
    page.keyboard.type("Halle ist zu")
    page.wait_for_function(
        "() => Object.values(localStorage).some((draft) => draft.includes('Halle ist zu'))"
    )
    other = page.context.new_page()
    other.goto(page.url)
    press_n(other)
    expect(other.locator(TEXT)).to_have_value("Halle ist zu")
    page.locator(TEXT).press("Control+Enter")
    expect(page.locator(TOAST)).to_be_visible()
    other.locator(TEXT).fill("Halle ist wieder auf")
    other.locator(TEXT).press("Control+Enter")
    expect(other.locator("#quick-note-stored")).to_be_focused()
    check_axe(other)
    assert Contact.objects.get().note == "Halle ist zu"
    other.locator("[data-new-key]").click()
    expect(other.locator(TOAST)).to_be_visible()
    assert sorted(Contact.objects.values_list("note", flat=True)) == ["Halle ist wieder auf", "Halle ist zu"]


def test_more_fields_take_everything_along(signed_in_page: OpenPage) -> None:
    actor = ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path="/")
    press_n(page)
    page.keyboard.type("mail raus @turnverein Halle 15min wv +1w")
    page.locator("[data-quick-note-more]").click()
    page.wait_for_url("**/actors/contacts/new/")
    expect(page.locator("#id_note")).to_have_value("turnverein Halle")
    expect(page.locator(".ts-control .item").first).to_contain_text("Turnverein Eiche")
    expect(page.locator("#id_follow_up_due")).to_have_value(in_days(7).isoformat())
    page.locator("#id_note").press("Control+Enter")
    page.wait_for_url(f"**/actors/{actor.pk}/")
    contact = Contact.objects.get()
    assert (contact.channel.code, contact.direction, contact.duration_minutes) == ("email", "out", 15)
    assert not page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length")


def test_on_an_event_s_page_the_contact_belongs_to_the_event(signed_in_page: OpenPage) -> None:
    event = EventFactory.create(title="Stadtteilfest")
    ActorFactory.create(name="Turnverein Eiche")
    page = signed_in_page(path=event.get_absolute_url())
    press_n(page)
    expect(page.locator("#quick-note")).to_contain_text("Stadtteilfest")
    page.keyboard.type("tel @turnverein bringt die Bühne")
    page.keyboard.press("Control+Enter")
    expect(page.locator(TOAST)).to_be_visible()
    assert EventContact.objects.get().event == event


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_dialog_fits_a_phone_and_is_accessible(signed_in_page: OpenPage, page: Page, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size({"width": 390, "height": 844})
    signed_in_page(path="/actors/")
    page.locator(".btn-log").click()
    page.locator(TEXT).fill('tel @"Club Nord" und @Neu #sport 15min wv +1w')
    expect(page.locator("#qn-kind-2")).to_be_visible()
    assert page.evaluate("document.querySelector('#quick-note').scrollWidth <= innerWidth")
    check_axe(page)


def test_somebody_who_only_reads_has_no_quick_note(signed_in_page: OpenPage) -> None:
    page = signed_in_page("reader", "/")
    page.keyboard.press("n")
    expect(page.locator("#quick-note, .btn-log")).to_have_count(0)


def test_somebody_new_with_two_or_three_words_is_offered_until_the_sentence_goes_on(
    signed_in_page: OpenPage,
) -> None:
    ActorFactory.create(name="Ulla Bergs Laden")
    page = signed_in_page(path="/")
    press_n(page)
    options = page.locator("#quick-note-list [role=option]")
    page.keyboard.type("tel @Ulla")
    expect(options).to_have_text(["Ulla Bergs LadenVerein", "„Ulla“ neu anlegen"])
    page.keyboard.type(" ")
    expect(options).to_have_text(["Ulla Bergs LadenVerein", "„Ulla“ neu anlegen"])
    page.keyboard.type("Maria Neumann")
    expect(options).to_have_text(["„Ulla Maria Neumann“ neu anlegen"])
    expect(page.locator("#quick-note-list [aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(TEXT)).to_have_value('tel @"Ulla Maria Neumann" ')
    page.keyboard.type("fragt")
    expect(options).to_have_count(0)
    expect(page.locator("#qn-kind-1")).to_have_value("person")
    page.keyboard.press("Control+Enter")
    expect(page.locator(TOAST)).to_contain_text("Ulla Maria Neumann")
    actor = Actor.objects.get(kind="person")
    assert (actor.name, Contact.objects.get().note) == ("Ulla Maria Neumann", "Ulla Maria Neumann fragt")


def test_a_name_that_nobody_chose_is_read_whole(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path="/")
    press_n(page)
    page.keyboard.type("@Ulla Neumann ")
    expect(page.locator("#qn-kind-1")).to_have_value("person")
    expect(page.locator("#qn-name-1")).to_have_value("Ulla Neumann")
    page.keyboard.type("fragt nach der Halle")
    page.keyboard.press("Control+Enter")
    expect(page.locator(TOAST)).to_contain_text("Ulla Neumann")
    stored = Contact.objects.get()
    assert (stored.note, [actor.name for actor in stored.actors.all()]) == (
        "Ulla Neumann fragt nach der Halle",
        ["Ulla Neumann"],
    )


def test_particles_do_not_count_as_words_of_a_new_name(signed_in_page: OpenPage) -> None:
    page = signed_in_page(path="/")
    press_n(page)
    options = page.locator("#quick-note-list [role=option]")
    page.keyboard.type("tel @Anna Maria von der Heide")
    expect(options).to_have_text(["„Anna Maria von der Heide“ neu anlegen"])
    page.keyboard.type(" ruft an, @Müller, Anna auch")
    expect(options).to_have_count(0)
    expect(page.locator("#qn-name-1")).to_have_value("Anna Maria von der Heide")
    expect(page.locator("#qn-name-2")).to_have_value("Anna Müller")
    page.keyboard.press("Control+Enter")
    expect(page.locator(TOAST)).to_be_visible()
    persons = Actor.objects.values_list("kind", "given_name", "family_name")
    assert set(persons) == {("person", "Anna Maria", "von der Heide"), ("person", "Anna", "Müller")}
