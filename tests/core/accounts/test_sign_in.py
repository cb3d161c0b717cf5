"""Signing in with the browser: who gets in, who is locked out, and what an attacker may try."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from core.accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
LOGIN = "/accounts/login/"


def sign_in(client, user, password=PASSWORD, *, query="", **headers):
    return client.post(f"{LOGIN}{query}", {"login": user.username, "password": password}, **headers)


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("field", ["username", "email"])
def test_user_name_and_e_mail_both_open_the_door(client, field):
    user = UserFactory()
    answer = client.post(LOGIN, {"login": getattr(user, field).upper(), "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, reverse("home"))
    assert is_signed_in(client)


def test_nobody_signs_up(client):
    new = {"username": "eve", "email": "eve@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", new)
    assert not User.objects.exists()
    assert not is_signed_in(client)


def test_a_wrong_password_and_an_unknown_name_answer_alike(client):
    user = UserFactory(username="known")
    known, unknown = sign_in(client, user, "wrong"), sign_in(client, User(username="unkno"), "wrong")
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert known.context["form"].errors == unknown.context["form"].errors != {}


def test_five_slips_and_the_right_password_still_open(client):
    user = UserFactory()
    for _ in range(4):
        sign_in(client, user, "wrong")
    sign_in(client, user)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "\thttp://evil"],
)
def test_after_signing_in_nobody_is_sent_to_another_site(client, target):
    answer = client.post(LOGIN, {"login": UserFactory().username, "password": PASSWORD, "next": target})
    assert (answer.status_code, answer.url) == (302, reverse("home"))


def test_after_signing_in_one_is_where_one_wanted_to_be(client):
    answer = client.get(reverse("actors:actor_list"))
    assert (answer.status_code, answer.url) == (302, f"{LOGIN}?next={reverse('actors:actor_list')}")
    answer = client.post(
        LOGIN,
        {"login": UserFactory().username, "password": PASSWORD, "next": reverse("actors:actor_list")},
    )
    assert answer.url == reverse("actors:actor_list")


def test_the_session_gets_a_new_key_at_sign_in(client):
    client.get(LOGIN)
    client.session["planted"] = True
    client.session.save()
    before = client.session.session_key
    sign_in(client, UserFactory())
    assert client.session.session_key != before


def test_signing_in_and_out_needs_a_csrf_token():
    client, user = Client(enforce_csrf_checks=True), UserFactory()
    assert sign_in(client, user).status_code == 403
    assert not is_signed_in(client)
    client.force_login(user)
    assert client.post("/accounts/logout/").status_code == 403
    assert is_signed_in(client)


def test_a_link_does_not_sign_out(client):
    client.force_login(UserFactory())
    client.get("/accounts/logout/")
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_a_closed_account_does_not_get_in(client):
    sign_in(client, UserFactory(is_active=False))
    assert not is_signed_in(client)


def test_a_closed_account_is_out_at_once(client):
    user = UserFactory()
    client.force_login(user)
    assert client.get(reverse("actors:actor_list")).status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = client.get(reverse("actors:actor_list"))
    assert (answer.status_code, answer.url) == (302, f"{LOGIN}?next={reverse('actors:actor_list')}")


def test_a_changed_password_ends_the_other_sessions(client):
    user = UserFactory()
    here, elsewhere = client, Client()
    for browser in (here, elsewhere):
        browser.force_login(user)
    new = "another good passphrase"
    changed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", changed).status_code == 302
    address = reverse("actors:actor_list")
    assert (here.get(address).status_code, elsewhere.get(address).status_code) == (200, 302)


@pytest.mark.parametrize("password", ["short", "1234567890", "password123", "user-of-this"])
def test_a_weak_password_is_refused(client, password):
    user = UserFactory(username="user-of-this")
    client.force_login(user)
    changed = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    client.post("/accounts/password/change/", changed)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_session_ends_with_the_browser_and_is_out_of_reach_of_scripts(client):
    answer = sign_in(client, UserFactory())
    cookie = answer.cookies["sessionid"]
    assert (cookie["expires"], cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (
        "",
        "",
        True,
        "Lax",
    )


@pytest.mark.parametrize("twin", [{"username": "MARA"}, {"email": "Mara@Example.org"}])
def test_two_accounts_share_neither_name_nor_address(twin):
    UserFactory(username="mara", email="mara@example.org")
    with pytest.raises(IntegrityError):
        UserFactory(**twin)


def test_many_accounts_have_no_address():
    assert [UserFactory(email="").email for _ in range(2)] == ["", ""]


def test_a_forgotten_password_is_set_anew_by_mail_and_the_link_works_once(client, settings, mailoutbox):
    settings.EMAIL_HOST = "mail.example.org"
    user, elsewhere = UserFactory(), Client()
    elsewhere.force_login(user)
    client.post("/accounts/password/reset/", {"email": user.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    new = {"password1": "another good passphrase", "password2": "another good passphrase"}
    client.post(form, new)
    user.refresh_from_db()
    assert user.check_password("another good passphrase")
    assert elsewhere.get(reverse("actors:actor_list")).status_code == 302
    again = {"password1": "a third good passphrase", "password2": "a third good passphrase"}
    Client().post(link, again, follow=True)
    user.refresh_from_db()
    assert user.check_password("another good passphrase")


def test_asking_for_a_new_password_does_not_tell_who_has_an_account(client, settings):
    settings.EMAIL_HOST = "mail.example.org"
    user = UserFactory()
    answers = [
        client.post("/accounts/password/reset/", {"email": address})
        for address in (user.email, "nobody@example.org")
    ]
    assert [(a.status_code, a.url) for a in answers] == [(302, "/accounts/password/reset/done/")] * 2


def test_without_a_mail_server_the_sign_in_says_whom_to_ask(client, settings):
    settings.EMAIL_HOST = ""
    assert 'href="/accounts/password/reset/"' not in client.get(LOGIN).content.decode()
    assert 'name="email"' not in client.get("/accounts/password/reset/").content.decode()
    settings.EMAIL_HOST = "mail.example.org"
    assert 'href="/accounts/password/reset/"' in client.get(LOGIN).content.decode()
