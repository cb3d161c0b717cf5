"""However rows are sorted, no two of them are equal: pages neither repeat a row nor leave one out."""

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from actors.models import Actor
from core.api import StableOrdering
from core.ordering import in_total_order
from crm.api import router
from tests.crm.test_hostile_text import LISTS
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory

KEYS = {"pk", "-pk"}
VIEWSETS = {prefix: viewset for prefix, viewset, _name in router.registry if viewset.ordering_fields}


def order_of(rows):
    return rows.query.order_by or rows.model._meta.ordering


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (Actor.objects.order_by("district"), ("district", "pk")),
        (Actor.objects.order_by("-district", "kind"), ("-district", "kind", "pk")),
        (Actor.objects.order_by("district", "-pk"), ("district", "-pk")),
        (Actor.objects.order_by("pk", "district"), ("pk", "district")),
    ],
)
def test_equal_rows_follow_by_their_key_unless_it_is_asked_for(rows, expected):
    assert in_total_order(rows).query.order_by == expected


def test_the_order_of_a_model_and_an_expression_stay_what_they_are():
    assert order_of(in_total_order(Actor.objects.all())) == Actor._meta.ordering
    by_day = F("active_from").desc(nulls_last=True)
    assert in_total_order(Actor.objects.order_by(by_day)).query.order_by == (by_day, "pk")


@pytest.mark.django_db
def test_of_rows_that_are_equal_the_first_recorded_comes_first():
    keys = [ActorFactory.create(district="Nord").pk for _number in range(4)]
    for order in ("district", "-district"):
        assert list(in_total_order(Actor.objects.order_by(order)).values_list("pk", flat=True)) == keys


@pytest.mark.parametrize("prefix", VIEWSETS)
def test_every_order_of_the_api_ends_with_the_key(prefix):
    viewset = VIEWSETS[prefix]
    loose = set()
    for order in ("", *(sign + name for name in viewset.ordering_fields for sign in ("", "-"))):
        request = Request(APIRequestFactory().get("/", {"ordering": order}))
        rows = StableOrdering().filter_queryset(request, viewset.queryset.all(), viewset())
        if not KEYS & {each for each in order_of(rows) if isinstance(each, str)}:
            loose.add(order)
    assert loose == set()


@pytest.mark.django_db
@pytest.mark.parametrize("route", LISTS)
def test_every_order_of_a_list_ends_with_the_key(route):
    client = Client()
    client.force_login(UserFactory(role="management"))
    url = reverse(route, kwargs={"vocabulary": "topics"} if route.startswith("administration:") else {})

    def table(order=""):
        return client.get(url, {"sort": order, "page": 1}).context["table"]

    columns = [column.name for column in table().columns if column.orderable]
    orders = ["", *(sign + name for name in columns for sign in ("", "-"))]
    loose = {order for order in orders if not KEYS & set(map(str, order_of(table(order).data.data)))}
    assert (columns != [], loose) == (True, set())
