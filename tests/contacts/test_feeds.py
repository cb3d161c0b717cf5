"""Calendar feeds: what an independent calendar program reads, and who reads nothing."""

import datetime as dt
import re

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import CalendarFeed, FollowUp
from core.roles import Role
from tests.actors.pages import client_of, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import (
    CalendarFeedFactory,
    ConcernFactory,
    ContactFactory,
    DiscussionPointFactory,
    FollowUpFactory,
)

pytestmark = pytest.mark.django_db
FUTURE = dt.date(2150, 2, 28)
HOSTILE = "Größe; Maß, \\n „Ü“\r\nEND:VEVENT\r\nBEGIN:VEVENT " + "lang und länger " * 15


@pytest.fixture
def mine():
    """Somebody's feed and its address."""
    user = UserFactory(role="staff")
    CalendarFeedFactory(user=user, secret="geheim")
    return user, "/calendar/geheim.ics"


def read(address, **headers):
    return Client().get(address, headers=headers)


def summaries(address):
    calendar = vobject.readOne(read(address).content.decode())
    return [event.summary.value for event in getattr(calendar, "vevent_list", [])]


def test_an_independent_library_reads_every_open_follow_up_as_a_whole_day(mine):
    user, address = mine
    actor = ActorFactory(name="Turnverein")
    follow_up = FollowUpFactory(assignee=user, due=FUTURE, text="Halle klären", actor=actor)
    FollowUpFactory(assignee=user, due=FUTURE, done_at=timezone.now(), done_by=user)
    FollowUpFactory(due=FUTURE)
    calendar = vobject.readOne(read(address).content.decode())
    [event] = calendar.vevent_list
    assert (event.uid.value, event.summary.value) == (
        f"follow-up-{follow_up.pk}@testserver",
        "Halle klären (Turnverein)",
    )
    assert (event.dtstart.value, event.dtend.value) == (FUTURE, dt.date(2150, 3, 1))
    assert (event.transp.value, event.sequence.value) == ("TRANSPARENT", "1")
    assert event.url.value == f"http://testserver/actors/{actor.pk}/"
    assert calendar.contents["x-wr-calname"][0].value == "Meine Wiedervorlagen"


