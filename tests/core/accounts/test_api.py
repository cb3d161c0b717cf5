"""Signing in to the REST API by token, and the list of who works here."""

import pytest
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from actors.models import Actor
from core.accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def sign_in(username, password, **headers):
    return APIClient().post("/api/v1/token/", {"username": username, "password": password}, **headers)


def bearer(token):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def test_name_and_password_give_a_token_that_opens_the_api():
    user = UserFactory()
    answer = sign_in(user.username, PASSWORD)
    assert (answer.status_code, answer.json()) == (200, {"token": Token.objects.get(user=user).key})
    assert bearer(answer.json()["token"]).get("/api/v1/actors/").status_code == 200


def test_signing_in_again_keeps_the_token_of_other_programs():
    user = UserFactory()
    assert sign_in(user.username, PASSWORD).json() == sign_in(user.username, PASSWORD).json()


def test_wrong_name_wrong_password_and_closed_account_answer_alike():
    user, gone = UserFactory(), UserFactory(is_active=False)
    answers = [
        sign_in(user.username, "wrong"),
        sign_in("nobody", PASSWORD),
        sign_in(gone.username, PASSWORD),
        sign_in(gone.username, "wrong"),
    ]
    assert {(a.status_code, a.content) for a in answers} == {(400, answers[0].content)}
    assert Token.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"username": "x"},
        [],
        "x",
        {"username": "a\x00", "password": "b"},
        {"username": [], "password": {}},
    ],
)
def test_a_sign_in_that_makes_no_sense_is_refused(body):
    assert APIClient().post("/api/v1/token/", body).status_code == 400


def test_a_revoked_token_is_worth_nothing():
    token = Token.objects.create(user=UserFactory())
    assert bearer(token).delete("/api/v1/token/").status_code == 204
    assert bearer(token).get("/api/v1/actors/").status_code == 401
    assert Token.objects.count() == 0


def test_only_who_is_signed_in_revokes_and_only_the_own_token():
    mine, yours = Token.objects.create(user=UserFactory()), Token.objects.create(user=UserFactory())
    assert APIClient().delete("/api/v1/token/").status_code == 401
    bearer(mine).delete("/api/v1/token/")
    assert list(Token.objects.all()) == [yours]


def test_a_closed_account_is_out_at_once():
    user = UserFactory(role="management")
    by_token = bearer(Token.objects.create(user=user))
    by_session = APIClient()
    by_session.force_login(user)
    assert [c.get("/api/v1/actors/").status_code for c in (by_token, by_session)] == [200, 200]
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert [c.get("/api/v1/actors/").status_code for c in (by_token, by_session)] == [401, 401]


def test_a_changed_role_holds_at_once():
    user = UserFactory(role="management")
    client = bearer(Token.objects.create(user=user))
    assert client.get("/api/v1/concerns/").status_code == 200
    User.objects.filter(pk=user.pk).update(role="volunteer")
    assert client.get("/api/v1/concerns/").status_code == 404


def test_a_session_writes_only_with_a_csrf_token():
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    refused = client.post(
        "/api/v1/actors/", {"kind": "organisation", "actor_type": "association", "name": "A"}
    )
    assert refused.status_code == 403
    assert Actor.objects.count() == 0


def test_a_list_of_users_says_who_works_here_and_no_more():
    boss = UserFactory(role="management", first_name="Mara", last_name="Muster")
    client = APIClient()
    client.force_authenticate(boss)
    assert client.get("/api/v1/users/").json()["results"] == [
        {"id": boss.pk, "name": "Mara Muster", "role": "management", "is_active": True}
    ]
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(f"/api/v1/users/{boss.pk}/", {"role": "reader", "is_staff": True})
        assert answer.status_code == 405
    assert User.objects.get(pk=boss.pk).role == "management"


def test_readers_see_only_who_works_at_the_office_now():
    boss, staff = UserFactory(role="management"), UserFactory(role="staff")
    UserFactory(role="staff", is_active=False), UserFactory(role="volunteer"), UserFactory(role="reader")
    me = UserFactory(role="reader")
    client = APIClient()
    client.force_authenticate(me)
    seen = {row["id"] for row in client.get("/api/v1/users/").json()["results"]}
    assert seen == {boss.pk, staff.pk, me.pk}


@pytest.mark.parametrize("query", ["password__startswith=a", "email=x"])
def test_there_is_no_filter_for_what_is_not_shown(query):
    client = APIClient()
    client.force_authenticate(UserFactory())
    answer = client.get(f"/api/v1/users/?{query}")
    assert (answer.status_code, list(answer.json())) == (400, [query.partition("=")[0]])


@pytest.mark.parametrize("query", ["ordering=password", "ordering=-password"])
def test_nothing_is_learned_by_sorting_by_what_is_not_shown(query):
    client = APIClient()
    client.force_authenticate(UserFactory(username="a"))
    UserFactory(username="b")
    answer = client.get(f"/api/v1/users/?{query}")
    assert (answer.status_code, list(answer.json())) == (400, ["ordering"])
