"""Concerns over the REST API: recorded with a first step, moved by steps only."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts.models import Concern, ConcernStep
from tests.api import client_of
from tests.contacts.test_services_concerns import recorded
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ConcernKindFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/concerns/"


def test_a_new_concern_is_new_and_has_its_first_step():
    kind = ConcernKindFactory.create()
    made = client_of("staff").post(
        LIST,
        {"kind": kind.code, "text": "Laterne", "raised_on": "2020-05-04"},
        content_type="application/json",
    )
    assert made.status_code == 201, made.json()
    assert (made.json()["status"], [s["to_status"] for s in made.json()["steps"]]) == ("new", ["new"])


def test_a_step_is_taken_at_its_own_address():
    concern, department = recorded(), ActorFactory.create()
    change = {"to": "forwarded", "forwarded_to": department.pk, "due": "2020-06-01", "on": "2020-05-06"}
    moved = client_of("staff").post(f"{LIST}{concern.pk}/move/", change, content_type="application/json")
    assert moved.status_code == 200, moved.json()
    after = moved.json()
    assert (after["status"], after["forwarded_to"], after["forwarded_on"], after["due"]) == (
        "forwarded", department.pk, "2020-05-06", "2020-06-01",
    )  # fmt: skip
    assert [(s["from_status"], s["to_status"]) for s in after["steps"]] == [
        (None, "new"),
        ("new", "forwarded"),
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"to": "forwarded"}, "forwarded_to"),
        ({"to": "new"}, "non_field_errors"),
        ({"to": "nowhere"}, "to"),
        ({}, "to"),
        ({"to": "done", "on": "2190-01-01"}, "on"),
        ({"to": "done", "told_on": "1066-01-01"}, "told_on"),
        ({"to": "done", "note": "x" * 5001}, "note"),
    ],
)
def test_a_step_that_cannot_be_is_refused_at_its_field(change, field):
    concern = recorded()
    refused = client_of("staff").post(f"{LIST}{concern.pk}/move/", change, content_type="application/json")
    assert (refused.status_code, list(refused.json())) == (400, [field])
    assert ConcernStep.objects.count() == 1


def test_forwarding_to_a_department_that_has_ended_is_refused():
    ended = ActorFactory.create(active_until=dt.date(2019, 1, 1))
    change = {"to": "forwarded", "forwarded_to": ended.pk}
    refused = client_of("staff").post(f"{LIST}{recorded().pk}/move/", change, content_type="application/json")
    assert (refused.status_code, list(refused.json())) == (400, ["forwarded_to"])


def test_whoever_saw_an_older_version_is_told():
    concern = recorded()
    Concern.objects.get().save()
    change = {"to": "done", "version": concern.version}
    answer = client_of("staff").post(f"{LIST}{concern.pk}/move/", change, content_type="application/json")
    assert (answer.status_code, Concern.objects.get().status.code) == (409, "new")


def test_a_status_does_not_change_by_the_way():
    concern = recorded()
    client = client_of("staff")
    refused = client.patch(f"{LIST}{concern.pk}/", {"status": "done"}, content_type="application/json")
    assert (refused.status_code, list(refused.json())) == (400, ["status"])
    same = client.patch(
        f"{LIST}{concern.pk}/", {"status": "new", "text": "Zwei Laternen"}, content_type="application/json"
    )
    assert (same.status_code, Concern.objects.get().text, ConcernStep.objects.count()) == (
        200, "Zwei Laternen", 1,
    )  # fmt: skip


def test_the_filters_of_the_page_hold_here_too():
    old = recorded()
    recorded("done")
    young = recorded(raised_on=timezone.localdate())
    client = client_of("staff")

    def numbers(query):
        return [row["id"] for row in client.get(LIST + query).json()["results"]]

    assert numbers("?is_open=true&ordering=raised_on") == [old.pk, young.pk]
    assert numbers("?light=red") == [old.pk]
    assert numbers("?light=green") == [young.pk]


@pytest.mark.parametrize(("role", "status"), [("volunteer", 404), ("reader", 404)])
def test_only_the_office_moves_concerns(role, status):
    concern = recorded()
    answer = client_of(role).post(
        f"{LIST}{concern.pk}/move/", {"to": "done"}, content_type="application/json"
    )
    assert (answer.status_code, ConcernStep.objects.count()) == (status, 1)
