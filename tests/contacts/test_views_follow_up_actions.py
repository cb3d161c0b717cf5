"""Working off follow-ups from the list: one or several, and what is taken back."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from contacts.models import FollowUp
from tests.actors.pages import client_of, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.contacts import ContactFactory, DiscussionPointFactory, FollowUpFactory

pytestmark = pytest.mark.django_db
LIST = "/actors/follow-ups/"
DAY = dt.date(2027, 1, 31)


def message_of(response):
    *_earlier, message = get_messages(response.wsgi_request)
    return message.level_tag, message.extra_tags


def several(client, action, *follow_ups, **data):
    ids = ",".join(str(follow_up.pk) for follow_up in follow_ups)
    return client.post(reverse("contacts:follow_up_several", args=[action]), {"ids": ids, **data})


def test_done_with_a_series_can_be_undone_with_its_next():
    client = client_of()
    follow_up = FollowUpFactory(due=DAY, repeats="quarter")
    response = client.post(f"{LIST}{follow_up.pk}/done/")
    assert FollowUp.objects.open().get().due == dt.date(2027, 4, 30)
    client.post(message_of(response)[1])
    assert (FollowUp.objects.get().due, FollowUp.objects.get().done_at) == (DAY, None)


def test_handing_on_can_be_undone():
    client, user = signed_in()
    follow_up, colleague = FollowUpFactory(assignee=user), UserFactory()
    response = client.post(f"{LIST}{follow_up.pk}/hand/", {"assignee": colleague.pk})
    assert FollowUp.objects.get().assignee == colleague
    client.post(message_of(response)[1])
    assert FollowUp.objects.get().assignee == user


@pytest.mark.parametrize("key", ["", "0", "999999", "x", "9" * 30])
def test_nobody_in_particular_gets_nothing(key):
    follow_up = FollowUpFactory()
    response = client_of().post(f"{LIST}{follow_up.pk}/hand/", {"assignee": key})
    assert (message_of(response)[0], FollowUp.objects.get().version) == ("error", 1)


def test_a_confidential_matter_is_not_handed_to_a_volunteer():
    follow_up = FollowUpFactory(contact=ContactFactory(is_confidential=True))
    volunteer = UserFactory(role="volunteer")
    response = client_of().post(f"{LIST}{follow_up.pk}/hand/", {"assignee": volunteer.pk})
    assert (message_of(response)[0], FollowUp.objects.get().assignee) == ("error", follow_up.assignee)


def test_ending_a_series_can_be_undone():
    client = client_of()
    follow_up = FollowUpFactory(due=DAY, repeats="year")
    response = client.post(f"{LIST}{follow_up.pk}/repeats/")
    assert FollowUp.objects.get().repeats == ""
    client.post(message_of(response)[1])
    assert (FollowUp.objects.get().repeats, FollowUp.objects.get().repeats_from) == ("year", DAY)


def test_another_day_is_typed_and_a_missing_one_said():
    client = client_of()
    follow_up = FollowUpFactory(due=DAY)
    client.post(f"{LIST}{follow_up.pk}/move/", {"day": "2027-03-01"})
    assert message_of(client.post(f"{LIST}{follow_up.pk}/move/", {"day": ""}))[0] == "error"
    assert FollowUp.objects.get().due == dt.date(2027, 3, 1)


def test_what_somebody_had_to_do_who_left_can_still_be_moved():
    follow_up = FollowUpFactory(assignee=UserFactory(is_active=False))
    client_of().post(f"{LIST}{follow_up.pk}/move/2027-03-01/")
    assert FollowUp.objects.get().due == dt.date(2027, 3, 1)


def test_several_are_done_and_open_again():
    client = client_of()
    one, other = FollowUpFactory(), FollowUpFactory()
    response = several(client, "done", one, other)
    assert FollowUp.objects.open().count() == 0
    client.post(message_of(response)[1])
    assert FollowUp.objects.open().count() == 2


def test_several_are_moved_and_handed_on():
    client, colleague = client_of(), UserFactory()
    rows = [FollowUpFactory(), FollowUpFactory()]
    several(client, "move", *rows, day="2027-03-01")
    several(client, "hand", *rows, assignee=colleague.pk)
    assert set(FollowUp.objects.values_list("due", "assignee")) == {(dt.date(2027, 3, 1), colleague.pk)}


def test_one_that_may_not_be_handed_on_keeps_all_where_they_are():
    secret = FollowUpFactory(contact=ContactFactory(is_confidential=True))
    response = several(
        client_of(), "hand", FollowUpFactory(), secret, assignee=UserFactory(role="volunteer").pk
    )
    assert (message_of(response)[0], set(FollowUp.objects.values_list("version", flat=True))) == (
        "error",
        {1},
    )


def test_a_foreign_one_among_several_keeps_a_volunteer_from_all():
    client, user = signed_in("volunteer")
    own, foreign = FollowUpFactory(assignee=user), FollowUpFactory()
    assert message_of(several(client, "done", own, foreign))[0] == "error"
    assert FollowUp.objects.open().count() == 2
    assert several(client, "hand", own, assignee=UserFactory().pk).status_code == 403
    assert message_of(several(client, "done", own))[0] == "success"


def test_none_and_an_unknown_wish_change_nothing():
    client = client_of()
    assert message_of(several(client, "done"))[0] == "error"
    assert several(client, "delete", FollowUpFactory()).status_code == 404
    assert FollowUp.objects.open().count() == 1


def test_a_follow_up_planned_at_a_point_belongs_to_its_contact():
    client, user = signed_in()
    point = DiscussionPointFactory()
    address = f"{LIST}new/?point={point.pk}"
    form = client.get(address).context["form"]
    assert form.about() == [point.contact, point]
    data = {"due": "2027-01-31", "assignee": user.pk, "point": point.pk, "contact": point.contact_id}
    client.post(address, data | {"repeats": "month"})
    made = FollowUp.objects.get()
    assert (made.contact, made.point, made.repeats_from) == (point.contact, point, DAY)


def test_editing_leaves_what_it_is_about_and_another_day_begins_the_series_anew():
    client = client_of()
    follow_up = FollowUpFactory(due=DAY, repeats="month", contact=ContactFactory())
    data = {"due": "2027-02-15", "assignee": follow_up.assignee_id, "text": "Neu", "repeats": "month"}
    assert client.post(f"{LIST}{follow_up.pk}/", data).status_code == 302
    stored = FollowUp.objects.get()
    assert (stored.contact, stored.text, stored.repeats_from) == (
        follow_up.contact,
        "Neu",
        dt.date(2027, 2, 15),
    )
