"""Pages of the follow-ups."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from contacts.models import FollowUp
from tests.actors.pages import client_of, signed_in
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ContactFactory, FollowUpFactory

pytestmark = pytest.mark.django_db
LIST = "/actors/follow-ups/"
PAST, FUTURE = dt.date(2020, 1, 1), dt.date(2190, 1, 1)


def texts(client, query):
    return [row.record.text for row in client.get(LIST + query).context["table"].paginated_rows]


def messages_of(response):
    return [(message.message, message.extra_tags) for message in get_messages(response.wsgi_request)]


def test_whoever_comes_without_a_wish_sees_his_own():
    client, user = signed_in()
    assert client.get(LIST)["Location"] == f"{LIST}?assignee={user.pk}&state=open"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=open", ["alt", "neu"]),
        ("?state=overdue", ["alt"]),
        ("?state=done", ["fertig"]),
        ("?q=NEU", ["neu"]),
        ("?due_until=2021-01-01&state=open", ["alt"]),
        ("?sort=-due", ["neu", "fertig", "alt"]),
    ],
)
def test_the_list_is_filtered(query, expected):
    client, user = signed_in()
    FollowUpFactory.create(text="alt", due=PAST)
    FollowUpFactory.create(text="neu", due=FUTURE)
    FollowUpFactory.create(text="fertig", due=dt.date(2021, 6, 1), done_at=timezone.now(), done_by=user)
    assert texts(client, query) == expected


def test_the_list_of_an_actor_holds_those_about_its_contacts():
    actor = ActorFactory.create()
    FollowUpFactory.create(text="direkt", actor=actor)
    FollowUpFactory.create(text="nach Gespräch", contact=ContactFactory.create(actors=[actor]))
    FollowUpFactory.create(text="fremd", actor=ActorFactory.create())
    assert texts(client_of(), f"?actor={actor.pk}") == ["direkt", "nach Gespräch"]


def test_done_can_be_undone_from_the_message():
    client, user = signed_in()
    follow_up = FollowUpFactory.create()
    response = client.post(f"{LIST}{follow_up.pk}/done/", {"next": "/actors/"})
    [(_text, undo)] = messages_of(response)
    assert (response["Location"], FollowUp.objects.get().done_by) == ("/actors/", user)
    back = client.post(undo)
    assert (back["Location"], FollowUp.objects.get().done_at) == ("/actors/", None)


def test_postponing_can_be_undone_from_the_message():
    client = client_of()
    follow_up = FollowUpFactory.create(due=PAST)
    response = client.post(f"{LIST}{follow_up.pk}/move/2021-12-24/")
    [(_text, undo)] = messages_of(response)
    assert FollowUp.objects.get().due == dt.date(2021, 12, 24)
    client.post(undo)
    assert FollowUp.objects.get().due == PAST


@pytest.mark.parametrize("day", ["2021-02-30", "morgen", "0001-01-01", "9999-12-31"])
def test_an_impossible_day_changes_nothing(day):
    follow_up = FollowUpFactory.create(due=PAST)
    assert client_of().post(f"{LIST}{follow_up.pk}/move/{day}/").status_code == 404
    assert FollowUp.objects.get().due == PAST


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(wanted):
    follow_up = FollowUpFactory.create()
    response = client_of().post(f"{LIST}{follow_up.pk}/done/", {"next": wanted})
    assert response["Location"] == LIST


def test_asking_for_a_page_changes_nothing():
    follow_up = FollowUpFactory.create()
    assert client_of().get(f"{LIST}{follow_up.pk}/done/").status_code == 405


def test_a_follow_up_is_planned_for_an_actor():
    client, user = signed_in()
    actor = ActorFactory.create()
    form = client.get(f"{LIST}new/?actor={actor.pk}").context["form"]
    assert (form["actor"].value(), form["assignee"].value()) == (str(actor.pk), user.pk)
    client.post(f"{LIST}new/", {"due": "2030-01-02", "assignee": user.pk, "actor": actor.pk})
    assert FollowUp.objects.values_list("due", "assignee", "actor").get() == (
        dt.date(2030, 1, 2),
        user.pk,
        actor.pk,
    )


def test_a_follow_up_about_nothing_is_refused():
    client, user = signed_in()
    response = client.post(f"{LIST}new/", {"due": "2030-01-02", "assignee": user.pk})
    assert (response.status_code, FollowUp.objects.count()) == (422, 0)


def test_a_volunteer_sees_and_ticks_off_only_his_own():
    client, user = signed_in("volunteer")
    own = FollowUpFactory.create(text="eigene", assignee=user)
    other = FollowUpFactory.create(text="fremde")
    secret = ContactFactory.create(is_confidential=True)
    FollowUpFactory.create(text="geheim", contact=secret)
    FollowUp.objects.filter(text="geheim").update(assignee=user)
    assert texts(client, "?state=open") == ["eigene"]
    statuses = [client.post(f"{LIST}{one.pk}/done/").status_code for one in (own, other)]
    assert (statuses, FollowUp.objects.open().count()) == ([302, 404], 2)


def test_for_a_reader_there_are_no_follow_ups():
    assert client_of("reader").get(LIST).status_code == 404
