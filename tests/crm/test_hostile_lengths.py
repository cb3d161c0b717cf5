"""However long a question is, it gets an answer: in lists, in the API and in each search."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import django_filters
import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from rest_framework.test import APIClient

from core.filters import RecordFilterSet
from core.text import LONGEST_SEARCH, MOST_SEARCH_WORDS
from core.views import RecordListView
from crm.api import router
from tests.crm.matrix import MATRIX
from tests.crm.records import make
from tests.crm.test_permission_matrix import routes
from tests.crm.world import World
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ContactFactory
from tests.factories.events import EventFactory, EventSeriesFactory

pytestmark = pytest.mark.django_db

HOSTILE = {
    "3,000 words": "wort " * 3000,
    "3,000 different words": " ".join(f"w{number}" for number in range(3000)),
    "100,000 characters without a blank": "x" * 100_000,
    "100,000 signs": "!?" * 50_000,
    "100,000 combining marks": "a" + "\u0301\u0323" * 50_000,
    "letters that grow when folded": "\ufdfa" * 5000,
    "NUL": "x\x00" * 50,
    "half a character": "\ufffd" * 300,
    "10,000 digits": "9" * 10_000,
    "nested signs": "((((" * 5000,
}
# Where every route is asked, some stand for all.
SOME = {name: HOSTILE[name] for name in ("3,000 words", "100,000 combining marks", "NUL", "10,000 digits")}
MARKS = SOME["100,000 combining marks"]
LISTS = {
    name: pattern.callback.view_class
    for name, pattern in routes(get_resolver())
    if issubclass(getattr(pattern.callback, "view_class", object), RecordListView)
}
ROOMS = ("crm", "core", "actors", "contacts", "events", "reports")
OF_LISTS = ["page", "per_page", "sort", "export", "next"]
OF_API = ["page", "page_size", "ordering"]
PART = {"HX-Request": "true"}


def shorter(hostile: str) -> str:
    """Cut a question so that, given to all parameters at once, it is still what a server would read.

    Python refuses numbers of more than 4,300 digits; putting marks in order takes the square of their number.
    """
    return hostile[: 1_000 if hostile is MARKS else 5_000]


def load_every_module() -> None:
    """Import all there is, so that no filter set is overlooked because nothing has needed it yet."""
    for name in ROOMS:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith((".bootstrap", ".wsgi", ".excel_child")):
                importlib.import_module(module.name)


def all_below(kind: type) -> set[type]:
    return {kind, *(one for below in kind.__subclasses__() for one in all_below(below))}


def signed_in(role: str = "management") -> Client:
    client = Client()
    client.force_login(UserFactory(role=role))
    return client


def client_of(role: str) -> APIClient:
    client = APIClient()
    client.force_authenticate(UserFactory(role=role))
    return client


def test_every_filter_of_a_text_is_a_bounded_one():
    load_every_module()
    free = [
        (kind.__name__, name)
        for kind in all_below(django_filters.FilterSet)
        if kind.__module__.split(".")[0] in ROOMS
        for name, one in kind.base_filters.items()
        if type(one) is django_filters.CharFilter
    ]
    assert free == []


def test_every_filter_set_is_of_the_kind_that_bounds_the_number_of_values():
    load_every_module()
    own = {
        kind
        for kind in all_below(django_filters.FilterSet)
        if kind.__module__.split(".")[0] in ROOMS and hasattr(kind, "_meta")
        and kind._meta.model is not None
    }  # fmt: skip
    assert [kind.__name__ for kind in own if not issubclass(kind, RecordFilterSet)] == []


@pytest.mark.parametrize("hostile", SOME.values(), ids=SOME)
@pytest.mark.parametrize("route", LISTS)
def test_every_list_answers_however_long_the_question(route, hostile):
    client = signed_in()
    keys = {"vocabulary": "topics"} if route.startswith("administration:") else {}
    names = [*LISTS[route].filterset_class.base_filters, *OF_LISTS]
    query = dict.fromkeys(names, shorter(hostile)) | {"q": hostile}
    answer = client.get(reverse(route, kwargs=keys), query, headers=PART)
    assert answer.status_code in {200, 302}


@pytest.mark.parametrize("hostile", SOME.values(), ids=SOME)
@pytest.mark.parametrize("prefix", [prefix for prefix, _viewset, _name in router.registry])
def test_every_list_of_the_api_answers_however_long_the_question(prefix, hostile):
    viewset = {one: viewset for one, viewset, _name in router.registry}[prefix]
    filters = getattr(viewset, "filterset_class", None)
    names = list(filters.base_filters) if filters else list(getattr(viewset, "filterset_fields", ()))
    client = client_of("management")
    answers = {
        name: client.get(reverse(f"api:{prefix}-list"), {name: hostile if name == "q" else shorter(hostile)})
        for name in [*names, *OF_API]
    }
    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert set(statuses.values()) <= {200, 400, 404}
    if "q" in names:
        assert statuses["q"] == 400


@pytest.mark.parametrize("hostile", SOME.values(), ids=SOME)
def test_every_other_page_answers_however_long_the_question(hostile):
    user = UserFactory(role="management")
    client, world = Client(), World(follow_ups_of=user)
    client.force_login(user)
    names = ["q", "kind", "year", "since", "until", "after", "page", "event", "role", "state", "actor"]
    names += ["show", "series", "contact", "raised_by", "person", "ids", "name", "next", "responsible"]
    names += ["from_year", "until_year", "programme_end", "types", "without", "key", "minimum", "a", "b"]
    names += ["day", "format"]
    broken = []
    for line in MATRIX:
        if "get" not in line.expected or line.route in LISTS or line.route.startswith("account_"):
            continue
        url = reverse(line.route, kwargs={name: world.key(key) for name, key in line.keys.items()})
        answer = client.get(url, dict.fromkeys(names, shorter(hostile)))
        if answer.status_code >= 500:
            broken.append((url, answer.status_code))
    assert broken == []


def test_a_list_says_what_is_too_long_and_shows_no_rows_as_if_they_were_the_answer():
    ActorFactory.create(name="Bürgerverein")
    answer = signed_in().get(reverse("actors:actor_list"), {"q": "wort " * 900}, headers=PART)
    text = answer.content.decode()
    assert "höchstens 200 Zeichen" in text
    assert "4499" in text
    assert "Bürgerverein" not in text


def test_the_field_itself_says_it_and_keeps_what_was_typed():
    typed = " ".join(f"w{number}" for number in range(MOST_SEARCH_WORDS + 1))
    answer = signed_in().get(reverse("actors:actor_list"), {"q": typed})
    field = answer.context["filterset"].form["q"]
    assert (list(field.errors), field.value()) == (["Bitte suchen Sie mit höchstens 20 Wörtern."], typed)


def test_nothing_is_exported_that_was_not_asked_for():
    ActorFactory.create(name="Bürgerverein")
    answer = signed_in().get(reverse("actors:actor_list"), {"q": "wort " * 900, "export": "csv"})
    assert answer["Content-Type"].startswith("text/html")


def test_as_many_words_as_a_search_may_have_still_find():
    words = [f"wort{number}" for number in range(MOST_SEARCH_WORDS)]
    actor = ActorFactory.create(name=" ".join(words))
    text = " ".join(reversed(words))
    assert len(text) <= LONGEST_SEARCH
    [row] = client_of("staff").get("/api/v1/actors/", {"q": text}).json()["results"]
    assert row["id"] == actor.pk


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("x" * (LONGEST_SEARCH + 1), "Please search with at most 200 characters; these are 201."),
        ("a " * (MOST_SEARCH_WORDS + 1), None),  # one word, said many times
        (
            " ".join(f"w{number}" for number in range(MOST_SEARCH_WORDS + 1)),
            "Please search with at most 20 words.",
        ),
    ],
)
def test_the_api_names_the_parameter_and_the_limit(typed, said):
    answer = client_of("staff").get("/api/v1/contacts/", {"q": typed}, headers={"Accept-Language": "en"})
    if said is None:
        assert answer.status_code == 400
    else:
        assert (answer.status_code, answer.json()) == (400, {"q": [said]})


@pytest.mark.parametrize("route", ["actors:actor_options", "events:contact_options"])
@pytest.mark.parametrize("hostile", [SOME["3,000 words"], SOME["100,000 combining marks"]], ids=["w", "m"])
def test_a_picker_offers_nothing_and_says_why(route, hostile):
    answer = signed_in().get(reverse(route), {"q": hostile})
    assert (answer.status_code, answer.json()["results"]) == (400, [])
    assert "höchstens 200 Zeichen" in answer.json()["q"][0]


@pytest.mark.parametrize("headers", [{}, PART])
def test_the_search_box_says_what_is_too_long(headers):
    ActorFactory.create(name="Wort")
    answer = signed_in().get(reverse("search"), {"q": "wort " * 900, "go": "1"}, headers=headers)
    assert (answer.status_code, answer.context["groups"]) == (200, [])
    assert "höchstens 200 Zeichen" in answer.content.decode()


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_what_is_longer_than_a_search_finds_nothing_wherever_it_comes_from(hostile):
    kinds: list[Any] = [ActorFactory, EventFactory, EventSeriesFactory, ContactFactory]
    for factory in kinds:
        record = factory.create()
        assert list(type(record).objects.matching(hostile)) == []


def test_a_filter_takes_many_values_but_not_any_number_of_them():
    make("actors")
    url = "/api/v1/actors/?" + "&".join(["kind=organisation"] * 501)
    answer = client_of("staff").get(url, headers={"Accept-Language": "en"})
    said = {"kind": ["At most 500 values can be chosen at once."]}
    assert (answer.status_code, answer.json()) == (400, said)
    page = signed_in().get(f"{reverse('actors:actor_list')}?" + "&".join(["kind=organisation"] * 501))
    assert list(page.context["filterset"].form.errors) == ["kind"]


@pytest.mark.parametrize("route", ["actors:actor_list", "api:actors-list"])
def test_ten_thousand_values_are_refused(route):
    client: Any = signed_in() if route.startswith("actors") else client_of("staff")
    answer = client.get(f"{reverse(route)}?" + "&".join(["topic=bildung"] * 10_000))
    assert answer.status_code == 400
    if route.startswith("api:"):
        assert list(answer.json()) == ["detail"]
