"""Writes that touch several rows: all of it or nothing."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from actors.models import Actor, FormerName, PhoneNumber
from actors.services.actors import Phone, parse_phones, save_actor
from tests.factories.actors import (
    ActorFactory,
    ActorTypeFactory,
    FormerNameFactory,
    PhoneNumberFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 5, 4)


def phone_lines(actor):
    return [str(phone) for phone in actor.phone_numbers.all()]


def test_an_actor_is_saved_with_its_numbers_and_found_by_them():
    actor = Actor(name="Verein", kind="organisation", actor_type=ActorTypeFactory.create())
    save_actor(actor=actor, phones=[Phone("05361 12345", "Büro"), Phone("0170 999")])
    stored = Actor.objects.matching("0536112345", details=True).get()
    assert (stored, phone_lines(stored)) == (actor, ["Büro: 05361 12345", "0170 999"])


def test_numbers_are_kept_changed_and_taken_away_in_the_order_given():
    actor = ActorFactory.create()
    kept = PhoneNumberFactory.create(actor=actor, number="05361 1111", label="alt")
    PhoneNumberFactory.create(actor=actor, number="05361 2222")
    save_actor(actor=actor, phones=[Phone("05361 3333"), Phone("05361 1111", "neu")])
    assert phone_lines(actor) == ["05361 3333", "neu: 05361 1111"]
    assert PhoneNumber.objects.filter(pk=kept.pk).exists()
    assert not Actor.objects.matching("053612222", details=True).exists()


def test_numbers_stay_when_nothing_is_said_about_them():
    actor = PhoneNumberFactory.create(number="05361 1111").actor
    save_actor(actor=actor)
    assert phone_lines(actor) == ["05361 1111"]


def test_a_name_given_up_is_kept_and_still_found():
    actor = ActorFactory.create(name="Sprecherkreis")
    actor.name = "Freunde Westhagens"
    save_actor(actor=actor, former_name="Sprecherkreis", until=dt.date(2014, 5, 1))
    former = FormerName.objects.get()
    assert (former.name, former.used_until) == ("Sprecherkreis", dt.date(2014, 5, 1))
    assert Actor.objects.matching("sprecherkreis").get() == actor


def test_a_name_given_up_twice_is_kept_once():
    actor = ActorFactory.create(name="Neu")
    FormerNameFactory.create(actor=actor, name="Alt")
    save_actor(actor=actor, former_name="Alt", until=DAY)
    assert FormerName.objects.count() == 1


def test_telephone_lines_are_read_with_what_they_are_for():
    text = "Büro: 05361 12345\n\n  +49 5361 777  \nMo: Di: 0170 123"
    assert parse_phones(text) == [
        Phone("05361 12345", "Büro"),
        Phone("+49 5361 777"),
        Phone("0170 123", "Mo: Di"),
    ]


def test_two_numbers_on_a_line_are_two_and_notes_behind_them_are_kept():
    assert parse_phones("05361 123 (Büro) / 0170 2345") == [Phone("05361 123", "Büro"), Phone("0170 2345")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("05361 12345\nabc\n0170 1x", [2, 3]),
        ("Büro:", [1]),
        ("05361 12345\nauch: 05361/12345", [2]),
        (f"{'x' * 41}: 05361 12345", [1]),
        ("Büro\x00: 05361 12345", [1]),
    ],
)
def test_a_bad_telephone_line_is_named_by_its_number(text, lines):
    with pytest.raises(ValidationError) as refused:
        parse_phones(text)
    assert [error.params["line"] for error in refused.value.error_list] == lines
