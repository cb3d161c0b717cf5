"""The answers of the REST API fit its own schema: statuses, nulls, times; what is not in it is refused."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.urls import get_resolver, reverse
from rest_framework.test import APIClient

from core.api_strictness import StrictView
from tests.api import Client, client_of
from tests.crm.lines import ROLES
from tests.crm.matrix_api import API
from tests.crm.records import FACTORIES, make
from tests.crm.test_permission_matrix import routes
from tests.crm.world import World
from tests.factories.accounts import UserFactory
from tests.openapi import faults, path_of, schema

pytestmark = pytest.mark.django_db
LINES = [line for line in API if line.route not in {"api:schema", "api:api-root"}]
METHODS = ("get", "post", "put", "patch", "delete")
FILLING: dict[type[models.Field], Any] = {
    models.TimeField: dt.time(10, 30),
    models.DateTimeField: dt.datetime(2020, 5, 4, 10, 30, tzinfo=dt.UTC),
    models.DateField: dt.date(2020, 5, 4),
    models.DecimalField: Decimal("1.5"),
    models.IntegerField: 3,
    models.TextField: "Ein Wort",
    models.CharField: "",
}


def ask(client: APIClient, method: str, address: str, body: Any = None) -> list[str]:
    """Ask, hold the answer against the schema, and leave everything as it was."""
    send = getattr(client, method)
    with transaction.atomic():
        answer = send(address) if method == "get" else send(address, body)
        transaction.set_rollback(True)
    return faults(method, address, answer)


def filled(record: Any) -> Any:
    """Give every column that may be empty a value of its kind, unless a rule needs two of them."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    for field in record._meta.concrete_fields:
        value = next((value for kind, value in FILLING.items() if isinstance(field, kind)), None)
        if not field.null or field.is_relation or value is None:
            continue
        if isinstance(value, dt.date) and field.name.endswith(("until", "end_date", "final_day")):
            value = value.replace(year=2031)
        with suppress(IntegrityError), transaction.atomic():
            rows.update(**{field.name: value})
    return record


@pytest.mark.parametrize("line", LINES, ids=str)
def test_each_role_is_answered_as_the_schema_says(line):
    users = {role: UserFactory(role=role) for role in ROLES}
    world = World(follow_ups_of=users["volunteer"])
    address = reverse(line.route, kwargs={name: world.key(key) for name, key in line.keys.items()})
    wrong = [
        fault
        for role in ROLES
        for method in set(line.expected) & set(METHODS)
        for fault in ask(Client(users[role]), method, address, {})
    ]
    wrong += [fault for method in line.expected for fault in ask(APIClient(), method, address, {})]
    assert wrong == []


@pytest.mark.parametrize("prefix", sorted(FACTORIES))
@pytest.mark.parametrize("role", ROLES)
def test_records_with_and_without_all_there_can_be_fit_the_schema(prefix, role):
    client, bare = client_of(role), make(prefix, 1)
    full = filled(make(prefix, 2))
    addresses = [reverse(f"api:{prefix}-list")]
    addresses += [reverse(f"api:{prefix}-detail", args=[record.pk]) for record in (bare, full)]
    assert [fault for address in addresses for fault in ask(client, "get", address)] == []


@pytest.mark.parametrize("prefix", sorted(set(FACTORIES) - {"users", "emails"}))
def test_refusals_fit_the_schema(prefix):
    client, record = client_of("management"), make(prefix, 1)
    detail, listed = reverse(f"api:{prefix}-detail", args=[record.pk]), reverse(f"api:{prefix}-list")
    given = client.get(detail).json()
    wrong = ask(client, "put", detail, given)
    wrong += ask(client, "put", detail, given | {"version": given["version"] + 1})  # 409
    wrong += ask(client, "put", detail, dict.fromkeys(given, "\x00"))
    wrong += ask(client, "patch", detail, [1])
    wrong += ask(client, "post", listed, {"nonsense": 1})
    wrong += ask(client, "get", f"{listed}?nonsense=1")
    wrong += ask(client, "get", f"{listed}?page=99")
    wrong += ask(client, "get", reverse(f"api:{prefix}-detail", args=[999_999]))
    assert wrong == []


def test_every_operation_of_the_schema_was_asked():
    urls = [(line, reverse(line.route, kwargs=dict.fromkeys(line.keys, "1"))) for line in LINES]
    requested = {(path_of(url), method) for line, url in urls for method in line.expected}
    paths = schema()["paths"]
    offered = {(path, method) for path, one in paths.items() for method in one if method in METHODS}
    assert offered - requested - {("/api/v1/schema/", "get")} == set()


# --- what is not in it is refused ---


def parameters_of(path: str) -> set[str]:
    parameters = schema()["paths"][path]["get"].get("parameters", [])
    return {one["name"] for one in parameters if one["in"] == "query"}


@pytest.mark.parametrize(
    "line", [line for line in LINES if line.expected.get("get", (404,))[0] != 404], ids=str
)
def test_every_parameter_of_the_schema_is_known_and_no_other(line):
    user = UserFactory(role="management")
    world = World(follow_ups_of=user)
    address = reverse(line.route, kwargs={name: world.key(key) for name, key in line.keys.items()})
    path = path_of(address)
    # Which of them a file takes depends on the report.
    known = {"from_year", "until_year"} if line.route == "api:report-file" else parameters_of(path)
    answer = Client(user).get(address, dict.fromkeys(known, "") | {"nonsense": "x", "search": "y"})
    assert (answer.status_code, sorted(answer.json())) == (400, ["nonsense", "search"])


