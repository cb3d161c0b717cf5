"""Rules of the register that one row can break alone: the database bites, and full_clean says why."""

import datetime as dt
from decimal import Decimal

import pytest

from actors.models import Sector
from tests.core.rules import assert_database_refuses_change, assert_refused, assert_refused_as_twin, problems
from tests.factories.actors import (
    ActorFactory,
    ActorTypeFactory,
    AffiliationFactory,
    ConsentFactory,
    FormerNameFactory,
    PersonFactory,
    PhoneNumberFactory,
    ProgrammeDependencyFactory,
    RelationFactory,
    TopicFactory,
)
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 5, 4)
BACKWARDS = {"__all__": ["The end lies before the beginning."]}


@pytest.mark.parametrize(
    ("factory", "changes", "errors"),
    [
        pytest.param(ActorFactory, {"name": ""}, {"name": ["Enter the name."]}, id="an actor has a name"),
        pytest.param(
            ActorFactory,
            {"active_from": DAY, "active_until": DAY},
            BACKWARDS,
            id="an actor is active for a day at least",
        ),
        pytest.param(
            ActorFactory,
            {"latitude": Decimal(52), "longitude": None},
            {"__all__": ["Enter latitude and longitude together."]},
            id="a latitude needs a longitude",
        ),
        pytest.param(
            FormerNameFactory, {"used_from": DAY, "used_until": DAY}, BACKWARDS, id="a name is used for a day"
        ),
        pytest.param(
            ProgrammeDependencyFactory,
            {"valid_from": DAY, "valid_until": DAY},
            BACKWARDS,
            id="a dependency lasts a day at least",
        ),
        pytest.param(
            AffiliationFactory,
            {"valid_from": DAY, "valid_until": dt.date(2019, 1, 1)},
            BACKWARDS,
            id="an affiliation does not end before it begins",
        ),
        pytest.param(
            RelationFactory,
            {"valid_from": DAY, "valid_until": DAY},
            BACKWARDS,
            id="a relation lasts a day at least",
        ),
        pytest.param(
            ConsentFactory,
            {"given_on": DAY, "withdrawn_on": dt.date(2020, 5, 3)},
            {"__all__": ["A consent cannot be withdrawn before it was given."]},
            id="a consent is withdrawn after it was given",
        ),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(factory, changes, errors):
    assert_refused(factory(), changes, errors)


def test_out_of_range_numbers_are_refused_by_the_database_too():
    assert_refused(
        RelationFactory(),
        {"strength": 4},
        {"strength": ["Ensure this value is less than or equal to 3."]},
    )
    assert_refused(
        ProgrammeDependencyFactory(),
        {"share_percent": 101},
        {"share_percent": ["Ensure this value is less than or equal to 100."]},
    )
    assert_refused(
        ActorFactory(latitude=Decimal("52.4"), longitude=Decimal("10.8")),
        {"latitude": Decimal("90.5")},
        {"latitude": ["Ensure this value is less than or equal to 90."]},
    )


def test_only_a_person_has_a_guardian_and_it_is_another_person():
    broken = {"__all__": ["Only a person has a guardian, and it is another person."]}
    child, parent = PersonFactory(), PersonFactory()
    assert_refused(ActorFactory(), {"guardian": parent}, broken)
    assert_refused(child, {"guardian": child}, broken)
    assert problems(PersonFactory(guardian=parent)) == {}
    assert problems(PersonFactory(guardian=ActorFactory())) == {"guardian": ["Choose a person."]}


def test_an_affiliation_joins_a_person_and_an_organisation():
    club, person = ActorFactory(), PersonFactory()
    swapped = AffiliationFactory.build(person=club, organisation=person)
    assert problems(swapped) == {
        "person": ["Choose a person."],
        "organisation": ["Choose an organisation or a body."],
    }
    affiliation = AffiliationFactory()
    affiliation.organisation = affiliation.person
    assert problems(affiliation) == {
        "organisation": ["Choose an organisation or a body."],
    }


def test_nobody_is_a_member_of_itself_in_the_database_either():
    affiliation = AffiliationFactory()
    assert_database_refuses_change(affiliation, {"organisation": affiliation.person})


def test_only_a_person_consents():
    assert problems(ConsentFactory.build(person=ActorFactory())) == {"person": ["Choose a person."]}


@pytest.mark.parametrize(
    ("factory", "fields", "error"),
    [
        (AffiliationFactory, {}, "This affiliation is already recorded."),
        (AffiliationFactory, {"role": "Vorstand"}, "This affiliation is already recorded."),
        (
            AffiliationFactory,
            {"valid_from": DAY, "valid_until": dt.date(2021, 1, 1)},
            "This affiliation is already recorded.",
        ),
        (ConsentFactory, {}, "A consent for this purpose is already in force."),
        (FormerNameFactory, {}, "This name is already recorded."),
        (PhoneNumberFactory, {}, "This number is already recorded."),
        (ActorFactory, {"external_id": "A1"}, "Another actor already has this external key."),
    ],
)
def test_the_same_row_is_not_recorded_twice(factory, fields, error):
    assert_refused_as_twin(factory(**fields), {"__all__": [error]})


def test_many_actors_have_no_external_key():
    ActorFactory(), ActorFactory()
    assert problems(ActorFactory.build(actor_type=ActorTypeFactory())) == {}


def test_a_consent_can_be_given_again_after_it_was_withdrawn():
    withdrawn = ConsentFactory(withdrawn_on=dt.date(2020, 6, 1))
    again = ConsentFactory(person=withdrawn.person, given_on=dt.date(2020, 7, 1))
    assert problems(again) == {}


def test_a_former_affiliation_can_be_taken_up_again():
    first = AffiliationFactory(valid_from=dt.date(2010, 1, 1), valid_until=dt.date(2012, 1, 1))
    again = AffiliationFactory.build(
        person=first.person, organisation=first.organisation, valid_from=dt.date(2015, 1, 1)
    )
    assert problems(again) == {}


def test_no_consent_is_logged_before_it_happened():
    tomorrow = dt.date(2200, 1, 1)
    late = ["This date lies in the future. Use a follow-up for what is still to come."]
    assert problems(ConsentFactory(given_on=tomorrow, withdrawn_on=tomorrow)) == {
        "given_on": late,
        "withdrawn_on": late,
    }


@pytest.mark.parametrize("number", ["05361 12345", "+49 (0)5361 / 12 34-5", "110"])
def test_telephone_numbers_are_taken_as_people_write_them(number):
    assert problems(PhoneNumberFactory(number=number if len(number) > 3 else "1100")) == {}


@pytest.mark.parametrize("number", ["call me", "0", "05361 12345 =1+1", "＋495361"])
def test_what_is_no_telephone_number_is_refused(number):
    wrong = ["Enter a telephone number such as 05361 12345 or +49 5361 12345."]
    assert problems(PhoneNumberFactory(number=number)) == {"number": wrong}


def test_text_that_a_database_cannot_keep_is_refused():
    control = ["This text holds invisible control characters. Please type it again."]
    assert problems(ActorFactory.build(actor_type=ActorTypeFactory(), name="A\x00B")) == {"name": control}
    assert problems(ActorFactory.build(actor_type=ActorTypeFactory(), notes="A\ud800B")) == {"notes": control}
    assert problems(ContactFactory(note="a\tb\r\nc")) == {}
    too_long = ActorFactory.build(actor_type=ActorTypeFactory(), description="x" * 5001)
    assert problems(too_long) == {
        "description": ["Ensure this value has at most 5000 characters (it has 5001)."]
    }


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "x"])
def test_only_web_addresses_are_websites(address):
    assert "website" in problems(ActorFactory.build(actor_type=ActorTypeFactory(), website=address))


def test_the_code_of_a_term_stays():
    topic = TopicFactory(code="education")
    topic.code = "schooling"
    assert problems(topic) == {"code": ["The code of a term cannot be changed."]}


def test_a_term_is_found_by_one_code_only():
    topic = TopicFactory(code="education")
    assert_refused_as_twin(topic, {"code": ["Topic with this Code already exists."]})


def test_each_actor_type_belongs_to_a_fixed_sector():
    unknown = ActorTypeFactory.build(code="club", sector="sport")
    assert problems(unknown) == {"sector": ["Value 'sport' is not a valid choice."]}
    assert problems(ActorTypeFactory.build(code="club", sector=Sector.ASSOCIATION)) == {}
