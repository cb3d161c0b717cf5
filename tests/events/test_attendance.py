"""Domain rule 1: names and heads are never added."""

import pytest

from events.models import Attendance, AttendanceBasis, Event
from tests.factories.actors import ActorFactory
from tests.factories.events import (
    EventFactory,
    HeadcountFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
    ParticipationRoleFactory,
)

pytestmark = pytest.mark.django_db


def test_an_event_without_anybody_has_no_attendance():
    assert EventFactory.create().attendance == Attendance(named=0, headcount=0)
    assert Attendance(named=0, headcount=0).basis == AttendanceBasis.NONE


def test_the_larger_of_names_and_heads_is_the_total_and_says_which_it_is():
    many_heads, many_names = Attendance(named=12, headcount=80), Attendance(named=80, headcount=12)
    assert (many_heads.total, many_heads.basis) == (80, AttendanceBasis.HEADCOUNT)
    assert (many_names.total, many_names.basis) == (80, AttendanceBasis.NAMES)
    assert Attendance(named=5, headcount=5).basis == AttendanceBasis.NAMES


def test_only_who_attended_counts_with_the_people_brought():
    event = EventFactory.create()
    ParticipationFactory.create(event=event, people_brought=4)
    ParticipationFactory.create(event=event)
    for state in ("invited", "registered", "excused", "absent"):
        ParticipationFactory.create(event=event, state=state, people_brought=100)
    assert event.attendance == Attendance(named=6, headcount=0)


def test_an_actor_in_several_roles_counts_once_with_the_largest_number_of_people_brought():
    event, actor = EventFactory.create(), ActorFactory.create()
    ParticipationFactory.create(event=event, actor=actor, role=OrganiserRoleFactory(), people_brought=3)
    ParticipationFactory.create(event=event, actor=actor, role=ParticipationRoleFactory(), people_brought=3)
    stall = ParticipationRoleFactory(code="stall")
    ParticipationFactory.create(event=event, actor=actor, role=stall, people_brought=2)
    assert event.attendance == Attendance(named=4, headcount=0)


def test_headcounts_of_all_groups_are_summed():
    event = EventFactory.create()
    HeadcountFactory.create(event=event, group="children", sex="f", count=30)
    HeadcountFactory.create(event=event, group="children", sex="m", count=20)
    HeadcountFactory.create(count=1000)
    ParticipationFactory.create(event=event)
    assert event.attendance == Attendance(named=1, headcount=50)


def test_a_list_asks_once_for_all_attendances(django_assert_num_queries):
    for number in range(3):
        event = EventFactory.create(title=f"Fest {number}")
        ParticipationFactory.create_batch(number, event=event)
    with django_assert_num_queries(1):
        totals = {e.title: e.attendance.total for e in Event.objects.with_attendance()}
    assert totals == {"Fest 0": 0, "Fest 1": 1, "Fest 2": 2}
