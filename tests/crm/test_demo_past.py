"""What happened once in the demo stays as it was, and what changes, changes on its day."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction

from actors.models import Actor, Affiliation, Relation
from events.models import (
    Decision,
    Event,
    EventSeries,
    EventStatus,
    Headcount,
    Participation,
    SeriesCarrier,
    TaskAssignment,
    TourStop,
)
from tests.crm.demo_rows import check_rows

pytestmark = pytest.mark.django_db
CLOSED = [EventStatus.HELD, EventStatus.CANCELLED, EventStatus.POSTPONED]


def make_demo(day: dt.date) -> None:
    call_command("demo_data", today=day, stdout=io.StringIO())


def story_until(day: dt.date) -> dict[str, list[Any]]:
    """Return everything that events of the time before a day say, by names instead of keys."""
    of_event = ("event__title", "event__start_date")
    closed = Event.objects.filter(start_date__lt=day, status__in=CLOSED)
    inside = {"event__in": closed}

    def rows(query: Any, *fields: str) -> list[Any]:
        return sorted(query.values_list(*fields), key=repr)

    return {
        "events": rows(
            closed, "title", "start_date", "start_time", "status", "mode", "description", "measure__title"
        ),
        "participations": rows(
            Participation.objects.filter(**inside),
            *of_event, "actor__name", "role__code", "state", "volunteer_hours", "people_brought",
            "represented_by__name",
        ),
        "headcounts": rows(Headcount.objects.filter(**inside), *of_event, "group", "count", "method"),
        "tasks": rows(TaskAssignment.objects.filter(**inside), *of_event, "task__code", "actor__name"),
        "decisions": rows(Decision.objects.filter(**inside), *of_event, "position", "text"),
        "stops": rows(TourStop.objects.filter(**inside), *of_event, "position", "place", "finding"),
        "carriers": rows(
            SeriesCarrier.objects.filter(valid_from__lt=day), "series__pk", "actor__name", "valid_from"
        ),
        "beginnings": rows(Actor.objects.filter(active_from__lt=day), "name", "active_from"),
        "members": rows(
            Affiliation.objects.filter(valid_from__lt=day),
            "person__name", "organisation__name", "role", "valid_from",
        ),
    }  # fmt: skip


def story_of_a_run(day: dt.date, *, until: dt.date) -> dict[str, list[Any]]:
    """Return what a run tells of the time before a day, and leave the database as it was."""
    with transaction.atomic():
        make_demo(day)
        story = story_until(until)
        firsts = EventSeries.objects.order_by("pk").values_list("pk", flat=True)
        story["carriers"] = [(pk - firsts[0], *rest) for pk, *rest in story["carriers"]]
        transaction.set_rollback(True)
    return story


def test_an_event_of_the_past_is_the_same_whenever_the_demo_is_made():
    until = dt.date(2024, 3, 1)

    runs = [
        story_of_a_run(day, until=until)
        for day in (dt.date(2024, 3, 1), dt.date(2024, 12, 31), dt.date(2029, 1, 1))
    ]

    assert all(len(rows) > 10 for rows in runs[0].values())
    assert len([event for event in runs[0]["events"] if event[1].year == 2023]) > 30
    for later in runs[1:]:
        assert {name: [row for row in rows if row not in later[name]] for name, rows in runs[0].items()} == (
            {name: [] for name in runs[0]}
        )
        assert later == runs[0]


def test_formats_are_renamed_handed_over_and_ended_when_their_day_has_come():
    def state(day: dt.date) -> dict[str, Any]:
        with transaction.atomic():
            make_demo(day)
            fund = EventSeries.objects.get(event_type__code="fund_session")
            forum = EventSeries.objects.get(name="Westhagener Forum")
            carrier = forum.carrier_on(day)
            state = {
                "fund": (fund.name, list(fund.former_names.values_list("name", flat=True))),
                "jury": Actor.objects.get(name__startswith="Vergabekreis").name,
                "forum": (carrier.name if carrier else None, forum.decision),
                "language": EventSeries.objects.get(name="Sprachwerkstatt").events.upcoming(day).exists(),
                "newer": sorted(
                    EventSeries.objects.filter(name__in=["Klimawerkstatt", "Sommerkino im Hof"]).values_list(
                        "name", flat=True
                    )
                ),
            }
            transaction.set_rollback(True)
        return state

    assert state(dt.date(2022, 9, 30)) == {
        "fund": ("Vergabesitzung Bürgergeld", []),
        "jury": "Vergabekreis Bürgergeld",
        "forum": ("Stadtteilbüro Westhagen (Träger: Stadt)", "hand_over"),
        "language": True,
        "newer": [],
    }
    assert state(dt.date(2024, 7, 1)) == {
        "fund": ("Vergabesitzung Westhagener Bürgerfonds", ["Vergabesitzung Bürgergeld"]),
        "jury": "Vergabekreis Bürgerfonds",
        "forum": ("Freunde Westhagens", "continue"),
        "language": False,
        "newer": ["Klimawerkstatt", "Sommerkino im Hof"],
    }


def test_a_far_future_has_people_in_it_and_every_row_passes_the_rules_of_its_form(monkeypatch):
    day = dt.date(2040, 2, 29)
    make_demo(day)
    # Nothing was held in a time to come: the rows are checked on the day of the demo.
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: day)

    attended = Participation.objects.counted().filter(event__start_date__year=2039)
    assert 60 <= attended.values("actor").distinct().count() <= 160
    founded = Actor.objects.filter(active_from__year__gte=2030)
    assert founded.count() == founded.values("name").distinct().count() == 21
    models = [*apps.get_app_config("events").get_models(), Actor, Affiliation, Relation]
    check_rows(models)


@pytest.mark.parametrize("day", [dt.date(2022, 6, 30), dt.date(2100, 1, 1)])
def test_a_day_outside_of_the_story_is_refused(day: dt.date):
    with pytest.raises(CommandError, match=r"for days from 2022-07-01 to 2099-12-31"):
        make_demo(day)

    assert not Actor.objects.exists()
