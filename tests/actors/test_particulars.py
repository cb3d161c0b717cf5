"""Who sees, and who may search, how an actor is reached."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from actors.models.actor import ActorKind
from actors.models.particulars import searched_particulars, sees_particulars
from core.roles import Role
from tests.factories.accounts import UserFactory

ALL = set(ActorKind.values)
WITHOUT_PERSONS = {"organisation", "body"}


def user_of(role):
    return UserFactory.build(role=role)


@pytest.mark.parametrize(
    ("role", "kinds"),
    [("management", ALL), ("staff", ALL), ("volunteer", WITHOUT_PERSONS), ("reader", set())],
)
def test_the_office_sees_all_volunteers_no_persons_readers_none(role, kinds):
    assert {kind for kind in ActorKind.values if sees_particulars(user_of(role), kind)} == kinds


def test_whoever_has_no_active_account_sees_none():
    gone = UserFactory.build(role="management", is_active=False)
    assert [
        kind for user in (gone, AnonymousUser(), None) for kind in ALL if sees_particulars(user, kind)
    ] == []


def test_what_one_sees_is_what_one_may_search():
    searched = {role: searched_particulars(user_of(role)) for role in Role.values}
    assert searched["management"] == searched["staff"] == Q()
    assert searched["volunteer"] == Q(kind__in=[kind for kind in ActorKind.values if kind in WITHOUT_PERSONS])
    assert searched["reader"] is None
