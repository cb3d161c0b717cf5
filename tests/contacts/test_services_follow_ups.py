"""Follow-ups done and put off; of a series the next comes once, goes with what is taken back, or stays."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from contacts.models import FollowUp
from contacts.services.follow_ups import finish_follow_up, postpone_follow_up, reopen_follow_up, set_repeats
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.contacts import DiscussionPointFactory, FollowUpFactory

pytestmark = pytest.mark.django_db
BERLIN = timezone.get_default_timezone()


def done_on(monkeypatch, *parts, fold=0):
    """Let it be this moment in Berlin."""
    moment = dt.datetime(*parts).replace(tzinfo=BERLIN, fold=fold)
    monkeypatch.setattr("contacts.services.follow_ups.timezone.now", lambda: moment)


def series(due, repeats="month", **fields):
    return FollowUpFactory(due=due, repeats=repeats, **fields)


def dues():
    return list(FollowUp.objects.order_by("due").values_list("due", flat=True))


def test_done_in_time_the_next_one_keeps_all_but_the_day(monkeypatch):
    done_on(monkeypatch, 2027, 1, 30)
    point = DiscussionPointFactory()
    about = {"actor": ActorFactory(), "contact": point.contact, "point": point, "text": "Bericht"}
    first = series(dt.date(2027, 1, 31), **about)
    following = finish_follow_up(follow_up=first, user=first.assignee)
    assert (following.due, following.previous, following.repeats) == (dt.date(2027, 2, 28), first, "month")
    assert {name: getattr(following, name) for name in about} == about
    assert (following.assignee, following.repeats_from) == (first.assignee, dt.date(2027, 1, 31))


def test_done_late_what_was_missed_is_left_out(monkeypatch):
    done_on(monkeypatch, 2027, 5, 3)
    first = series(dt.date(2027, 1, 31))
    assert finish_follow_up(follow_up=first, user=first.assignee).due == dt.date(2027, 5, 31)


def test_moved_once_a_series_goes_on_from_its_own_days(monkeypatch):
    done_on(monkeypatch, 2027, 2, 3)
    first = series(dt.date(2027, 1, 31))
    postpone_follow_up(follow_up=first, due=dt.date(2027, 2, 5))
    assert finish_follow_up(follow_up=first, user=first.assignee).due == dt.date(2027, 2, 28)


def test_29_february_comes_back_in_leap_years(monkeypatch):
    one, found = series(dt.date(2024, 2, 29), "year"), []
    for year in range(2024, 2028):
        done_on(monkeypatch, year, 2, 28)
        one = finish_follow_up(follow_up=one, user=one.assignee)
        found.append(one.due)
    assert found == [dt.date(2025, 2, 28), dt.date(2026, 2, 28), dt.date(2027, 2, 28), dt.date(2028, 2, 29)]


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize(
    "moment",
    [(2027, 3, 28, 0, 30), (2027, 3, 28, 3, 30), (2027, 10, 31, 0, 30), (2027, 10, 31, 2, 30)],
)
def test_in_the_nights_when_the_clock_is_changed_the_day_is_the_day_in_berlin(monkeypatch, moment, fold):
    done_on(monkeypatch, *moment, fold=fold)
    today = dt.date(*moment[:3])
    first = series(today, "week")
    following = finish_follow_up(follow_up=first, user=first.assignee)
    assert following.due == today + dt.timedelta(days=7)
    assert timezone.localdate(FollowUp.objects.get(pk=first.pk).done_at) == today


def test_done_twice_there_is_one_next(monkeypatch):
    first = series(dt.date(2027, 1, 31))
    following = finish_follow_up(follow_up=first, user=first.assignee)
    again = finish_follow_up(follow_up=FollowUp.objects.get(pk=first.pk), user=UserFactory())
    assert (again, FollowUp.objects.count()) == (following, 2)
    assert FollowUp.objects.get(pk=first.pk).done_by == first.assignee


def test_taken_back_the_next_one_goes_as_well():
    first = series(dt.date(2027, 1, 31))
    finish_follow_up(follow_up=first, user=first.assignee)
    reopen_follow_up(follow_up=first)
    assert (dues(), FollowUp.objects.get().done_at) == ([dt.date(2027, 1, 31)], None)


def test_a_next_one_that_somebody_worked_on_stays_and_is_not_made_again():
    first = series(dt.date(2027, 1, 31))
    following = finish_follow_up(follow_up=first, user=first.assignee)
    postpone_follow_up(follow_up=following, due=dt.date(2027, 6, 1))
    reopen_follow_up(follow_up=first)
    finish_follow_up(follow_up=first, user=first.assignee)
    assert dues() == [dt.date(2027, 1, 31), dt.date(2027, 6, 1)]


def test_the_last_of_a_series_brings_no_other():
    first = series(dt.date(2027, 1, 31))
    set_repeats(follow_up=first, repeats="")
    assert finish_follow_up(follow_up=first, user=first.assignee) is None
    assert FollowUp.objects.count() == 1


def test_what_was_for_somebody_who_left_comes_back_to_whoever_did_it():
    gone, here = UserFactory(is_active=False), UserFactory()
    following = finish_follow_up(follow_up=series(dt.date(2027, 1, 31), assignee=gone), user=here)
    assert following.assignee == here


@pytest.mark.django_db(transaction=True)
def test_of_those_who_press_done_at_once_one_makes_the_next():
    first, barrier = series(dt.date(2027, 1, 31), "quarter"), Barrier(4)

    def finish(_number):
        try:
            barrier.wait()
            return finish_follow_up(follow_up=FollowUp(pk=first.pk), user=first.assignee).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(finish, range(4)))
    assert (len(keys), FollowUp.objects.count()) == (1, 2)


def test_a_follow_up_is_done_and_open_again():
    user, follow_up = UserFactory.create(), FollowUpFactory.create()
    finish_follow_up(follow_up=follow_up, user=user)
    assert FollowUp.objects.get().done_by == user
    reopen_follow_up(follow_up=follow_up)
    assert list(FollowUp.objects.open()) == [follow_up]


def test_a_follow_up_is_not_put_off_to_an_impossible_day():
    follow_up = FollowUpFactory.create()
    with pytest.raises(ValidationError):
        postpone_follow_up(follow_up=follow_up, due=dt.date(9999, 1, 1))
    assert FollowUp.objects.get().due == dt.date(2020, 5, 11)
