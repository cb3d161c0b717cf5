"""Finding the actors that a pasted list means."""

import datetime as dt

import pytest

from events.services.name_matching import match_names
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, AffiliationFactory, FormerNameFactory, PersonFactory
from tests.factories.events import EventFactory, ParticipationFactory, ParticipationRoleFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2021, 3, 1)


@pytest.fixture
def match():
    event, role, user = EventFactory.create(), ParticipationRoleFactory.create(), UserFactory.create()

    def run(text):
        return match_names(text=text, event=event, role=role, user=user, today=TODAY)

    run.event, run.role = event, role
    return run


def short(matches):
    """Status, name, and the actors it may mean."""
    return [(m.status, m.pasted.name, [str(c.actor) for c in m.candidates]) for m in matches]


@pytest.mark.parametrize(
    "typed",
    [
        "Jürgen Groß",
        "juergen gross",
        "Jurgen Gross",
        "Groß Jürgen",
        "Groß, Jürgen",
        "Herr Jürgen Groß",
        "Dr. Jürgen Groß",
    ],
)
def test_a_person_is_found_in_every_spelling(match, typed):
    PersonFactory.create(given_name="Jürgen", family_name="Groß")
    assert [(m.status, str(m.actor)) for m in match(typed)] == [("matched", "Jürgen Groß")]


@pytest.mark.parametrize(
    "typed", ["Sprecherkreis", "SPRECHERKREIS", "Freunde Westhagens", "Freunde Westhagens e.V."]
)
def test_an_organisation_is_found_by_former_names_and_without_its_legal_form(match, typed):
    body = ActorFactory.create(name="Freunde Westhagens e. V.")
    FormerNameFactory.create(actor=body, name="Sprecherkreis")
    assert [(m.status, m.actor) for m in match(typed)] == [("matched", body)]


def test_a_near_miss_is_offered_but_not_taken(match):
    PersonFactory.create(given_name="Jürgen", family_name="Groß")
    ActorFactory.create(name="Kita Sonnenschein")
    assert short(match("Jürgen Gross\nJürgn Groß\nKita Sonne")) == [
        ("matched", "Jürgen Gross", ["Jürgen Groß"]),
        ("new", "Jürgn Groß", ["Jürgen Groß"]),
        ("new", "Kita Sonne", ["Kita Sonnenschein"]),
    ]


def test_namesakes_are_ambiguous_until_an_organisation_tells_them_apart(match):
    first = PersonFactory.create(given_name="Ada", family_name="Doppel")
    second = PersonFactory.create(given_name="Ada", family_name="Doppel")
    AffiliationFactory.create(person=second, organisation=ActorFactory.create(name="Verein Süd"))
    plain, told = match("Ada Doppel\nAda Doppel (Verein Süd)")
    assert (plain.status, {c.actor for c in plain.candidates}) == ("ambiguous", {first, second})
    assert (told.status, told.actor) == ("matched", second)


def test_a_verbatim_name_wins_over_one_in_another_spelling_or_order(match):
    exact = PersonFactory.create(given_name="Otto", family_name="Martin")
    PersonFactory.create(given_name="Martin", family_name="Otto")
    (matched,) = match("Otto Martin")
    assert (matched.status, matched.actor) == ("matched", exact)


def test_who_is_recorded_already_or_stands_in_the_list_twice_is_said(match):
    present = ActorFactory.create(name="Feuerwehr")
    ParticipationFactory.create(event=match.event, actor=present, role=match.role, state="registered")
    matched = match("Feuerwehr\nJo Neu\nJo Neu\nFEUERWEHR")
    assert [(m.status, m.state) for m in matched] == [
        ("recorded", "registered"),
        ("new", ""),
        ("repeated", ""),
        ("repeated", "registered"),
    ]


def test_the_number_of_queries_does_not_grow_with_the_list(match, django_assert_max_num_queries):
    text = "\n".join(PersonFactory.create(given_name=f"Ada{n}").name for n in range(30))
    with django_assert_max_num_queries(8):
        assert {m.status for m in match(text)} == {"matched"}


def test_an_empty_list_matches_nothing(match):
    assert match(" \n;") == []


def test_a_long_list_is_matched_as_each_of_its_names_alone(match):
    families = ("Groß", "Gross", "Grosse", "Löwenstein", "Loewenstien", "Nguyen", "Ng")
    for number, family in enumerate(families * 3):
        PersonFactory.create(given_name=("Jürgen", "Ada", "Jo")[number % 3], family_name=family)
    for name in ("Kita Sonnenschein", "Kita Sonne e. V.", "Sonnenscheinkita", "Nachbarschaftsverein"):
        ActorFactory.create(name=name)
    given = ("Jürgn", "Jurgen", "Ada", "Addda", "Jo")
    names = [f"{one} {family}{end}" for one in given for family in families for end in ("", "r", "xyz")]
    names += ["Kita Sone", "Sonnenschein Kita", "Nachbarschaftverein", "Kita", "Ng", "x" * 250]
    together = short(match("\n".join(names)))
    assert len(together) > 100
    alone = [matched for name in names for matched in short(match(name))]
    assert [matched[1:] for matched in together] == [matched[1:] for matched in alone]
    differing = {(one[0], other[0]) for one, other in zip(together, alone, strict=True) if one != other}
    # Alone, a name does not know that the list has it, or the same actor, a second time.
    assert {status for status, _alone in differing} == {"repeated"}
    assert {status for status, _name, _candidates in alone} == {"matched", "new", "ambiguous"}
