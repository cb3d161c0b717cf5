"""The timeline of an actor: its own entries, and those of whom it belonged to while it did."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.timeline.forms import TimelineForm
from crm.timeline.stream import STEP, page_of
from crm.timeline.subjects import of_actor
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    AffiliationFactory,
    FormerNameFactory,
    PersonFactory,
    RelationFactory,
)
from tests.factories.contacts import ContactFactory, DiscussionPointFactory, FollowUpFactory
from tests.factories.events import (
    EventFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
NOON = dt.datetime(2020, 5, 20, 12, tzinfo=dt.UTC)


def entries(actor, *, role="staff", kind="", **filters):
    user = UserFactory.create(role=role)
    streams = [one for one in of_actor(actor, user) if kind in {"", one.kind}]
    return page_of(streams, window=TimelineForm(filters).window, size=1000).entries


def titles(actor, **kwargs):
    return [entry.title.rpartition(": ")[2] for entry in entries(actor, **kwargs)]


def client_of(role="staff"):
    client = Client()
    client.force_login(UserFactory.create(role=role))
    return client


@pytest.fixture
def actor():
    """An actor with one entry of each kind."""
    actor = ActorFactory.create(name="Verein")
    ContactFactory.create(actors=[actor], subject="Anruf", date=dt.date(2020, 3, 1))
    event = EventFactory.create(title="Fest", start_date=dt.date(2019, 6, 15))
    ParticipationFactory.create(actor=actor, event=event)
    RelationFactory.create(
        source=actor, target=ActorFactory.create(name="Nachbar"), valid_from=dt.date(2018, 1, 1)
    )
    FormerNameFactory.create(actor=actor, name="Alt", used_until=dt.date(2017, 1, 1))
    return actor


def test_everything_that_happened_stands_in_one_list_newest_first(actor):
    assert titles(actor) == ["Anruf", "Fest", "Nachbar", "Alt"]
    assert [entry.date for entry in entries(actor)] == [
        dt.date(2020, 3, 1),
        dt.date(2019, 6, 15),
        dt.date(2018, 1, 1),
        dt.date(2016, 12, 31),
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("contacts", ["Anruf"]), ("events", ["Fest"]), ("ties", ["Nachbar", "Alt"]), ("", None)],
)
def test_the_list_is_filtered_by_kind(actor, kind, expected):
    assert titles(actor, kind=kind) == (expected or ["Anruf", "Fest", "Nachbar", "Alt"])


@pytest.mark.parametrize(("year", "expected"), [(2019, ["Fest"]), (2018, ["Nachbar"]), (1990, [])])
def test_the_list_is_filtered_by_year(actor, year, expected):
    assert titles(actor, year=year) == expected


def test_what_others_logged_is_not_for_volunteers(actor):
    ContactFactory.create(actors=[actor], subject="Fremdes", date=dt.date(2020, 4, 1))
    assert titles(actor)[:2] == ["Fremdes", "Anruf"]
    assert titles(actor, role="volunteer")[0] == "Fest"


def test_a_reader_sees_what_happened_in_public(actor):
    RelationFactory.create(source=actor, target=PersonFactory.create(), valid_from=dt.date(2021, 1, 1))
    AffiliationFactory.create(organisation=actor, valid_from=dt.date(2021, 1, 1))
    assert titles(actor, role="reader") == ["Fest", "Nachbar", "Alt"]


def test_a_person_shows_what_the_organisation_did_while_they_belonged_together():
    person, club = PersonFactory.create(), ActorFactory.create(name="Verein")
    AffiliationFactory.create(
        person=person, organisation=club, valid_from=dt.date(2018, 1, 1), valid_until=dt.date(2020, 1, 1)
    )
    for year in (2017, 2018, 2019, 2020):
        ContactFactory.create(actors=[club], subject=f"Anruf {year}", date=dt.date(year, 1, 1))
        event = EventFactory.create(title=f"Fest {year}", start_date=dt.date(year, 1, 1))
        ParticipationFactory.create(actor=club, event=event)
    listed = entries(person, kind="contacts") + entries(person, kind="events")
    assert [entry.title.rpartition(": ")[2] for entry in listed] == [
        "Anruf 2019",
        "Anruf 2018",
        "Fest 2019",
        "Fest 2018",
    ]
    assert all("Verein" in entry.meta for entry in listed)


def test_an_organisation_shows_what_its_people_did():
    member = AffiliationFactory.create()
    ContactFactory.create(actors=[member.person], subject="Anruf")
    [entry] = entries(member.organisation, kind="contacts")
    assert member.person.name in entry.meta


def test_a_contact_with_both_is_one_entry_of_its_own():
    member = AffiliationFactory.create()
    ContactFactory.create(actors=[member.person, member.organisation])
    assert len(entries(member.organisation)) == 1


def test_several_roles_at_one_event_are_one_entry():
    part = ParticipationFactory.create(people_brought=2)
    ParticipationFactory.create(actor=part.actor, event=part.event, role=OrganiserRoleFactory.create())
    [entry] = entries(part.actor)
    assert all(role in entry.text for role in (part.role.label, OrganiserRoleFactory.create().label))


def test_whoever_represents_somebody_sees_it():
    person = PersonFactory.create()
    part = ParticipationFactory.create(represented_by=person)
    [entry] = entries(person)
    assert part.actor.name in entry.meta


def test_an_event_without_a_day_comes_last():
    part = ParticipationFactory.create(event=EventFactory.create(title="Irgendwann", start_date=None))
    ContactFactory.create(actors=[part.actor], subject="Anruf")
    assert titles(part.actor) == ["Anruf", "Irgendwann"]


def test_an_actor_without_a_past_has_an_empty_timeline():
    actor = ActorFactory.create()
    response = client_of().get(f"/actors/{actor.pk}/timeline/", **HTMX)
    assert (response.status_code, response.context["entries"]) == (200, [])


def test_pages_cost_as_many_queries_however_much_there_is():
    actor = ActorFactory.create()
    client = client_of()

    def part(url):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url, **HTMX)
        return len(response.context["entries"]), response.context["more_url"], len(captured)

    def fill(count):
        for _ in range(count):
            point = DiscussionPointFactory.create(contact=ContactFactory.create(actors=[actor]))
            FollowUpFactory.create(contact=point.contact, done_at=NOON, done_by=point.contact.staff)
            ParticipationFactory.create(actor=actor)

    fill(1)
    few = part(f"/actors/{actor.pk}/timeline/")
    fill(99)
    many = part(f"/actors/{actor.pk}/timeline/")
    second = part(many[1])
    third = part(second[1])
    assert (few[0], few[1], many[0], second[0], third[0]) == (3, "", STEP, STEP, STEP)
    assert many[2] == few[2]
    assert second[2] == third[2] < many[2]


@pytest.mark.parametrize(
    "query",
    [
        *("?year=abc", "?year=99999", "?year=0", "?kind=x&year=²", "?since=2020-13-01", "?until=gestern"),
        *("?after=x", "?after=~event~", "?after=2020-99-01~event~1", "?after=~event~" + "9" * 60),
        *("?after=9999-12-31~name~1", "?after=0001-01-01~contact~1", "?since=2020-05-05&until=2020-05-04"),
    ],
)
def test_odd_parameters_do_no_harm(actor, query):
    assert client_of().get(f"/actors/{actor.pk}/timeline/{query}").status_code == 200


def test_without_scripts_the_timeline_is_a_page(actor):
    response = client_of().get(f"/actors/{actor.pk}/timeline/")
    assert response.templates[0].name == "timeline/page.html"


def test_a_person_has_no_timeline_for_readers():
    person = PersonFactory.create()
    assert client_of("reader").get(f"/actors/{person.pk}/timeline/").status_code == 404


def test_a_script_in_a_subject_is_inert():
    actor = ActorFactory.create()
    ContactFactory.create(actors=[actor], subject="<script>alert(1)</script>", note="<b>x</b>")
    assert b"<script>alert" not in client_of().get(f"/actors/{actor.pk}/timeline/").content
