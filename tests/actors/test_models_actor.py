"""Actors: names, search columns, kind, activity, and who sees whom."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from actors.models import (
    Actor,
    ActorKind,
    FormerName,
    PhoneNumber,
    ProgrammeDependency,
)
from tests.core.rules import problems
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorTypeFactory,
    AffiliationFactory,
    ConsentFactory,
    FormerNameFactory,
    OfficeFactory,
    PersonFactory,
    PhoneNumberFactory,
    ProgrammeDependencyFactory,
)

pytestmark = pytest.mark.django_db


def names(queryset):
    return sorted(str(row) for row in queryset)


def test_a_persons_name_is_made_of_its_parts():
    person = PersonFactory(given_name=" Ömer ", family_name="Öz  Demir")
    assert (person.name, person.sort_name) == ("Ömer Öz Demir", "oez demir oemer")


def test_a_persons_full_name_is_taken_apart_when_nothing_else_is_known():
    person = PersonFactory(name="Ada Maria\nBeispiel", given_name="", family_name="")
    assert (person.given_name, person.family_name) == ("Ada Maria", "Beispiel")
    assert person.name == "Ada Maria Beispiel"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Müller-Lüdenscheidt, Dr. Anna", ("", "Dr.", "Anna", "Müller-Lüdenscheidt")),
        ("Frau Erika von der Heide", ("ms", "", "Erika", "von der Heide")),
        ("✓ Erika Muster", ("", "", "Erika", "Muster")),
    ],
)
def test_a_person_known_by_a_whole_name_gets_its_parts_address_and_title(name, parts):
    person = PersonFactory(name=name, given_name="", family_name="")
    assert (person.salutation, person.title, person.given_name, person.family_name) == parts
    assert person.name == f"{parts[2]} {parts[3]}"


def test_a_person_with_one_name_only_is_a_person():
    person = PersonFactory(name="Madonna", given_name="", family_name="")
    assert (person.given_name, person.family_name, problems(person)) == ("", "Madonna", {})


def test_a_name_of_the_greatest_length_fits_the_database():
    longest = {"given_name": "ß" * 100, "family_name": "ﷺ" * 100}
    person = PersonFactory(**longest)
    assert problems(person) == {}
    assert len(Actor.objects.get(pk=person.pk).name) == 201


def test_a_name_whose_parts_do_not_fit_is_refused():
    person = PersonFactory.build(
        actor_type=ActorTypeFactory(), given_name="", family_name="", name=f"A {'b' * 120}"
    )
    assert problems(person) == {"name": ["This name is too long."]}


def test_an_organisation_has_neither_given_name_nor_form_of_address():
    club = ActorFactory(name="  SV \t Nord ", given_name="Ada", family_name="B", salutation="ms", title="Dr.")
    stored = Actor.objects.get(pk=club.pk)
    assert (stored.name, stored.given_name, stored.family_name) == ("SV Nord", "", "")
    assert (stored.salutation, stored.title) == ("", "")


def test_a_nameless_actor_is_refused_where_the_name_belongs():
    actor_type = ActorTypeFactory()
    assert problems(ActorFactory.build(actor_type=actor_type, name=" ")) == {"name": ["Enter the name."]}
    nobody = PersonFactory.build(actor_type=actor_type, given_name=" ", family_name="", name="")
    assert problems(nobody) == {"family_name": ["Enter at least a given name or a family name."]}


@pytest.mark.parametrize("words", ["sprecherkreis", "MÜLLER", "mueller", "muller", "müller spre", "spre mül"])
def test_search_finds_an_actor_by_any_name_in_any_spelling_and_order(words):
    actor = ActorFactory(name="Müller-Haus")
    FormerNameFactory(actor=actor, name="Sprecherkreis")
    ActorFactory(name="Freunde Westhagens")
    assert list(Actor.objects.matching(words)) == [actor]


def test_a_wildcard_is_just_a_character_when_searching():
    ActorFactory(name="Verein")
    assert list(Actor.objects.matching("Ver%")) == list(Actor.objects.matching("ver"))


def test_search_follows_former_names_as_they_come_and_go():
    actor = ActorFactory(name="Freunde Westhagens")
    former = FormerName.objects.create(actor=actor, name="Sprecherkreis")
    assert list(Actor.objects.matching("sprecherkreis")) == [actor]
    former.name = "Sprecherrat"
    former.save()
    assert list(Actor.objects.matching("sprecherkreis")) == []
    assert list(Actor.objects.matching("sprecherrat")) == [actor]
    former.delete()
    assert list(Actor.objects.matching("sprecherrat")) == []


def test_a_stale_copy_of_an_actor_does_not_lose_its_former_names():
    stale = ActorFactory(name="Freunde")
    FormerNameFactory(actor=Actor.objects.get(pk=stale.pk), name="Sprecherkreis")
    stale.description = "neu"
    stale.save()
    assert list(Actor.objects.matching("sprecherkreis")) == [stale]


def test_keeping_search_up_to_date_leaves_the_actor_itself_alone():
    actor = ActorFactory()
    before = Actor.objects.values("version", "updated_at").get(pk=actor.pk)
    PhoneNumberFactory(actor=actor)
    FormerNameFactory(actor=actor)
    assert Actor.objects.values("version", "updated_at").get(pk=actor.pk) == before


def test_two_numbers_do_not_fit_into_one():
    number = PhoneNumberFactory(number="05361 123 / 0170 2345")
    assert problems(number) == {"number": ["These are several numbers. Please enter each by itself."]}


@pytest.mark.parametrize("typed", ["05361 12345", "+49 5361 123", "0049536112345", "12345", "(0)5361/12-345"])
def test_telephone_digits_are_found_however_they_are_typed(typed):
    number = PhoneNumberFactory(number="+49 (0)5361 / 123 45")
    assert list(Actor.objects.matching(typed, details=True)) == [number.actor]


def test_private_particulars_are_searched_only_when_asked():
    person = PersonFactory(email="geheim@example.org")
    PhoneNumberFactory(actor=person, number="05361 77777")
    assert list(Actor.objects.matching("geheim@example.org", details=True)) == [person]
    assert list(Actor.objects.matching("geheim@example.org")) == []
    assert list(Actor.objects.matching("77777")) == []


def test_a_telephone_number_leaves_the_search_with_its_row():
    number = PhoneNumberFactory(number="05361 77777")
    PhoneNumber.objects.get(pk=number.pk).delete()
    assert list(Actor.objects.matching("77777", details=True)) == []


def test_saving_one_field_saves_what_is_derived_from_it():
    person = PersonFactory(given_name="Ada", family_name="Alt")
    person.family_name = "Neu"
    person.save(update_fields=["family_name"])
    assert list(Actor.objects.matching("ada neu")) == [person]
    assert Actor.objects.get(pk=person.pk).sort_name == "neu ada"


def test_an_actor_is_active_from_its_first_to_before_its_until_day():
    actor = ActorFactory(active_from=dt.date(2014, 1, 1), active_until=dt.date(2018, 1, 1))
    days = [dt.date(2013, 12, 31), dt.date(2014, 1, 1), dt.date(2017, 12, 31), dt.date(2018, 1, 1)]
    assert [Actor.objects.active_on(day).exists() for day in days] == [False, True, True, False]
    assert actor.last_active_day == dt.date(2017, 12, 31)
    assert ActorFactory().last_active_day is None


def test_an_open_end_means_active():
    ActorFactory()
    assert Actor.objects.active_on(dt.date(1990, 1, 1)).count() == 1


def test_offices_are_told_by_their_sector():
    office = OfficeFactory()
    ActorFactory()
    assert list(Actor.objects.offices()) == [office]


def test_a_kind_that_other_records_rely_on_stays():
    member = AffiliationFactory()
    kept = {"kind": ["This actor has entries that only fit its present kind."]}
    person, club = member.person, member.organisation
    person.kind = ActorKind.ORGANISATION
    club.kind = ActorKind.PERSON
    assert (problems(person), problems(club)) == (kept, kept)
    consenting = ConsentFactory().person
    consenting.kind = ActorKind.BODY
    assert problems(consenting) == kept


def test_a_kind_that_nothing_relies_on_can_be_mended():
    wrong = PersonFactory(name="Kreis", given_name="", family_name="")
    wrong.kind = ActorKind.BODY
    assert problems(wrong) == {}
    affiliation = AffiliationFactory()
    affiliation.organisation.kind = ActorKind.BODY
    assert problems(affiliation.organisation) == {}


def test_readers_see_no_natural_person_nor_what_belongs_to_one():
    person, club = PersonFactory(), ActorFactory()
    for actor in (person, club):
        FormerNameFactory(actor=actor)
        ProgrammeDependencyFactory(actor=actor)
        PhoneNumberFactory(actor=actor)
    models = (Actor, FormerName, ProgrammeDependency, PhoneNumber)
    seen = {
        role: [model.objects.visible_to(UserFactory(role=role)).count() for model in models]
        for role in ("management", "staff", "volunteer", "reader")
    }
    assert seen == {
        "management": [2, 2, 2, 2],
        "staff": [2, 2, 2, 2],
        "volunteer": [2, 2, 2, 0],
        "reader": [1, 1, 1, 0],
    }


def test_nobody_sees_anything_without_an_active_account():
    ActorFactory()
    for user in (None, AnonymousUser(), UserFactory(role="management", is_active=False)):
        assert list(Actor.objects.visible_to(user)) == []
