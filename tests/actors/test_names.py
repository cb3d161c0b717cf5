"""Names that are nearly right: search with typing errors, and actors that may be the same."""

import pytest

from actors.names import find_actors, guess_kind, similar_actors
from crm.common.names import NameIndex, allowed_slips
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, FormerNameFactory, PersonFactory, PhoneNumberFactory

pytestmark = pytest.mark.django_db


def found(text, *, role="staff", **kwargs):
    return [actor.name for actor in find_actors(text=text, user=UserFactory.create(role=role), **kwargs)]


@pytest.mark.parametrize(
    "text", ["müller", "mueller", "muller", "MÜL", "müler", "mullre", "beate müller", "müller beate", "beat"]
)
def test_a_person_is_found_in_every_spelling_and_order(text):
    PersonFactory.create(given_name="Beate", family_name="Müller")
    PersonFactory.create(given_name="Kurt", family_name="Andersen")
    assert found(text) == ["Beate Müller"]


def test_what_fits_best_comes_first():
    for name in ("Westhagener Treff", "Treffpunkt", "Treff", "Schlagertreff"):
        ActorFactory.create(name=name)
    assert found("treff") == ["Treff", "Treffpunkt", "Westhagener Treff", "Schlagertreff"]


def test_an_actor_is_found_by_a_former_name_as_soon_as_it_is_stored():
    actor = ActorFactory.create(name="Freunde Westhagens")
    assert found("sprecherkries") == []
    FormerNameFactory.create(actor=actor, name="Sprecherkreis")
    assert found("sprecherkries") == ["Freunde Westhagens"]


def test_telephone_numbers_are_searched_only_with_the_right_to_details():
    actor = PhoneNumberFactory.create(number="+49 5361 12345").actor
    assert found("05361 123", details=True) == [actor.name]
    assert found("05361 123") == []


def test_only_the_kinds_asked_for_are_found():
    ActorFactory.create(name="Ada-Club")
    PersonFactory.create(given_name="Ada", family_name="Beispiel")
    assert found("ada", kinds=["person"]) == ["Ada Beispiel"]


def test_readers_find_no_persons_not_even_by_a_typing_error():
    PersonFactory.create(given_name="Beate", family_name="Müller")
    assert (found("müller", role="reader"), found("mülller", role="reader")) == ([], [])


@pytest.mark.parametrize("text", ["", "  ", "---", "\x00"])
def test_nothing_is_found_by_nothing(text):
    ActorFactory.create()
    assert found(text) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sportverein NORD", ["Sportverein Nord"]),
        ("Nord Sportverein", ["Sportverein Nord"]),
        ("Sportvereine Nord", ["Sportverein Nord"]),
        ("Sportverein Süd", []),
        ("TuS Alt", ["Sportverein Nord"]),
    ],
)
def test_actors_of_nearly_the_same_name_are_similar(name, expected):
    actor = ActorFactory.create(name="Sportverein Nord")
    FormerNameFactory.create(actor=actor, name="TuS Alt")
    assert [a.name for a in similar_actors(name=name, user=UserFactory.create())] == expected


def test_an_actor_is_not_similar_to_itself():
    actor = ActorFactory.create(name="Sportverein Nord")
    assert similar_actors(name=actor.name, user=UserFactory.create(), exclude=actor.pk) == []


def test_the_index_forgets_what_was_deleted():
    actor = ActorFactory.create(name="Sportverein Nord")
    assert found("sportverien") == ["Sportverein Nord"]
    actor.delete()
    assert found("sportverien") == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Erika Muster", "person"),
        ("Anna-Lena Dyk", "person"),
        ("Sportverein Nord", "organisation"),
        ("SV Nord e. V.", "organisation"),
        ("Madonna", "organisation"),
    ],
)
def test_the_kind_of_a_new_name_is_guessed(name, kind):
    assert guess_kind(name) == kind


def test_short_words_must_be_right():
    assert [allowed_slips(word) for word in ("abc", "abcd", "abcdefg")] == [0, 1, 2]
    assert NameIndex([(1, "ada")]).near("ade") == []


def test_an_empty_index_answers_with_nothing():
    index = NameIndex([])
    assert (index.near("ada"), index.alike("ada"), index.near("")) == ([], [], [])
