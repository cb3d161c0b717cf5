"""Rules of the log that one row can break alone: the database bites, and full_clean says why."""

import datetime as dt

import pytest

from tests.core.rules import assert_refused, problems
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ConcernFactory, ContactFactory, FollowUpFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 5, 4)


@pytest.mark.parametrize(
    ("factory", "changes", "errors"),
    [
        pytest.param(
            ContactFactory,
            {"subject": "", "note": ""},
            {"note": ["Enter a subject or a note."]},
            id="a contact says something",
        ),
        pytest.param(
            ConcernFactory,
            {"forwarded_on": DAY},
            {"__all__": ["Say to whom the concern was forwarded."]},
            id="a concern is forwarded to somebody",
        ),
        pytest.param(
            ConcernFactory,
            {"told_on": dt.date(2020, 5, 3)},
            {"__all__": ["The answer cannot come before the concern."]},
            id="an answer comes after the concern",
        ),
        pytest.param(
            FollowUpFactory,
            {"done_at": dt.datetime(2020, 5, 12, tzinfo=dt.UTC)},
            {"__all__": ["Say when it was done and by whom."]},
            id="what is done was done by somebody",
        ),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(factory, changes, errors):
    assert_refused(factory(), changes, errors)


def test_out_of_range_numbers_are_refused_by_the_database_too():
    assert_refused(
        ContactFactory(),
        {"duration_minutes": 1441},
        {"duration_minutes": ["Ensure this value is less than or equal to 1440."]},
    )


def test_a_concern_is_forwarded_after_it_was_raised():
    assert_refused(
        ConcernFactory(forwarded_to=ActorFactory()),
        {"forwarded_on": dt.date(2020, 5, 3)},
        {"__all__": ["A concern cannot be forwarded before it was raised."]},
    )


def test_nothing_is_logged_before_it_happened():
    tomorrow = dt.date(2200, 1, 1)
    late = ["This date lies in the future. Use a follow-up for what is still to come."]
    assert problems(ContactFactory(date=tomorrow)) == {"date": late}
    assert problems(ConcernFactory(raised_on=tomorrow)) == {"raised_on": late}
    assert problems(ConcernFactory(due=tomorrow)) == {}


def test_a_follow_up_says_what_is_to_be_done():
    assert problems(FollowUpFactory(text="  ")) == {"text": ["Say what is to be done."]}
    assert problems(FollowUpFactory(text="", actor=ActorFactory())) == {}


def test_a_follow_up_is_for_somebody_who_may_see_what_it_is_about():
    refused = {"assignee": ["This person may not see what is to be done."]}
    volunteer, reader = UserFactory(role="volunteer"), UserFactory(role="reader")
    gone = UserFactory(is_active=False)
    secret = ContactFactory(is_confidential=True)
    assert problems(FollowUpFactory(assignee=volunteer)) == {}
    assert problems(FollowUpFactory(assignee=volunteer, contact=ContactFactory())) == {}
    assert problems(FollowUpFactory(assignee=volunteer, contact=secret)) == refused
    assert problems(FollowUpFactory(assignee=volunteer, concern=ConcernFactory())) == refused
    assert problems(FollowUpFactory(assignee=reader)) == refused
    assert problems(FollowUpFactory(assignee=gone)) == refused
    assert problems(FollowUpFactory(contact=secret)) == {}
    done = FollowUpFactory(assignee=gone, done_at=dt.datetime(2020, 5, 12, tzinfo=dt.UTC), done_by=gone)
    assert problems(done) == {}
