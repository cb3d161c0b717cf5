"""What holds for every route of the REST API: it takes what it gives, and nothing breaks it."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from core.api_defaults import Pages
from crm.api import router
from tests.crm.records import FACTORIES, SEVERAL, make
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
# Feeds are only one's own, and have tests of their own.
OTHERWISE = {"calendar-feeds"}
ROUTES = [prefix for prefix, _viewset, _name in router.registry if prefix not in OTHERWISE]
VIEWSETS = {prefix: viewset for prefix, viewset, _name in router.registry}
# The vocabularies are alike: where much is asked, one of them speaks for all.
KINDS = [prefix for prefix in ROUTES if prefix not in SEVERAL or prefix == "topics"]
# Accounts are only read, and an e-mail stays as it came: taken in, assigned and set aside, never written.
UNWRITTEN = {"users", "emails"}
WRITABLE = [prefix for prefix in ROUTES if prefix not in UNWRITTEN]
STAMPS = ("version", "updated_at")


def client_of(role: str) -> APIClient:
    client = APIClient()
    client.force_authenticate(UserFactory(role=role))
    return client


@pytest.fixture
def boss() -> APIClient:
    return client_of("management")


def detail(prefix: str, key: Any) -> str:
    return reverse(f"api:{prefix}-detail", args=[key])


def listed(prefix: str) -> str:
    return reverse(f"api:{prefix}-list")


def without_stamps(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in STAMPS}


def test_every_route_is_tested_here():
    assert sorted(FACTORIES) == sorted(ROUTES)


@pytest.mark.parametrize("prefix", WRITABLE)
def test_the_api_takes_back_what_it_gives(boss, prefix):
    record = make(prefix)
    given = boss.get(detail(prefix, record.pk)).json()
    answer = boss.put(detail(prefix, record.pk), given)
    assert (answer.status_code, without_stamps(answer.json())) == (200, without_stamps(given))
    assert answer.json()["version"] == given["version"] + 1
    assert boss.get(detail(prefix, record.pk)).json() == answer.json()


@pytest.mark.parametrize("prefix", WRITABLE)
def test_a_record_can_be_made_again_after_it_was_deleted(boss, prefix):
    record = make(prefix)
    given = boss.get(detail(prefix, record.pk)).json()
    assert boss.delete(detail(prefix, record.pk)).status_code == 204
    assert boss.get(detail(prefix, record.pk)).status_code == 404
    del given["version"]
    answer = boss.post(listed(prefix), given)
    # The steps of a concern are its history: the new one begins its own. Its number is not given twice.
    differs = {"id", "created_at", "updated_at", "version", "staff", "steps", "number"}
    assert answer.status_code == 201, answer.json()
    made = answer.json()
    assert {k: v for k, v in made.items() if k not in differs} == {
        k: v for k, v in given.items() if k not in differs
    }
    assert made["version"] == 1


@pytest.mark.parametrize("prefix", WRITABLE)
def test_a_record_that_somebody_else_saved_meanwhile_is_not_overwritten(boss, prefix):
    record = make(prefix)
    seen = boss.get(detail(prefix, record.pk)).json()
    boss.put(detail(prefix, record.pk), seen)
    stored = boss.get(detail(prefix, record.pk)).json()
    assert boss.put(detail(prefix, record.pk), seen).status_code == 409
    assert boss.patch(detail(prefix, record.pk), {"version": seen["version"]}).status_code == 409
    assert boss.patch(detail(prefix, record.pk), {"version": "two"}).status_code == 400
    assert boss.get(detail(prefix, record.pk)).json() == stored
    assert boss.patch(detail(prefix, record.pk), {"version": stored["version"]}).status_code == 200


@pytest.mark.parametrize("prefix", ROUTES)
@pytest.mark.parametrize("role", ["management", "volunteer", "reader"])
def test_a_list_asks_the_database_no_more_often_for_more_rows(prefix, role):
    client = client_of(role)
    make(prefix, 1)
    client.get(listed(prefix))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(listed(prefix))
    make(prefix, 2), make(prefix, 3)
    with CaptureQueriesContext(connection) as many:
        client.get(listed(prefix))
    assert len(many) == len(few)


@pytest.mark.parametrize("prefix", ["actors", "topics"])
@pytest.mark.parametrize("body", ["{", "[]", '"x"', "null", "1", "[" * 100_000, '{"a": 1e999}', "\x00"])
def test_what_is_no_record_is_refused(boss, prefix, body):
    record = make(prefix)
    before = boss.get(detail(prefix, record.pk)).json()
    for method, address in (("post", listed(prefix)), ("put", detail(prefix, record.pk))):
        answer = getattr(boss, method)(address, body, content_type="application/json")
        assert answer.status_code == 400
    assert boss.get(detail(prefix, record.pk)).json() == before


NONSENSE = [
    *(None, True, 0, -1, 10**30, 1e400, 3.7, "", " ", "\x00", "a\x00b", "x" * 100_000),
    *([], [[]], {}, ["\x00"], [None], [{"number": None}], [{"name": 1, "used_from": []}]),
]


def patch(client: APIClient, address: str, body: dict[str, Any]) -> int:
    # No JSON library writes a number beyond all bounds, but anybody can send one.
    text = json.dumps(body).replace("Infinity", "1e400")
    status: int = client.patch(address, text, content_type="application/json").status_code
    return status


@pytest.mark.parametrize("prefix", [prefix for prefix in KINDS if prefix not in UNWRITTEN])
def test_nonsense_in_all_fields_is_refused(boss, prefix):
    address = detail(prefix, make(prefix).pk)
    before = boss.get(address).json()
    statuses = {patch(boss, address, dict.fromkeys(before, value)) for value in NONSENSE}
    assert statuses <= {400, 409}
    assert boss.get(address).json() == before


@pytest.mark.parametrize("prefix", sorted(UNWRITTEN))
def test_what_is_not_written_over_the_api_stays_as_it_is(boss, prefix):
    address = detail(prefix, make(prefix).pk)
    before = boss.get(address).json()
    statuses = {method: getattr(boss, method)(address, before).status_code for method in ("put", "patch")}
    assert statuses | {"delete": boss.delete(address).status_code} == dict.fromkeys(
        ("put", "patch", "delete"), 405
    )
    assert boss.get(address).json() == before


@pytest.mark.parametrize("field", ["file", "raw", "text"])
def test_nonsense_in_place_of_an_e_mail_is_refused_or_harmless(boss, field):
    bodies = [json.dumps({field: value}).replace("Infinity", "1e400") for value in NONSENSE]
    answers = [boss.post(listed("emails"), body, content_type="application/json") for body in bodies]
    assert {answer.status_code for answer in answers} <= {200, 201, 400}
    assert boss.get(listed("emails")).status_code == 200


@pytest.mark.parametrize("name", ["actors", "is_confidential"])
def test_nonsense_in_place_of_whose_an_e_mail_is_is_refused(boss, name):
    email, actor = make("emails"), make("actors")
    address = reverse("api:emails-assign", args=[email.pk])
    for value in NONSENSE:
        if name == "is_confidential" and value in (True, 0):
            continue  # these say yes or no
        body = json.dumps({"actors": [actor.pk], name: value}).replace("Infinity", "1e400")
        assert boss.post(address, body, content_type="application/json").status_code == 400, value
    assert boss.get(detail("emails", email.pk)).json()["state"] == "waiting"


@pytest.mark.parametrize("prefix", [prefix for prefix in WRITABLE if prefix not in SEVERAL])
def test_nonsense_in_one_field_is_refused_or_harmless(boss, prefix):
    address = detail(prefix, make(prefix).pk)
    fields = boss.get(address).json()
    statuses = {patch(boss, address, {name: value}) for name in fields for value in (None, "", -1, [])}
    assert statuses <= {200, 400, 409}


@pytest.mark.parametrize("prefix", KINDS)
def test_wrong_filters_are_refused_or_ignored_but_never_break(boss, prefix):
    make(prefix)
    viewset = VIEWSETS[prefix]
    filters = getattr(viewset, "filterset_class", None)
    names = list(filters.base_filters) if filters else list(viewset.filterset_fields)
    wrong = [
        "%00",
        "x%00",
        "999999999999999999999999",
        "-1",
        "null",
        "x" * 5000,
        "1e400",
        "%F0%9F%92%A9",
        "'",
    ]
    statuses = {
        boss.get(f"{listed(prefix)}?{name}={value}").status_code
        for name in [*names, "ordering", "page_size", "nothing"]
        for value in wrong
    }
    assert statuses <= {200, 400}


@pytest.mark.parametrize("prefix", ["actors", "topics"])
def test_pages_end_and_have_a_greatest_size(boss, prefix):
    make(prefix)
    assert boss.get(f"{listed(prefix)}?page=9999").status_code == 404
    assert boss.get(f"{listed(prefix)}?page=99999999999999999999999").status_code == 404
    assert boss.get(f"{listed(prefix)}?page=x").status_code == 404


@pytest.mark.parametrize("size", ["-1", "0", "501", "1000000", "x", "", "1.5", "٣", "1" * 5000])
def test_a_size_of_pages_that_cannot_be_is_refused_not_passed_over(boss, size):
    answer = boss.get(listed("topics"), {"page_size": size})
    text = "Bitte geben Sie eine ganze Zahl von 1 bis 500 ein."
    assert (answer.status_code, answer.json()) == (400, {"page_size": [text]})


@pytest.mark.parametrize("prefix", KINDS)
def test_every_ordering_on_offer_works_and_any_other_is_refused(boss, prefix):
    for number in (1, 2, 3):
        make(prefix, number)
    viewset = VIEWSETS[prefix]
    plain = boss.get(listed(prefix)).json()
    for name in viewset.ordering_fields:
        for sign in ("", "-"):
            answer = boss.get(f"{listed(prefix)}?ordering={sign}{name}")
            assert answer.status_code == 200
            assert {row["id"] for row in answer.json()["results"]} == {row["id"] for row in plain["results"]}
    for name in ("search_details", "email", "notes", "responsible__password", "staff__password", "-pk__foo"):
        answer = boss.get(f"{listed(prefix)}?ordering={name}")
        assert (answer.status_code, list(answer.json())) == (400, ["ordering"])
    assert boss.get(f"{listed(prefix)}?ordering=").json() == plain


@pytest.mark.parametrize("prefix", ["actors", "topics", "users"])
@pytest.mark.parametrize("key", ["0", "999999999999999999999999999", "abc", "1e3", "%00", "-1"])
def test_what_is_not_there_is_not_found(boss, prefix, key):
    address = f"{listed(prefix)}{key}/"
    for method in ("get", "put", "patch", "delete"):
        assert getattr(boss, method)(address).status_code in ({404, 405} if prefix == "users" else {404})


def test_a_page_holds_at_most_five_hundred(boss, settings):
    assert (Pages.page_size, Pages.max_page_size) == (100, 500)
    for number in range(3):
        make("spaces", number)
    page = boss.get(f"{listed('spaces')}?page_size=2").json()
    assert (page["count"], len(page["results"])) == (3, 2)
    assert page["next"].endswith("/api/v1/spaces/?page=2&page_size=2")


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(boss, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = boss.post(listed("spaces"), {"name": "x" * 2000})
    assert answer.status_code == 400


def test_only_json_goes_in_and_comes_out(boss):
    assert (
        boss.post(listed("spaces"), "name=x", content_type="application/x-www-form-urlencoded").status_code
        == 415
    )
    assert boss.get(listed("spaces"), HTTP_ACCEPT="text/html").status_code == 406


def test_the_first_page_lists_what_there_is(boss):
    assert sorted(boss.get(reverse("api:api-root")).json()) == sorted([*ROUTES, *OTHERWISE])
