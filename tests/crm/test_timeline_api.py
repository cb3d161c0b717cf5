"""Timelines over the REST API: page by page like on the site."""

import datetime as dt

import pytest

from tests.api import client_of
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.django_db


def test_the_pages_lead_from_one_to_the_next_until_all_is_read():
    actor, client = ActorFactory.create(), client_of("staff")
    for number in range(95):
        ContactFactory.create(actors=[actor], subject=f"{number}")
    pages, url = [], f"/api/v1/actors/{actor.pk}/timeline/?kind=contacts&since=2020-01-01"
    while url:
        answer = client.get(url).json()
        pages.append([entry["title"] for entry in answer["results"]])
        url = answer["next"]
    assert [len(titles) for titles in pages] == [40, 40, 15]
    assert [title for titles in pages for title in titles] == [str(number) for number in reversed(range(95))]


def test_an_entry_says_what_the_page_says():
    contact = ContactFactory.create(subject="Anruf", note="Wegen des Raums", date=dt.date(2020, 5, 4))
    [entry] = client_of("staff").get(f"/api/v1/actors/{contact.actors.get().pk}/timeline/").json()["results"]
    meta = entry.pop("meta")
    assert str(contact.staff) in meta
    assert entry == {
        "date": "2020-05-04",
        "title": "Anruf",
        "icon": "phone",
        "url": contact.get_absolute_url(),
        "text": "Wegen des Raums",
        "points": [],
        "kind": "contacts",
    }


@pytest.mark.parametrize("query", ["kind=x", "year=abc", "since=gestern", "after=x", "after=~x~1"])
def test_a_question_that_makes_no_sense_is_refused(query):
    actor = ActorFactory.create()
    assert client_of("staff").get(f"/api/v1/actors/{actor.pk}/timeline/?{query}").status_code == 400
