"""Who may do what: the one answer that pages, API, export and reports use."""

import pytest
from django.contrib.auth.models import AnonymousUser

from actors.models import Actor, Topic
from contacts.models import Concern, Contact
from core.roles import ALL_ROLES, HELPER_ROLES, OFFICE_ROLES, REPORT_ROLES, Role, can, role_of
from events.models import Headcount, Participation
from tests.factories.accounts import UserFactory
from tests.factories.actors import PersonFactory
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.django_db
ACTIONS = ("view", "add", "change", "delete", "view_details")
ALL = set(ACTIONS)
NONE: set[str] = set()


def rights(role, model):
    user = UserFactory(role=role)
    return {action for action in ACTIONS if can(user, action, model)}


def test_the_office_and_who_else_helps_or_reads():
    assert {"management", "staff", "volunteer", "reader"} == ALL_ROLES
    assert {"management", "staff"} == OFFICE_ROLES
    assert {"management", "staff", "volunteer"} == HELPER_ROLES
    assert {"management", "staff", "reader"} == REPORT_ROLES


def test_the_role_of_somebody_without_an_active_account_is_none():
    assert role_of(None) is None
    assert role_of(AnonymousUser()) is None
    assert role_of(UserFactory(role="management", is_active=False)) is None
    assert {role_of(UserFactory(role=role)) for role in Role} == ALL_ROLES


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (Actor, {"management": ALL, "staff": ALL, "volunteer": {"view"}, "reader": {"view"}}),
        (
            Contact,
            {"management": ALL, "staff": ALL, "volunteer": {"view", "add", "change"}, "reader": NONE},
        ),
        (Concern, {"management": ALL, "staff": ALL, "volunteer": NONE, "reader": NONE}),
        (
            Participation,
            {"management": ALL, "staff": ALL, "volunteer": ALL - {"view_details"}, "reader": {"view"}},
        ),
        (
            Headcount,
            {"management": ALL, "staff": ALL, "volunteer": ALL - {"view_details"}, "reader": NONE},
        ),
        (
            Topic,
            {
                "management": ALL,
                "staff": {"view", "view_details"},
                "volunteer": {"view"},
                "reader": {"view"},
            },
        ),
    ],
)
def test_each_role_has_its_rights_and_no_others(model, expected):
    assert {role: rights(role, model) for role in Role.values} == expected


def test_a_right_to_a_record_needs_the_record_to_be_seen():
    volunteer, reader = UserFactory(role="volunteer"), UserFactory(role="reader")
    own, foreign = ContactFactory(staff=volunteer), ContactFactory()
    assert [(can(volunteer, "view", one), can(volunteer, "change", one)) for one in (own, foreign)] == [
        (True, True),
        (False, False),
    ]
    assert (can(reader, "view", Actor), can(reader, "view", PersonFactory())) == (True, False)


def test_nobody_may_do_anything_without_an_active_account():
    for user in (None, AnonymousUser(), UserFactory(role="management", is_active=False)):
        assert [can(user, action, Actor) for action in ACTIONS] == [False] * len(ACTIONS)


def test_only_management_changes_accounts_and_everybody_sees_who_works_here():
    assert {role: rights(role, type(UserFactory())) for role in Role.values} == {
        "management": ALL,
        "staff": {"view"},
        "volunteer": {"view"},
        "reader": {"view"},
    }


def test_an_unknown_action_is_a_programming_error():
    with pytest.raises(KeyError):
        can(UserFactory(), "embellish", Actor)
