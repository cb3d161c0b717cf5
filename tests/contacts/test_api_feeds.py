"""Calendar feeds over the REST API: the address is told once, and only one's own feeds are seen."""

import pytest
from django.test import Client

from tests.api import client_of, everything
from tests.factories.contacts import CalendarFeedFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/calendar-feeds/"


def test_a_feed_is_made_read_listed_and_revoked():
    client = client_of("staff")
    made = client.post(LIST, {"scope": "office"})
    address = made.json()["address"]
    assert (made.status_code, made["Cache-Control"]) == (201, "private, no-store")
    assert Client().get(address).status_code == 200
    listed = client.get(LIST)
    [feed] = listed.json()["results"]
    assert (feed["id"], feed["scope"], feed["last_read_at"] is None) == (made.json()["id"], "office", False)
    assert address.rsplit("/", 1)[1].removesuffix(".ics") not in listed.content.decode()
    assert "address" not in client.get(f"{LIST}{feed['id']}/").json()
    assert client.delete(f"{LIST}{feed['id']}/").status_code == 204
    assert client.delete(f"{LIST}{feed['id']}/").status_code == 404
    assert (client.get(LIST).json()["count"], Client().get(address).status_code) == (0, 404)


@pytest.mark.parametrize("body", [{}, {"scope": ""}, {"scope": "all"}, {"scope": []}, []])
def test_a_feed_of_nothing_known_is_refused(body: object):
    client = client_of("management")
    before = everything()
    assert client.post(LIST, body).status_code == 400
    assert everything() == before


def test_a_volunteer_makes_a_feed_of_their_own_follow_ups_only():
    client = client_of("volunteer")
    assert client.post(LIST, {"scope": "office"}).status_code == 400
    assert client.post(LIST, {"scope": "mine"}).status_code == 201


def test_the_feeds_of_others_do_not_exist():
    feed = CalendarFeedFactory()
    client = client_of("management")
    assert client.get(LIST).json()["count"] == 0
    assert client.delete(f"{LIST}{feed.pk}/").status_code == 404
