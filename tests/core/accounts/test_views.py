"""Management looks after accounts: who gets in, as what, and who stays in charge."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.authtoken.models import Token

from core.accounts.models import User
from core.accounts.services import save_account
from core.roles import Role
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
LIST, NEW = reverse("accounts:user_list"), reverse("accounts:user_create")


@pytest.fixture
def boss():
    return UserFactory(role="management")


@pytest.fixture
def office(client, boss):
    client.force_login(boss)
    return client


def form_of(user, **changes):
    fields = ("first_name", "last_name", "username", "email", "role")
    values = {name: getattr(user, name) for name in fields} | {"is_active": user.is_active, "password": ""}
    values |= changes
    return {name: value for name, value in values.items() if value is not False}


def edit(office, user, **changes):
    return office.post(reverse("accounts:user_update", args=[user.pk]), form_of(user, **changes))


def test_the_list_names_everybody_and_can_be_filtered(office, boss):
    reader = UserFactory(role="reader", is_active=False, last_name="Zuletzt")
    assert list(office.get(LIST).context["table"].data) == [boss, reader]
    assert list(office.get(LIST, {"role": "reader"}).context["table"].data) == [reader]
    assert list(office.get(LIST, {"is_active": "true"}).context["table"].data) == [boss]
    assert list(office.get(LIST, {"q": "zulet"}).context["table"].data) == [reader]
    assert list(office.get(LIST, {"q": reader.email}).context["table"].data) == []


def test_a_new_account_gets_in_with_its_first_password(office):
    new = UserFactory.build(username="neu", role="volunteer")
    answer = office.post(NEW, form_of(new, password=PASSWORD))
    assert (answer.status_code, answer.url) == (302, LIST)
    made = User.objects.get(username="neu")
    assert (made.role, made.is_active, made.check_password(PASSWORD)) == ("volunteer", True, True)
    assert (made.is_staff, made.is_superuser) == (False, False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password": ""}, "password"),
        ({"password": "short"}, "password"),
        ({"username": "langer-name", "password": "langer-name"}, "password"),
        ({"username": "BOSS"}, "username"),
        ({"username": "with blanks"}, "username"),
        ({"email": "Boss@Example.org"}, "email"),
        ({"role": "emperor"}, "role"),
        ({"first_name": ""}, "first_name"),
        ({"first_name": "a\x00b"}, "first_name"),
    ],
)
def test_a_wrong_account_is_refused_where_it_is_wrong(office, boss, changes, field):
    User.objects.filter(pk=boss.pk).update(username="boss", email="boss@example.org")
    new = UserFactory.build(username="neu", email="neu@example.org")
    answer = office.post(NEW, form_of(new, **{"password": PASSWORD, **changes}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) in ([field], ["__all__"])
    assert User.objects.count() == 1


def test_what_is_not_in_the_form_is_not_taken(office):
    user = UserFactory()
    before = user.date_joined
    forged = {"is_superuser": "on", "is_staff": "on", "date_joined": "2001-01-01", "id": 77777, "pk": 77777}
    office.post(reverse("accounts:user_update", args=[user.pk]), form_of(user, first_name="Neu") | forged)
    user.refresh_from_db()
    assert (user.first_name, user.is_superuser, user.is_staff, user.date_joined) == (
        "Neu",
        False,
        False,
        before,
    )


def test_an_empty_password_keeps_the_present_one(office):
    user = UserFactory()
    token = Token.objects.create(user=user)
    edit(office, user, role="reader")
    user.refresh_from_db()
    assert (user.role, user.check_password(PASSWORD)) == ("reader", True)
    assert Token.objects.filter(key=token.key).exists()


def test_a_new_password_ends_sessions_and_tokens_of_the_old_one(office):
    user, elsewhere = UserFactory(), Client()
    elsewhere.force_login(user)
    Token.objects.create(user=user)
    edit(office, user, password="another good passphrase")
    user.refresh_from_db()
    assert user.check_password("another good passphrase")
    assert elsewhere.get(reverse("actors:actor_list")).status_code == 302
    assert not Token.objects.filter(user=user).exists()


def test_who_changes_the_own_password_stays_signed_in(office, boss):
    edit(office, boss, password="another good passphrase")
    assert office.get(LIST).status_code == 200


def test_a_closed_account_loses_its_sessions_and_tokens(office):
    user, elsewhere = UserFactory(), Client()
    elsewhere.force_login(user)
    Token.objects.create(user=user)
    edit(office, user, is_active=False)
    user.refresh_from_db()
    assert (user.is_active, Token.objects.filter(user=user).exists()) == (False, False)
    assert elsewhere.get(reverse("actors:actor_list")).status_code == 302


@pytest.mark.parametrize("changes", [{"role": "staff"}, {"is_active": False}])
def test_the_last_manager_stays(office, boss, changes):
    UserFactory(role="management", is_active=False), UserFactory(role="staff")
    answer = edit(office, boss, **changes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["__all__"])
    boss.refresh_from_db()
    assert (boss.role, boss.is_active) == ("management", True)


def test_one_of_two_managers_may_step_down(office, boss):
    UserFactory(role="management")
    assert edit(office, boss, role="staff").status_code == 302
    boss.refresh_from_db()
    assert boss.role == "staff"
    assert office.get(LIST).status_code == 403


def test_the_second_of_two_managers_who_step_down_at_once_stays(boss):
    other = UserFactory(role="management")
    boss.role = other.role = Role.STAFF
    boss.full_clean()
    other.full_clean()  # both were checked before either was saved
    save_account(account=boss)
    with pytest.raises(ValidationError):
        save_account(account=other)
    assert list(User.objects.managers()) == [other]


@pytest.mark.parametrize("role", ["staff", "volunteer", "reader"])
def test_nobody_else_looks_after_accounts(client, boss, role):
    client.force_login(UserFactory(role=role))
    address = reverse("accounts:user_update", args=[boss.pk])
    answers = [
        client.get(LIST),
        client.get(f"{LIST}?export=csv"),
        client.get(NEW),
        client.post(NEW, form_of(UserFactory.build(username="neu"), password=PASSWORD)),
        client.get(address),
        client.post(address, form_of(boss, role="reader")),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert not User.objects.filter(username="neu").exists()
    assert User.objects.get(pk=boss.pk).role == "management"


def test_the_list_asks_the_database_no_more_often_for_more_accounts(office, django_assert_num_queries):
    office.get(LIST)
    with CaptureQueriesContext(connection) as few:
        office.get(LIST)
    UserFactory(), UserFactory()
    with django_assert_num_queries(len(few)):
        office.get(LIST)
