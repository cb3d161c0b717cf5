"""Namesakes are told apart wherever somebody is chosen, and ended actors are marked; no hint tells more."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from actors.hints import hints_for, office_hints
from actors.imports import ActorImporter, AffiliationImporter
from actors.models import Actor
from events.imports import ParticipationImporter
from events.services.name_matching import match_names
from tests.actors.pages import client_of
from tests.actors.test_holders import notes
from tests.core.imports.import_runs import checked, errors
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorTypeFactory,
    AffiliationFactory,
    PersonFactory,
    RelationFactory,
)
from tests.factories.contacts import ContactFactory
from tests.factories.events import (
    EventFactory,
    ParticipationFactory,
    ParticipationRoleFactory,
)

pytestmark = pytest.mark.django_db
PAST = dt.date(2021, 1, 1)


@pytest.fixture(autouse=True)
def german():
    with translation.override("de"):
        yield


@pytest.fixture
def two():
    """Two persons of one name: one with address and contact, one who has left, both in organisations."""
    resident = ActorTypeFactory.create(code="resident", name_de="Bewohner*in", sector="resident")
    common = {"given_name": "Ada", "family_name": "Meier", "actor_type": resident}
    first = PersonFactory.create(**common, district="Nord", street="Am Markt 1")
    second = PersonFactory.create(**common, active_until=PAST)
    AffiliationFactory.create(person=first, organisation=ActorFactory.create(name="Chor"))
    ContactFactory.create(actors=[first], date=dt.date(2020, 5, 4))
    return first, second


def hints(role: str = "staff") -> list[str]:
    persons = Actor.objects.persons().select_related("actor_type").order_by("pk")
    return list(hints_for(persons, user=UserFactory.create(role=role)).values())


def test_namesakes_differ_by_place_organisation_address_end_and_last_contact(two):
    assert hints() == [
        "Bewohner*in · Chor · Nord · Am Markt 1 · letzter Kontakt 04.05.2020",
        "beendet am 31.12.2020 · Bewohner*in",
    ]
    assert list(office_hints(Actor.objects.persons().order_by("pk")).values()) == hints()


def test_volunteers_are_told_no_address_of_a_person(two):
    assert "Am Markt" not in " ".join(hints("volunteer"))


def test_without_a_namesake_the_hint_is_short(two):
    two[1].delete()
    assert hints() == ["Bewohner*in · Chor · Nord"]


def test_the_address_of_an_organisation_tells_its_namesake_apart_for_those_who_see_it():
    kind = ActorTypeFactory.create(code="kita", name_de="Kita")
    for street in ("Am Markt 1", "Am Wall 2"):
        ActorFactory.create(name="Sonne", actor_type=kind, street=street)
    one, other = Actor.objects.order_by("pk")
    messages = {
        role: list(hints_for([one, other], user=UserFactory.create(role=role)).values())
        for role in ("management", "staff", "volunteer", "reader")
    }
    streets = ["Kita · Am Markt 1", "Kita · Am Wall 2"]
    assert messages == {
        "management": streets,
        "staff": streets,
        "volunteer": streets,
        "reader": [f"Kita · Nr. {one.pk}", f"Kita · Nr. {other.pk}"],
    }


def test_where_nothing_else_differs_the_number_does():
    kind = ActorTypeFactory.create(code="kita", name_de="Kita")
    pair = [ActorFactory.create(name="Sonne", actor_type=kind) for _time in range(2)]
    assert list(office_hints(pair).values()) == [f"Kita · Nr. {actor.pk}" for actor in pair]


def test_one_who_ends_today_or_later_is_not_marked():
    today = timezone.localdate()
    last = ActorFactory.build(active_until=today + dt.timedelta(days=1))
    assert last.ended_text == ""
    yesterday = ActorFactory.build(active_until=today)
    assert yesterday.ended_text.startswith("beendet am ")


def test_hints_are_asked_for_all_at_once(two, django_assert_num_queries):
    user = UserFactory.create(role="staff")
    actors = list(Actor.objects.select_related("actor_type"))
    with django_assert_num_queries(3):
        hints_for(actors, user=user)


# --- where they are used ---


def test_pickers_tell_namesakes_apart_and_mark_who_has_ended(two):
    results = client_of().get(reverse("actors:actor_options"), {"q": "meier"}).json()["results"]
    by_key = {row["id"]: row for row in results}
    assert by_key[two[0].pk]["hint"] == "Bewohner*in · Chor · Nord · Am Markt 1 · letzter Kontakt 04.05.2020"
    assert "ended" not in by_key[two[0].pk]
    assert by_key[two[1].pk]["ended"] == "beendet am 31.12.2020"


def test_the_search_shows_the_same_hints(two):
    page = client_of().get("/search/", {"q": "meier"}).content.decode()
    assert "Chor · Nord · Am Markt 1 · letzter Kontakt 04.05.2020" in page
    assert "beendet am 31.12.2020 · Bewohner*in" in page


def test_a_chosen_actor_that_has_ended_is_marked_in_the_form(two):
    club = ActorFactory.create(name="Verein")
    tie = AffiliationFactory.create(person=two[1], organisation=club)
    page = client_of().get(reverse("actors:affiliation_update", args=[club.pk, tie.pk])).content.decode()
    assert "Ada Meier (beendet am 31.12.2020)" in page


def test_duplicates_are_told_apart(two):
    data = {"kind": "person", "actor_type": two[0].actor_type_id, "given_name": "Ada", "family_name": "Meier"}
    page = client_of().post(reverse("actors:actor_create"), data).content.decode()
    assert "Am Markt 1 · letzter Kontakt 04.05.2020" in page
    assert "beendet am 31.12.2020 · Bewohner*in" in page


def test_pasted_names_are_offered_with_the_same_hints(two):
    event = EventFactory.create(start_date=dt.date(2020, 6, 1))
    user = UserFactory.create(role="staff")
    (match,) = match_names(
        text="Ada Meier",
        event=event,
        role=ParticipationRoleFactory.create(),
        user=user,
        today=timezone.localdate(),
    )
    assert sorted(candidate.hint for candidate in match.candidates) == sorted(hints())


def test_the_quick_note_asks_which_of_the_two_is_meant(two):
    page = (
        client_of().post(reverse("contacts:quick_note_parse"), {"text": "@Ada Meier Anruf"}).content.decode()
    )
    assert "Am Markt 1 · letzter Kontakt 04.05.2020)" in page
    assert "(beendet am 31.12.2020 · Bewohner*in)" in page


def test_lists_mark_who_has_ended(two):
    club = ActorFactory.create(name="Verein")
    event = EventFactory.create(start_date=dt.date(2020, 6, 1))
    for actor in (club, two[1]):
        ParticipationFactory.create(event=event, actor=actor, state="attended")
    RelationFactory.create(source=club, target=two[1])
    staff = client_of()
    mark = "data-ended>beendet am 31.12.2020"
    for address in (
        event.get_absolute_url(),
        reverse("actors:actor_relations", args=[club.pk]),
        club.get_absolute_url(),
    ):
        assert mark in staff.get(address).content.decode(), address
    ego = staff.get(reverse("reports:actor_network", args=[club.pk])).content.decode()
    assert mark in ego
    assert "<title>Ada Meier (beendet am 31.12.2020)</title>" in ego


def test_the_explorer_marks_who_has_ended_for_those_who_see_them(two):
    for role, ends in (("staff", {"", "beendet am 31.12.2020"}), ("reader", {""})):
        nodes = client_of(role).get(reverse("reports:network_data")).json()["nodes"]
        assert {node.get("ended", "") for node in nodes} == ends


def test_an_import_names_what_tells_namesakes_apart(two):
    ActorFactory.create(name="Verein")
    (error,) = errors(checked(AffiliationImporter, "Person;Organisation\nAda Meier;Verein\n"))
    assert "letzter Kontakt 04.05.2020" in error[2]
    assert "beendet am 31.12.2020 · Bewohner*in" in error[2]


def test_an_import_says_that_somebody_has_ended():
    ActorTypeFactory.create(code="verein", name_de="Verein")
    ActorFactory.create(name="Alter Verein", external_id="A1", active_until=PAST)
    PersonFactory.create(external_id="P1")
    ParticipationRoleFactory.create(code="visitor", name_de="Besucher*in")
    for key, day in (("E1", PAST - dt.timedelta(days=1)), ("E2", PAST)):
        EventFactory.create(external_id=key, start_date=day)
    said = "„Alter Verein“: beendet am 31.12.2020."
    run = checked(ActorImporter, "Nr;Name;Typ\nA1;Alter Verein;Verein\n")
    assert notes(run) == [(2, said)]
    table = "person_id;organisation_id;Bis\nP1;A1;\nP1;A1;2020\n"
    assert notes(checked(AffiliationImporter, table.replace("P1;A1;2020\n", ""))) == [(2, said)]
    assert notes(checked(AffiliationImporter, table.replace("P1;A1;\n", ""))) == []
    run = checked(ParticipationImporter, "event_id;actor_id;Rolle\nE1;A1;Besucher*in\nE2;A1;Besucher*in\n")
    assert notes(run) == [(3, said)]
