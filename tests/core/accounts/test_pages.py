"""Signing in and out, and the pages around it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.mark.parametrize(
    "path",
    ["login/", "inactive/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/done/"],
)
def test_pages_before_signing_in_stand_in_one_card(path: str) -> None:
    response = Client().get(f"/accounts/{path}")
    assert response.status_code == 200
    assert 'class="card entrance-card"' in response.text


@pytest.mark.parametrize("entered", ["mara", "mara@example.org"])
def test_one_signs_in_with_name_or_address(entered: str) -> None:
    UserFactory.create(username="mara", email="mara@example.org")
    response = Client().post("/accounts/login/", {"login": entered, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_after_signing_in_one_is_where_one_wanted_to_be_but_never_elsewhere() -> None:
    UserFactory.create(username="mara")
    expected = {"/actors/": "/actors/", "//evil.example": "/", "https://evil.example/": "/"}
    locations = {}
    for address in expected:
        form = {"login": "mara", "password": PASSWORD, "next": address}
        locations[address] = Client().post("/accounts/login/", form)["Location"]
    assert locations == expected


def test_a_wrong_password_is_said_at_the_top_and_tells_nothing_else() -> None:
    UserFactory.create(username="mara")
    texts = []
    for name in ("mara", "nobody"):
        text = Client().post("/accounts/login/", {"login": name, "password": "wrong"}).text
        texts.append(re.findall(r"error-summary.*?</ul>", text, re.DOTALL)[0])
    assert texts[0] == texts[1]


def test_a_deactivated_account_does_not_get_in() -> None:
    UserFactory.create(username="mara", is_active=False)
    client = Client()
    client.post("/accounts/login/", {"login": "mara", "password": PASSWORD})
    assert client.get("/")["Location"] == "/accounts/login/?next=/"


def test_looking_at_the_sign_out_page_does_not_sign_out() -> None:
    client = Client()
    client.force_login(UserFactory.create())
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/").status_code == 302


def test_the_password_is_changed_and_other_sessions_end(client: Client) -> None:
    user = UserFactory.create()
    elsewhere = Client()
    elsewhere.force_login(user)
    client.force_login(user)
    form = {"oldpassword": PASSWORD, "password1": "drei Enten im Teich", "password2": "drei Enten im Teich"}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert elsewhere.get("/").status_code == 302


def test_a_forgotten_password_is_set_anew_by_a_link(client: Client) -> None:
    UserFactory.create(email="mara@example.org", username="mara")
    client.post("/accounts/password/reset/", {"email": "mara@example.org"})
    link = re.findall(r"https?://[^/]+(/\S+)", str(mail.outbox[0].body))[0]
    page = client.get(link, follow=True)
    form = {"password1": "drei Enten im Teich", "password2": "drei Enten im Teich"}
    client.post(page.request["PATH_INFO"], form)
    signed_in = client.post("/accounts/login/", {"login": "mara", "password": "drei Enten im Teich"})
    assert signed_in.status_code == 302


def test_an_unknown_address_gets_the_same_answer(client: Client) -> None:
    response = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert response["Location"] == "/accounts/password/reset/done/"


def test_a_used_link_says_so(client: Client) -> None:
    response = client.get("/accounts/password/reset/key/1-abc/")
    assert response.status_code == 200
    assert "/accounts/password/reset/" in response.text


def test_errors_are_said_in_the_language_of_the_page(client: Client, settings: Any) -> None:
    client.force_login(UserFactory.create())
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert 'lang="de"' in response.text
