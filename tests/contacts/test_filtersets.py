"""What contacts and concerns can be filtered by."""

from types import SimpleNamespace

import pytest
from django.http import QueryDict

from contacts.filtersets import ConcernFilterSet, ContactFilterSet
from contacts.models import Concern, Contact
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ConcernFactory, ContactFactory

pytestmark = pytest.mark.django_db


def filtered(query, *, filterset):
    user = UserFactory.create(role="staff")
    rows = filterset._meta.model.objects.visible_to(user)
    return filterset(QueryDict(query), queryset=rows, request=SimpleNamespace(user=user))


def test_contacts_are_found_by_the_names_of_who_was_involved():
    mine = ContactFactory.create(actors=[ActorFactory.create(name="Kita Sonne")], subject="Fest")
    ContactFactory.create()
    assert list(filtered("q=sonne+fest", filterset=ContactFilterSet).qs) == [mine]
    assert Contact.objects.count() == 2


def test_concerns_are_found_by_words_and_state():
    mine = ConcernFactory.create(text="Die LATERNE flackert")
    ConcernFactory.create(text="Müll")
    assert list(filtered("q=laterne&status=new", filterset=ConcernFilterSet).qs) == [mine]
    assert Concern.objects.count() == 2
