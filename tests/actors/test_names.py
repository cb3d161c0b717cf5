"""Names that are nearly right: search with typing errors, and actors that may be the same."""

import random

import pytest
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from actors.names import find_actors, guess_kind, similar_actors
from core.names import NameIndex, allowed_slips
from core.text import search_words
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, FormerNameFactory, PersonFactory, PhoneNumberFactory

pytestmark = pytest.mark.django_db


def matches(text, *, role="staff", **kwargs):
    return [actor.name for actor in find_actors(text=text, user=UserFactory.create(role=role), **kwargs)]


@pytest.mark.parametrize(
    "text", ["müller", "mueller", "muller", "MÜL", "müler", "mullre", "beate müller", "müller beate", "beat"]
)
def test_a_person_is_found_in_every_spelling_and_order(text):
    PersonFactory.create(given_name="Beate", family_name="Müller")
    PersonFactory.create(given_name="Kurt", family_name="Andersen")
    assert matches(text) == ["Beate Müller"]


def test_what_fits_best_comes_first():
    for name in ("Westhagener Treff", "Treffpunkt", "Treff", "Schlagertreff"):
        ActorFactory.create(name=name)
    assert matches("treff") == ["Treff", "Treffpunkt", "Westhagener Treff", "Schlagertreff"]


def test_an_actor_is_found_by_a_former_name_as_soon_as_it_is_stored():
    actor = ActorFactory.create(name="Freunde Westhagens")
    assert matches("sprecherkries") == []
    FormerNameFactory.create(actor=actor, name="Sprecherkreis")
    assert matches("sprecherkries") == ["Freunde Westhagens"]


def test_telephone_numbers_are_searched_only_with_the_right_to_details():
    actor = PhoneNumberFactory.create(number="+49 5361 12345").actor
    assert matches("05361 123", details=True) == [actor.name]
    assert matches("05361 123") == []


def test_only_the_kinds_asked_for_are_found():
    ActorFactory.create(name="Ada-Club")
    PersonFactory.create(given_name="Ada", family_name="Beispiel")
    assert matches("ada", kinds=["person"]) == ["Ada Beispiel"]


def test_readers_find_no_persons_not_even_by_a_typing_error():
    PersonFactory.create(given_name="Beate", family_name="Müller")
    assert (matches("müller", role="reader"), matches("mülller", role="reader")) == ([], [])


@pytest.mark.parametrize("text", ["", "  ", "---", "\x00"])
def test_nothing_is_found_by_nothing(text):
    ActorFactory.create()
    assert matches(text) == []


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
    assert matches("sportverien") == ["Sportverein Nord"]
    actor.delete()
    assert matches("sportverien") == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Erika Muster", "person"),
        ("Anna-Lena Dyk", "person"),
        ("Sportverein Nord", "organisation"),
        ("Sean O'Neill", "person"),
        ("Anna M. Schulz", "person"),
        ("Frau Dr. Kurz", "person"),
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


def test_many_are_compared_at_once_as_each_alone_and_by_the_definition(monkeypatch):
    """Defined: every word is near a word or the beginning of one; whole names are alike by 90 of 100."""
    monkeypatch.setattr("core.names.AT_ONCE", 3)
    draw = random.Random(8)
    words = ["".join(draw.choices("abcde", k=draw.randint(1, 8))) for _word in range(60)]
    rows = [(key, " ".join(draw.sample(words, draw.randint(1, 3)))) for key in range(80)]
    texts = [*(name for _key, name in rows[:20]), *words[:20], "abcde abcd", "", "x" * 300, "edcba " * 3]
    index = NameIndex(rows)

    def slips(word, name):
        most = allowed_slips(word)
        matches = [OSA.distance(word, known) + 0.0 for known in name.split()]
        matches += [OSA.distance(word, known[: len(word)]) + 0.5 for known in name.split()]
        return min((distance for distance in matches if int(distance) <= most), default=None)

    def near(text):
        needles = search_words(text)
        by_key = {key: [slips(word, name) for word in needles or ()] for key, name in rows}
        hits = [(sum(by_word), key) for key, by_word in by_key.items() if needles and None not in by_word]
        return [key for _slips, key in sorted(hits)[:20]]

    def alike(text):
        scored = [(fuzz.ratio(*(" ".join(sorted(t.split())) for t in (text, name))), k) for k, name in rows]
        return [key for score, key in sorted(scored, key=lambda pair: -pair[0]) if score >= 90][:5]

    assert index.near_each(texts) == [index.near(text) for text in texts] == [near(text) for text in texts]
    assert index.alike_each(texts) == [index.alike(text) for text in texts] == [alike(t) for t in texts]
    assert sum(map(bool, index.near_each(texts))) > 30