def test_the_feed_keeps_to_the_standard(mine):
    user, address = mine
    follow_up = FollowUpFactory(assignee=user, due=FUTURE)
    FollowUp.objects.filter(pk=follow_up.pk).update(text=HOSTILE)
    response = read(address)
    content = response.content
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", content) is None
    names = [line.split(":")[0].split(";")[0] for line in unfolded(content)]
    assert {"VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "REFRESH-INTERVAL"} <= set(names)
    assert [names.count(name) for name in ("BEGIN", "END", "SUMMARY", "UID")] == [2, 2, 1, 1]
    assert summaries(address) == [" ".join(HOSTILE.split())]


def unfolded(content):
    return re.sub(r"\r\n[ \t]", "", content.decode()).strip().split("\r\n")


def test_an_empty_feed_is_still_a_calendar(mine):
    assert summaries(mine[1]) == []


@pytest.mark.parametrize("where", ["contact", "point", "concern"])
def test_of_a_confidential_matter_no_word_leaves_the_house(mine, where):
    user, address = mine
    secret = ContactFactory(subject="Streng", is_confidential=True, actors=[ActorFactory(name="Wer auch")])
    about = {
        "contact": {"contact": secret, "actor": secret.actors.get()},
        "point": {"contact": secret, "point": DiscussionPointFactory(contact=secret, text="Vertraut")},
        "concern": {"concern": ConcernFactory(contact=secret, text="Klage")},
    }[where]
    FollowUpFactory(assignee=user, due=FUTURE, text="Heikel" if where == "contact" else "", **about)
    assert summaries(address) == ["Wiedervorlage (vertraulich)"]
    text = read(address).content.decode()
    assert [word for word in ("Streng", "Wer auch", "Vertraut", "Klage", "Heikel") if word in text] == []


def test_a_person_is_not_named_beside_what_was_typed(mine):
    user, address = mine
    FollowUpFactory(assignee=user, due=FUTURE, text="Anrufen", actor=PersonFactory(family_name="Quirin"))
    FollowUpFactory(assignee=user, due=FUTURE, text="", actor=PersonFactory(family_name="Quirin"))
    assert summaries(address) == ["Anrufen", "Wiedervorlage"]


def test_what_is_overdue_stays_on_its_day_and_says_so(mine):
    user, address = mine
    FollowUpFactory(assignee=user, due=dt.date(2020, 2, 29), text="Melden")
    event = vobject.readOne(read(address).content.decode()).vevent
    assert (event.dtstart.value, event.summary.value) == (dt.date(2020, 2, 29), "überfällig: Melden")


def test_the_feed_of_the_office_holds_all_and_follows_the_role_at_once():
    user = UserFactory(role="staff")
    CalendarFeedFactory(user=user, secret="geheim", scope="office", language="en")
    secret = ContactFactory(is_confidential=True)
    FollowUpFactory(assignee=user, due=FUTURE, text="mine")
    FollowUpFactory(due=FUTURE, text="theirs")
    FollowUpFactory(assignee=user, due=FUTURE, contact=secret)
    FollowUpFactory(assignee=user, due=FUTURE, concern=ConcernFactory(), text="")
    assert summaries("/calendar/geheim.ics") == [
        *("mine", "theirs", "Follow-up (confidential)", "Die Laterne ist kaputt."),
    ]
    user.role = Role.VOLUNTEER
    user.save()
    assert summaries("/calendar/geheim.ics") == ["mine"]
    user.role = Role.READER
    user.save()
    assert read("/calendar/geheim.ics").status_code == 404


def test_a_revoked_feed_and_that_of_a_closed_account_do_not_exist(mine):
    user, address = mine
    user.is_active = False
    user.save()
    assert read(address).status_code == 404
    user.is_active = True
    user.save()
    assert read(address).status_code == 200
    client = Client()
    client.force_login(user)
    client.post(reverse("contacts:feed_revoke", args=[CalendarFeed.objects.get().pk]))
    assert (read(address).status_code, read("/calendar/other.ics").status_code) == (404, 404)


def test_no_secret_is_written_to_the_log(caplog):
    assert read("/calendar/alt-und-geheim.ics").status_code == 404
    assert "alt-und-geheim" not in caplog.text


def test_nobody_is_signed_in_and_nothing_is_kept_in_the_browser(mine):
    response = read(mine[1])
    assert dict(response.cookies) == {}
    assert Client().post(mine[1]).status_code == 405


def test_an_unchanged_feed_is_not_sent_again(mine):
    user, address = mine
    FollowUpFactory(assignee=user, due=FUTURE)
    first = read(address)
    again = read(address, if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    head = Client().head(address)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    FollowUpFactory(assignee=user, due=FUTURE)
    assert read(address, if_none_match=first["ETag"]).status_code == 200


def test_a_long_feed_asks_no_more_questions_than_a_short_one(mine, django_assert_num_queries):
    user, address = mine
    FollowUpFactory(assignee=user)
    read(address)
    for _ in range(3):
        FollowUpFactory(assignee=user, contact=ContactFactory(), concern=ConcernFactory(), text="")
    with django_assert_num_queries(3):
        read(address)


def test_the_address_is_shown_once_and_only_its_digest_kept():
    client, user = signed_in()
    page = client.post(reverse("contacts:feed_list"), {"scope": "office"})
    address = page.context["address"]
    assert (page.status_code, read(address).status_code) == (200, 200)
    feed = CalendarFeed.objects.get()
    assert (feed.user, feed.scope, feed.language) == (user, "office", "de")
    assert feed.secret_digest not in address
    listed = client.get(reverse("contacts:feed_list")).content.decode()
    assert address not in listed
    assert ("noch nie gelesen" in listed, "zuletzt gelesen" in listed) == (False, True)


def test_a_volunteer_is_not_offered_the_feed_of_the_office():
    client = client_of("volunteer")
    assert client.post(reverse("contacts:feed_list"), {"scope": "office"}).status_code == 422
    assert client.post(reverse("contacts:feed_list"), {"scope": "mine"}).status_code == 200
    assert CalendarFeed.objects.count() == 1


def test_nobody_revokes_the_feed_of_another():
    feed = CalendarFeedFactory()
    assert client_of("management").post(reverse("contacts:feed_revoke", args=[feed.pk])).status_code == 404
    assert CalendarFeed.objects.active().count() == 1
