"""Lists of actors as all reports about the network tell them: what they leave out is said."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from reports.builders.continuity.report import build_continuity_report
from reports.builders.network.report import build_network_report
from reports.builders.shared.basis import load_basis
from reports.report import Table
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import SpaceFactory
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)


def table(key: str, role: str = "staff") -> Table:
    with translation.override("en"):
        request = request_for(UserFactory.create(role=role), now=NOW, key="k")
        return build_network_report(request).table(key)


def told(role: str) -> tuple[int, str]:
    isolates = table("isolates", role)
    return len(isolates.rows), isolates.footnote


def test_of_more_than_fifty_actors_the_first_are_listed_and_of_persons_readers_see_none(meet: Any):
    for actor in ActorFactory.create_batch(50):
        meet(actor)
    assert (told("staff"), told("reader")) == ((50, ""), (50, ""))

    meet(PersonFactory.create())
    assert (told("staff"), told("reader")) == (
        (50, "The first 50 of 51."),
        (50, "Persons are not listed here."),
    )

    meet(ActorFactory.create())
    assert (told("staff"), told("reader")) == (
        (50, "The first 50 of 52."),
        (50, "The first 50 of 51. Persons are not listed here."),
    )


@pytest.mark.parametrize(("count", "more"), [(8, ""), (9, " and 1 more")])
def test_of_more_than_eight_names_it_is_said_how_many_more_there_are(meet: Any, count: int, more: str):
    actors = ActorFactory.create_batch(count)
    meet(*actors)

    ((_number, _members, names),) = table("components").rows
    assert names.value == ", ".join(actor.name for actor in actors[:8]) + more


@pytest.mark.parametrize(("role", "opens_a_person"), [("staff", True), ("reader", False)])
def test_a_name_leads_to_the_page_of_whom_one_may_see(role: str, opens_a_person: bool):
    club, person = ActorFactory.create(), PersonFactory.create()
    SpaceFactory.create(name="A", owner=club)
    SpaceFactory.create(name="B", owner=person)

    with translation.override("en"):
        request = request_for(UserFactory.create(role=role), now=NOW, key="k")
        spaces = build_continuity_report(request, programme_end=None).table("spaces")

    of_person = person.get_absolute_url() if opens_a_person else None
    assert [row[1].url for row in spaces.rows] == [club.get_absolute_url(), of_person]


@pytest.mark.parametrize(("role", "may_open"), [("staff", True), ("reader", False)])
def test_no_address_leaves_the_house_with_the_key_of_a_person(meet: Any, role: str, may_open: bool):
    club, other, person = ActorFactory.create(), ActorFactory.create(), PersonFactory.create()
    meet(club, other, person)
    basis = load_basis(request_for(UserFactory.create(role=role), now=NOW, key="k"))

    of_person = [
        basis.tie_url(club.pk, person.pk),
        basis.explorer_url(person.pk),
        basis.actor_records_url("met", person.pk),
    ]
    of_clubs = [
        basis.tie_url(club.pk, other.pk),
        basis.explorer_url(club.pk),
        basis.actor_records_url("met", club.pk),
    ]
    assert [address is not None for address in of_person] == [may_open] * 3
    assert None not in of_clubs