def test_a_misspelt_filter_is_refused_with_the_names_that_exist():
    answer = client_of("staff").get("/api/v1/contacts/?search=ada", headers={"Accept-Language": "en"})
    names = "actor, channel, direction, ordering, page, page_size, q, since, staff, topic, until"
    said = f"There is no such parameter here. There are: {names}."
    assert (answer.status_code, answer.json()) == (400, {"search": [said]})


def test_an_order_that_there_is_not_is_refused_with_those_that_exist():
    answer = client_of("staff").get("/api/v1/contacts/?ordering=-when", headers={"Accept-Language": "en"})
    said = "It cannot be sorted by this. It can by: created_at, date, updated_at."
    assert (answer.status_code, answer.json()) == (400, {"ordering": [said]})


def test_a_filter_that_a_role_does_not_have_is_refused_like_one_there_is_not():
    for role, status in (("staff", 200), ("volunteer", 400), ("reader", 400)):
        assert client_of(role).get("/api/v1/actors/?attention=red").status_code == status
    answer = client_of("reader").get("/api/v1/actors/?attention=red", headers={"Accept-Language": "en"})
    assert "attention," not in answer.json()["attention"][0]


def test_a_record_takes_no_parameters():
    record = make("spaces")
    client = client_of("staff")
    address = f"/api/v1/spaces/{record.pk}/?q=x"
    statuses = [getattr(client, method)(address).status_code for method in ("get", "put", "patch", "delete")]
    assert statuses == [400] * 4
    assert client.post("/api/v1/spaces/?q=x", {"name": "Saal"}).status_code == 400
    assert type(record).objects.count() == 1


@pytest.mark.parametrize("prefix", sorted(set(FACTORIES) - {"users", "emails"}))
def test_an_unknown_field_is_refused_with_the_names_that_exist(prefix):
    client, record = client_of("management"), make(prefix, 1)
    detail, listed = reverse(f"api:{prefix}-detail", args=[record.pk]), reverse(f"api:{prefix}-list")
    given = client.get(detail).json()
    # What is only written, as an answer to a question, stands in no answer.
    written = {"affiliations": {"other_holder"}}.get(prefix, set())
    for method, address in (("post", listed), ("put", detail), ("patch", detail)):
        answer = getattr(client, method)(address, given | {"nmae": "x"}, headers={"Accept-Language": "en"})
        assert (answer.status_code, list(answer.json())) == (400, ["nmae"])
        assert answer.json()["nmae"] == [
            f"There is no such field here. There are: {', '.join(sorted({*given, *written}))}."
        ]
    assert client.get(detail).json() == given


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("actors", {"phone_numbers": [{"number": "05361 1", "kind": "mobile"}]}),
        ("actors", {"former_names": [{"name": "Alt", "until": "2020-01-01"}]}),
        ("event-series", {"former_names": [{"name": "Alt", "until": "2020-01-01"}]}),
    ],
)
def test_an_unknown_field_of_a_row_within_is_refused_at_its_row(route, body):
    client, record = client_of("staff"), make(route)
    [(name, [row])] = body.items()
    unknown = next(key for key in row if key not in {"number", "name"})
    answer = client.patch(reverse(f"api:{route}-detail", args=[record.pk]), body)
    assert (answer.status_code, answer.json()[name].keys()) == (400, {"0"}), answer.json()
    assert list(answer.json()[name]["0"]) == [unknown]


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/api/v1/contacts/note/", {"text": "rief an", "is_confidential": True}),
        ("/api/v1/calendar-feeds/", {"scope": "mine", "name": "x"}),
        ("/api/v1/token/", {"username": "a", "password": "b", "otp": "1"}),
        ("/api/v1/emails/", {"text": "Von: a@example.org\n\nx", "actors": [1]}),
    ],
)
def test_whatever_else_takes_a_body_refuses_unknown_fields_too(address, body):
    answer = client_of("management").post(address, body)
    assert (answer.status_code, list(answer.json())) == (400, [list(body)[-1]])


def test_what_takes_nothing_says_so():
    follow_up = make("follow-ups")
    answer = client_of("staff").post(f"/api/v1/follow-ups/{follow_up.pk}/done/", {"done_at": "2020-01-01"})
    assert (answer.status_code, list(answer.json())) == (400, ["done_at"])
    follow_up.refresh_from_db()
    assert follow_up.done_at is None


def test_the_hand_over_refuses_a_misspelt_part():
    leaving, to = UserFactory(), UserFactory()
    body = {"leaving": leaving.pk, "to": to.pk, "followups_to": to.pk}
    answer = client_of("management").post("/api/v1/hand-over/", body)
    assert (answer.status_code, list(answer.json())) == (400, ["followups_to"])


def test_whoever_may_not_ask_is_told_that_and_no_more():
    assert client_of("reader").get("/api/v1/contacts/?nonsense=1").status_code == 404
    assert client_of("reader").post("/api/v1/actors/?nonsense=1", {"nonsense": 1}).status_code == 403
    assert APIClient().get("/api/v1/actors/?nonsense=1").status_code == 401


def test_every_view_of_the_api_is_strict():
    views = {
        name: getattr(pattern.callback, "cls", None)
        for name, pattern in routes(get_resolver())
        if name.startswith("api:")
    }
    assert [name for name, view in views.items() if not issubclass(view or object, StrictView)] == [
        "api:schema"
    ]
