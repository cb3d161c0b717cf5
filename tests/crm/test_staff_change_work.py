"""Handing over work: all that is open goes to those who may see it, in one step or not at all."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.accounts.models import User
from crm.staff_change.work import HandedOver, Plan, hand_over_work, work_of
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorGroupFactory
from tests.factories.contacts import ConcernFactory, ConcernStatusFactory, ContactFactory, FollowUpFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaving():
    return UserFactory.create(last_name="Geht")


@pytest.fixture
def colleague():
    return UserFactory.create(last_name="Bleibt")


@pytest.fixture
def other():
    return UserFactory.create(last_name="Hilft")


@pytest.fixture
def boss():
    return UserFactory.create(role="management")


def settled(**fields):
    return ConcernFactory.create(status=ConcernStatusFactory.create(code="done", is_open=False), **fields)


def owners(*records):
    for record in records:
        record.refresh_from_db()
    return [getattr(record, "assignee", None) or record.responsible for record in records]


def test_all_that_is_open_goes_to_the_colleague(leaving, colleague, boss):
    records = [
        FollowUpFactory.create(assignee=leaving),
        ConcernFactory.create(responsible=leaving),
        ActorFactory.create(responsible=leaving),
    ]
    versions = [record.version for record in records]
    moved = hand_over_work(leaving=leaving, plan=Plan(to=colleague), by=boss)
    assert moved == HandedOver({colleague: {"follow_ups": 1, "concerns": 1, "actors": 1}})
    assert owners(*records) == [colleague] * 3
    assert [record.version for record in records] == [version + 1 for version in versions]
    assert work_of(leaving).counts() == {"follow_ups": 0, "concerns": 0, "actors": 0}


def test_what_is_done_or_settled_or_of_others_stays_as_it_is(leaving, colleague, other, boss):
    done = FollowUpFactory.create(assignee=leaving, done_at=timezone.now(), done_by=leaving)
    old = settled(responsible=leaving)
    foreign = [FollowUpFactory.create(assignee=other), ActorFactory.create(responsible=other)]
    moved = hand_over_work(leaving=leaving, plan=Plan(to=colleague), by=boss)
    assert moved == HandedOver({})
    assert owners(done, old, *foreign) == [leaving, leaving, other, other]


def test_a_kind_can_go_to_somebody_else(leaving, colleague, other, boss):
    actor, concern = ActorFactory.create(responsible=leaving), ConcernFactory.create(responsible=leaving)
    hand_over_work(leaving=leaving, plan=Plan(to=colleague, kinds={"concerns": other}), by=boss)
    assert owners(actor, concern) == [colleague, other]


def test_a_group_takes_along_what_is_to_be_done_about_its_actors(leaving, colleague, other, boss):
    actor, stranger = ActorFactory.create(responsible=leaving), ActorFactory.create(responsible=leaving)
    group = ActorGroupFactory.create(members=[actor])
    with_group = [
        actor,
        ConcernFactory.create(responsible=leaving, raised_by=actor),
        FollowUpFactory.create(assignee=leaving, actor=actor),
        FollowUpFactory.create(assignee=leaving, contact=ContactFactory.create(actors=[stranger, actor])),
        FollowUpFactory.create(assignee=leaving, concern=ConcernFactory.create(raised_by=actor)),
    ]
    rest = [stranger, FollowUpFactory.create(assignee=leaving, actor=stranger)]
    plan = Plan(to=colleague, kinds={"follow_ups": colleague}, groups={group: other})
    hand_over_work(leaving=leaving, plan=plan, by=boss)
    assert owners(*with_group) == [other] * 5
    assert owners(*rest) == [colleague] * 2


def test_an_actor_of_two_groups_goes_with_the_first_by_name(leaving, colleague, other, boss):
    actor = ActorFactory.create(responsible=leaving)
    later = ActorGroupFactory.create(name="Zweite", members=[actor])
    first = ActorGroupFactory.create(name="Erste", members=[actor])
    hand_over_work(leaving=leaving, plan=Plan(to=boss, groups={later: colleague, first: other}), by=boss)
    assert owners(actor) == [other]


@pytest.mark.parametrize(
    "fields", [{"role": "volunteer"}, {"role": "reader"}, {"role": "staff", "is_active": False}]
)
def test_only_open_accounts_of_the_office_take_work(leaving, boss, colleague, fields):
    somebody = UserFactory.create(**fields)
    follow_up, actor = FollowUpFactory.create(assignee=leaving), ActorFactory.create(responsible=leaving)
    for plan in (Plan(to=somebody), Plan(to=colleague, kinds={"actors": somebody})):
        with pytest.raises(ValidationError, match=str(somebody)):
            hand_over_work(leaving=leaving, plan=plan, by=boss)
    assert owners(follow_up, actor) == [leaving, leaving]


def test_nobody_hands_over_to_themselves(leaving, boss):
    with pytest.raises(ValidationError):
        hand_over_work(leaving=leaving, plan=Plan(to=leaving), by=boss)


def test_the_account_is_closed_with_it(leaving, colleague, boss):
    hand_over_work(leaving=leaving, plan=Plan(to=colleague), by=boss, close_account=True)
    leaving.refresh_from_db()
    assert not leaving.is_active


def test_where_the_account_has_to_stay_nothing_is_handed_over(colleague):
    last_manager = UserFactory.create(role="management")
    actor = ActorFactory.create(responsible=last_manager)
    for by in (last_manager, UserFactory.create()):
        with pytest.raises(ValidationError):
            hand_over_work(leaving=last_manager, plan=Plan(to=colleague), by=by, close_account=True)
    assert owners(actor) == [last_manager]
    assert User.objects.managers().get() == last_manager


def test_what_is_finished_at_the_last_moment_stays_finished(leaving, colleague, boss, monkeypatch):
    follow_up, taken = FollowUpFactory.create(assignee=leaving), FollowUpFactory.create(assignee=leaving)

    def in_between(plan):
        follow_up.done_at, follow_up.done_by = timezone.now(), leaving
        follow_up.save()
        taken.assignee = boss
        taken.save()
        return {}

    # Looked through first, given afterwards: what happens in between is asked once more.
    rows = [(follow_up.pk, []), (taken.pk, [])]
    monkeypatch.setattr("crm.staff_change.work._keys", lambda kind, _rows: in_between(None) or rows)
    moved = hand_over_work(leaving=leaving, plan=Plan(to=colleague), by=boss)
    assert moved.counts == {}
    assert owners(follow_up, taken) == [leaving, boss]


def test_large_work_takes_as_many_questions_as_little_work(
    leaving, colleague, boss, django_assert_max_num_queries
):
    actors = [ActorFactory.create(responsible=leaving) for _ in range(30)]
    for actor in actors:
        FollowUpFactory.create(assignee=leaving, contact=ContactFactory.create(actors=[actor]))
    with django_assert_max_num_queries(14):
        moved = hand_over_work(leaving=leaving, plan=Plan(to=colleague), by=boss)
    assert (moved.total("actors"), moved.total("follow_ups")) == (30, 30)
