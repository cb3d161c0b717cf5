"""Lists in which nothing stands yet say what to do next to those who may, and to nobody else."""

from __future__ import annotations

import re

import pytest

from tests.actors.pages import client_of
from tests.factories.actors import ActorGroupFactory
from tests.factories.contacts import ContactFactory, FollowUpFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

WAIT = "Was das Büro einträgt, erscheint hier."
FIRST_ACTOR = "Legen Sie den ersten an, oder lesen Sie eine Liste aus Excel oder CSV ein."
BY_CONTACT = "Eine Wiedervorlage können Sie planen, wenn Sie einen Kontakt erfassen."


def said(role: str, path: str) -> tuple[str, str, bool]:
    """Return heading and text of the empty list, and whether it leads to a form."""
    page = client_of(role).get(path, follow=True).content.decode()
    empty = page[page.index('<div class="empty">') :].split("</section>")[0]
    heading, text = re.search(r"<h2>(.*?)</h2>", empty), re.search(r'<p class="mb-0">(.*?)</p>', empty)
    return (heading[1] if heading else "", text[1] if text else "", "btn-primary" in empty)


@pytest.mark.parametrize(
    ("role", "path", "expected"),
    [
        ("staff", "/actors/", ("Noch keine Akteure", FIRST_ACTOR, True)),
        ("volunteer", "/actors/", ("Noch keine Akteure", WAIT, False)),
        ("reader", "/actors/", ("Noch keine Akteure", WAIT, False)),
        ("reader", "/events/measures/", ("Noch keine Maßnahmen", WAIT, False)),
        ("staff", "/actors/follow-ups/", ("Nichts auf Wiedervorlage", BY_CONTACT, True)),
        ("volunteer", "/actors/follow-ups/", ("Nichts auf Wiedervorlage", BY_CONTACT, False)),
    ],
)
def test_an_empty_list_tells_only_those_who_may_how_to_begin(role, path, expected):
    assert said(role, path) == expected


def test_an_empty_group_tells_only_those_who_may_how_to_fill_it():
    address = ActorGroupFactory.create().get_absolute_url()
    assert "Mitglied" in said("staff", address)[1]
    assert said("volunteer", address)[1] == ""


def test_the_stops_of_a_tour_are_asked_for_only_of_those_who_may_note_them():
    address = f"{EventFactory.create().get_absolute_url()}stops/"
    assert (
        said("staff", address)[1] == "Notieren Sie zu jeder Station des Rundgangs, was dort aufgefallen ist."
    )
    assert said("volunteer", address)[1] == ""


def test_filters_are_named_as_the_reason_only_where_there_is_something_to_filter():
    heading = "Zu diesen Filtern gibt es keine Treffer"
    assert said("staff", "/actors/contacts/?q=Halle")[0] == "Noch keine Kontakte"
    ContactFactory.create(note="Schule")
    assert said("staff", "/actors/contacts/?q=Halle")[0] == heading
    FollowUpFactory.create()
    assert said("staff", "/actors/follow-ups/")[0] == heading
