"""The course of a concern: every transition, who took the step and when, and what is refused."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from contacts.concerns import TRANSITIONS, may_follow
from contacts.models import Concern, ConcernStatus, ConcernStep, FollowUp
from contacts.services.concerns import move_concern, plan_reminder, record_concern, tell_resident
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ConcernFactory, ConcernKindFactory, ConcernStatusFactory

pytestmark = pytest.mark.django_db

CODES = ["new", "forwarded", "in_progress", "answered", "done", "declined", "not_responsible"]
ALLOWED = {
    ("new", "forwarded"), ("new", "in_progress"), ("new", "answered"), ("new", "done"),
    ("new", "declined"), ("new", "not_responsible"),
    ("forwarded", "forwarded"), ("forwarded", "in_progress"), ("forwarded", "answered"),
    ("forwarded", "done"), ("forwarded", "declined"), ("forwarded", "not_responsible"),
    ("in_progress", "forwarded"), ("in_progress", "answered"), ("in_progress", "done"),
    ("in_progress", "declined"),
    ("answered", "in_progress"), ("answered", "forwarded"), ("answered", "done"), ("answered", "declined"),
    ("done", "in_progress"), ("declined", "in_progress"), ("not_responsible", "in_progress"),
}  # fmt: skip


def status(code: str) -> ConcernStatus:
    return ConcernStatus.objects.get(code=code)


def recorded(code: str = "new", **changes: object) -> Concern:
    """A concern that got its first step the day it was raised."""
    kind = ConcernKindFactory.create()
    concern = Concern(kind=kind, status=status(code), text="Laterne", raised_on=dt.date(2020, 5, 4))
    for name, value in changes.items():
        setattr(concern, name, value)
    return record_concern(concern=concern, user=UserFactory.create())


def refused(**change: object) -> dict[str, list[str]]:
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        move_concern(**change)
    error = refusal.value
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def test_the_table_of_transitions_is_the_one_that_was_agreed():
    assert {(before, to) for before, after in TRANSITIONS.items() for to in after} == ALLOWED
    assert sorted(TRANSITIONS) == sorted(CODES)


@pytest.mark.parametrize(("before", "to"), list(product(CODES, CODES)))
def test_every_pair_of_statuses_is_either_a_step_or_an_error_in_words(before: str, to: str):
    concern, user = recorded(before), UserFactory.create()
    change = {"concern": concern, "to": status(to), "user": user, "forwarded_to": ActorFactory.create()}
    if (before, to) in ALLOWED:
        step = move_concern(**change)
        assert (step.from_status.code, step.to_status.code, step.by) == (before, to, user)
        assert (concern.status.code, concern.settled_on is None) == (to, concern.status.is_open)
    else:
        [text] = refused(**change)[""]
        assert status(before).label in text or "“" in text
        assert (Concern.objects.get().status.code, ConcernStep.objects.count()) == (before, 1)


def test_recording_writes_the_first_step_on_the_day_it_was_raised():
    concern = recorded()
    step = ConcernStep.objects.get()
    assert (step.from_status, step.to_status.code, step.concern) == (None, "new", concern)
    assert timezone.localdate(step.at) == dt.date(2020, 5, 4)


def test_forwarding_says_to_whom_until_when_and_with_which_words():
    concern, department, user = recorded(), ActorFactory.create(), UserFactory.create()
    day, due = dt.date(2020, 5, 6), dt.date(2020, 5, 20)
    step = move_concern(
        concern=concern, to=status("forwarded"), user=user, forwarded_to=department, due=due, on=day,
        note=" Bitte prüfen ",
    )  # fmt: skip
    assert (concern.forwarded_to, concern.forwarded_on, concern.due) == (department, day, due)
    assert (step.forwarded_to, step.due, step.note) == (department, due, "Bitte prüfen")
    assert timezone.localdate(step.at) == day


def test_the_whole_course_up_to_being_taken_up_again():
    concern, user = recorded(), UserFactory.create()
    first, second = ActorFactory.create_batch(2)
    day = dt.date(2020, 5, 4)
    for number, (code, more) in enumerate(
        [
            ("forwarded", {"forwarded_to": first, "due": dt.date(2020, 6, 1)}),
            ("forwarded", {"forwarded_to": second, "due": dt.date(2020, 7, 1)}),
            ("answered", {"answer": "Wird repariert."}),
            ("done", {"told_on": dt.date(2020, 5, 9)}),
        ],
        start=1,
    ):
        on = day + dt.timedelta(days=number)
        move_concern(concern=concern, to=status(code), user=user, on=on, **more)
    assert (concern.forwarded_to, concern.due, concern.answer) == (second, None, "Wird repariert.")
    assert (concern.told_on, concern.settled_on, concern.days_taken()) == (
        dt.date(2020, 5, 9), dt.date(2020, 5, 8), 4,
    )  # fmt: skip
    move_concern(concern=concern, to=status("in_progress"), user=user, note="Wieder dunkel")
    assert (concern.settled_on, concern.status.code, concern.answer) == (
        None, "in_progress", "Wird repariert.",
    )  # fmt: skip
    steps = [(step.to_status.code, step.forwarded_to) for step in concern.steps.order_by("at", "pk")]
    assert steps == [
        ("new", None), ("forwarded", first), ("forwarded", second), ("answered", None), ("done", None),
        ("in_progress", None),
    ]  # fmt: skip


def test_forwarding_to_nobody_is_refused():
    errors = refused(concern=recorded(), to=status("forwarded"), user=UserFactory.create())
    assert errors == {"forwarded_to": ["Say to whom the concern was forwarded."]}


def test_nothing_is_forwarded_to_a_department_that_has_ended():
    ended = ActorFactory.create(name="Amt 61", active_until=dt.date(2020, 5, 6))
    change = {"to": status("forwarded"), "user": UserFactory.create(), "forwarded_to": ended}
    concern = recorded()
    assert list(refused(concern=concern, **change)) == ["forwarded_to"]
    assert list(refused(concern=concern, on=dt.date(2020, 5, 6), **change)) == ["forwarded_to"]
    assert (concern.forwarded_to, ConcernStep.objects.count()) == (None, 1)
    # Recorded late: on its last day the department was still there.
    move_concern(concern=concern, on=dt.date(2020, 5, 5), **change)
    assert concern.forwarded_to == ended
    assert concern.has_ended_department(timezone.localdate())
    assert list(Concern.objects.with_ended_department(timezone.localdate())) == [concern]
    assert not concern.has_ended_department(dt.date(2020, 5, 5))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"on": dt.date(2020, 5, 3)}, "on"),
        ({"on": dt.date(2190, 1, 1)}, "on"),
        ({"told_on": dt.date(2190, 1, 1)}, "told_on"),
        ({"on": dt.date(2020, 5, 6), "due": dt.date(2020, 5, 5)}, "due"),
        ({"note": "x" * 5001}, "note"),
        ({"answer": "x" * 20_001}, "answer"),
    ],
)
def test_days_and_texts_that_cannot_be_are_refused_at_their_field(change, field):
    errors = refused(concern=recorded(), to=status("answered"), user=UserFactory.create(), **change)
    assert list(errors) == [field]
    assert (Concern.objects.get().status.code, ConcernStep.objects.count()) == ("new", 1)


def test_a_step_cannot_come_before_the_last_one():
    concern, user = recorded(), UserFactory.create()
    move_concern(concern=concern, to=status("in_progress"), user=user, on=dt.date(2020, 6, 1))
    errors = refused(concern=concern, to=status("done"), user=user, on=dt.date(2020, 5, 31))
    assert list(errors) == ["on"]


def test_what_somebody_else_settled_meanwhile_is_not_settled_twice():
    mine, user = recorded(), UserFactory.create()
    theirs = Concern.objects.get()
    move_concern(concern=theirs, to=status("done"), user=user)
    [text] = refused(concern=mine, to=status("declined"), user=user)[""]
    assert text.startswith("The concern is settled")
    assert Concern.objects.get().status.code == "done"


def test_statuses_of_the_office_itself_have_their_place():
    waiting = ConcernStatusFactory.create(code="waiting", is_open=True)
    archived = ConcernStatusFactory.create(code="archived", is_open=False)
    assert may_follow(waiting, after=status("new"))
    assert may_follow(status("in_progress"), after=waiting)
    assert may_follow(archived, after=waiting)
    assert may_follow(status("in_progress"), after=archived)
    assert not may_follow(waiting, after=waiting)
    assert not may_follow(status("done"), after=archived)


def test_telling_the_resident_logs_nothing_else():
    concern = recorded()
    tell_resident(concern=concern, on=dt.date(2020, 5, 9))
    stored = Concern.objects.get()
    assert (stored.told_on, stored.status.code, ConcernStep.objects.count()) == (
        dt.date(2020, 5, 9), "new", 1,
    )  # fmt: skip


def test_a_reminder_is_a_follow_up_of_the_concern():
    concern, user = recorded(), UserFactory.create()
    plan_reminder(concern=concern, due=dt.date(2030, 1, 2), assignee=user)
    follow_up = FollowUp.objects.get()
    assert (follow_up.concern, follow_up.assignee, follow_up.due) == (concern, user, dt.date(2030, 1, 2))
    assert follow_up.text


def test_a_reminder_goes_to_nobody_who_may_not_see_the_concern():
    concern = recorded()
    with pytest.raises(ValidationError) as refusal:
        plan_reminder(concern=concern, due=dt.date(2030, 1, 2), assignee=UserFactory.create(role="volunteer"))
    assert list(refusal.value.message_dict) == ["assignee"]


@pytest.mark.parametrize(
    ("age", "due", "light"),
    [
        (0, None, "green"), (6, None, "green"), (7, None, "yellow"), (13, None, "yellow"), (14, None, "red"),
        (2, -1, "red"), (2, 0, "green"), (8, 3, "yellow"),
    ],
)  # fmt: skip
def test_the_light_follows_the_limits_of_the_kind_and_the_due_day(age, due, light):
    today = timezone.localdate()
    kind = ConcernKindFactory.create(code="own", yellow_after_days=7, red_after_days=14)
    concern = ConcernFactory.create(
        kind=kind,
        raised_on=today - dt.timedelta(days=age),
        due=None if due is None else today + dt.timedelta(days=due),
    )
    assert concern.light(today) == light
    errors = {code: list(Concern.objects.lit([code], today=today)) for code in ("green", "yellow", "red")}
    assert errors == {code: [concern] if code == light else [] for code in errors}


def test_what_is_settled_has_no_light():
    concern = ConcernFactory.create(status=status("done"))
    assert concern.light(timezone.localdate()) is None
    assert not Concern.objects.lit(["green", "yellow", "red"], today=timezone.localdate()).exists()
