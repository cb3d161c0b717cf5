"""How often a report asks the database: the register is read once, whatever the report shows of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from reports.builders.shared import measured
from tests.factories.accounts import UserFactory
from tests.factories.actors import OfficeFactory, PersonFactory, RelationFactory, TopicFactory
from tests.factories.contacts import ConcernFactory, ContactFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    HeadcountFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
    TaskAssignmentFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def parameters(monkeypatch, client: Client) -> dict[str, Any]:
    """A small register with something for every chapter, and what a report of it is asked for."""
    monkeypatch.setattr(measured, "KEPT_FROM", 0)
    user = UserFactory.create(role="management")
    client.force_login(user)
    office = OfficeFactory.create()
    others: list[Any] = PersonFactory.create_batch(4, responsible=user)
    topic = TopicFactory.create()
    for year in (2020, 2021):
        event = EventFactory.create(start_date=dt.date(year, 5, 1), series=EventSeriesFactory.create())
        event.topics.add(topic)
        HeadcountFactory.create(event=event)
        TaskAssignmentFactory.create(event=event, actor=office)
        ParticipationFactory.create(event=event, actor=office, role=OrganiserRoleFactory.create())
        for other in others:
            ParticipationFactory.create(event=event, actor=other)
    HeadcountFactory.create(event=EventFactory.create(start_date=dt.date(2021, 6, 1)))
    RelationFactory.create(source=others[0], target=others[1])
    others[0].topics.add(topic)
    ContactFactory.create(actors=[others[2]])
    ConcernFactory.create(raised_by=others[3])
    return {"person": user.pk}


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("network", 25),
        ("continuity", 24),
        ("coverage", 16),
        ("activity", 16),
        ("concerns", 7),
        ("hand-over", 13),
    ],
)
def test_a_report_asks_the_database_no_oftener_than_it_must(
    kind, most, parameters, client, django_assert_max_num_queries
):
    address = f"/reports/{kind}/"
    question = parameters if kind == "hand-over" else {}
    assert client.get(address, question).status_code == 200

    with django_assert_max_num_queries(most) as captured:
        client.get(address, question)

    if kind in {"network", "continuity", "coverage"}:
        register = [
            query for query in captured.captured_queries if '"events_participation"."role_id"' in query["sql"]
        ]
        assert len(register) == 1
