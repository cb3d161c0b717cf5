"""Accounts for tests."""

import factory
from factory.django import DjangoModelFactory

from core.accounts.models import User
from core.roles import Role


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    first_name = "Mara"
    last_name = factory.Sequence(lambda n: f"Muster{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    role = Role.STAFF
    password = factory.django.Password("correct horse battery")
