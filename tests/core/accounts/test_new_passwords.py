"""A new password ends what the old one opened, whoever sets it: sessions elsewhere and tokens of programs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.management import call_command
from django.test import Client
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from core.accounts.models import User
from core.accounts.services import save_account
from tests.factories.accounts import UserFactory
from tests.factories.contacts import CalendarFeedFactory

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "correct horse battery", "drei Enten im Teich"


def change_it_oneself(user: User, _monkeypatch: Any) -> None:
    client = Client()
    client.force_login(user)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert client.get("/").status_code == 200  # this one session goes on


def follow_the_link_of_a_mail(user: User, _monkeypatch: Any) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": user.email})
    link = re.findall(r"https?://[^/]+(/\S+)", str(mail.outbox[0].body))[0]
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})


def get_one_from_management(user: User, _monkeypatch: Any) -> None:
    save_account(account=user, password=NEW)


def get_one_on_the_command_line(user: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW)
    call_command("changepassword", user.username)


@pytest.mark.parametrize(
    "change",
    [change_it_oneself, follow_the_link_of_a_mail, get_one_from_management, get_one_on_the_command_line],
)
def test_sessions_and_tokens_of_the_old_password_end(change: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    user, other = UserFactory(email="mara@example.org"), UserFactory()
    elsewhere, program, by_session = Client(), APIClient(), APIClient()
    elsewhere.force_login(user)
    by_session.force_login(user)
    token, kept = Token.objects.create(user=user), Token.objects.create(user=other)
    program.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    assert [c.get("/api/v1/actors/").status_code for c in (program, by_session)] == [200, 200]
    change(user, monkeypatch)
    assert User.objects.get(pk=user.pk).check_password(NEW)
    assert elsewhere.get("/").status_code == 302
    assert [c.get("/api/v1/actors/").status_code for c in (program, by_session)] == [401, 401]
    assert list(Token.objects.all()) == [kept]


def test_the_new_password_gives_a_new_token() -> None:
    user = UserFactory()
    old = Token.objects.create(user=user).key
    save_account(account=user, password=NEW)
    answer = APIClient().post("/api/v1/token/", {"username": user.username, "password": NEW})
    assert (answer.status_code, answer.json()["token"] == old) == (200, False)


def test_a_password_that_is_only_stored_in_another_way_ends_nothing(settings: Any) -> None:
    """At a sign-in the framework renews a digest of an older kind: the password is the same."""
    hashers = "django.contrib.auth.hashers."
    settings.PASSWORD_HASHERS = [f"{hashers}PBKDF2PasswordHasher", f"{hashers}MD5PasswordHasher"]
    user = UserFactory()
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD, hasher="md5"))
    token = Token.objects.create(user=user)
    Client().post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert User.objects.get(pk=user.pk).password.startswith("pbkdf2")
    assert list(Token.objects.all()) == [token]


def test_what_else_is_changed_in_an_account_ends_nothing() -> None:
    user = UserFactory()
    token = Token.objects.create(user=user)
    user.first_name = "Anders"
    user.save()
    assert list(Token.objects.all()) == [token]


def test_a_closed_account_has_no_token_whoever_closes_it() -> None:
    user = UserFactory()
    Token.objects.create(user=user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert list(Token.objects.all()) == []


def test_calendar_addresses_stay_as_they_are_revoked_where_they_are_listed() -> None:
    feed = CalendarFeedFactory()
    save_account(account=feed.user, password=NEW)
    feed.refresh_from_db()
    assert feed.revoked_at is None


def test_whoever_changes_their_password_is_told_that_it_is_done():
    client = Client()
    client.force_login(UserFactory())
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    page = client.post("/accounts/password/change/", form, follow=True)
    said = "Ihr Passwort ist geändert. Anderswo müssen Sie sich neu anmelden."
    assert [str(message) for message in page.context["messages"]] == [said]
