"""Timelines page by page: nothing twice, nothing left out; and what each of them holds for whom."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.timeline.stream import Cursor, Window, page_of, years_of
from crm.timeline.subjects import of_actor, of_concern, of_event, of_measure
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    AffiliationFactory,
    ConsentFactory,
    FormerNameFactory,
    PersonFactory,
    RelationFactory,
    TopicFactory,
)
from tests.factories.contacts import (
    ConcernFactory,
    ConcernStatusFactory,
    ConcernStepFactory,
    ContactFactory,
    DiscussionPointFactory,
    FollowUpFactory,
)
from tests.factories.events import (
    DecisionFactory,
    EventConcernFactory,
    EventContactFactory,
    EventFactory,
    MeasureFactory,
    ParticipationFactory,
    TourStopFactory,
)

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2020, 5, 20, 12, tzinfo=dt.UTC)
DAY = dt.date(2020, 5, 20)
KINDS = ("contact", "event", "relation", "name", "concern", "undated")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def person(role="staff"):
    return UserFactory.create(role=role)


def titles(streams, **options):
    return [entry.title for entry in page_of(streams, **options).entries]


def read_through(streams, *, size):
    """Return all entries, page by page."""
    entries, after = [], None
    while True:
        page = page_of(streams, after=after, size=size)
        assert len(page.entries) <= size
        entries += page.entries
        if page.next is None:
            return entries
        after = Cursor.read(str(page.next))


def happen(actor, kind, day, number):
    if kind == "contact":
        ContactFactory.create(actors=[actor], date=day, subject=f"{number}")
    elif kind == "relation":
        RelationFactory.create(
            source=actor, target=ActorFactory.create(name=f"R{number}"), valid_from=day, valid_until=DAY
        )
    elif kind == "name":
        FormerNameFactory.create(actor=actor, name=f"{number}", used_until=day)
    elif kind == "concern":
        ConcernFactory.create(raised_by=actor, raised_on=day, text=f"{number}")
    else:
        start = None if kind == "undated" else day
        ParticipationFactory.create(
            actor=actor, event=EventFactory.create(title=f"{number}", start_date=start)
        )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    what=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 3)), max_size=14),
    size=st.integers(1, 5),
)
def test_reading_on_skips_nothing_and_repeats_nothing_also_on_the_same_day(what, size):
    actor = ActorFactory.create()
    for number, (kind, day) in enumerate(what):
        happen(actor, kind, dt.date(2020, 5, day), number)
    streams = of_actor(actor, person())
    whole = page_of(streams, size=1000).entries
    assert read_through(streams, size=size) == whole
    assert len(whole) == len(what) + sum(kind == "relation" for kind, _day in what)
    days = [entry.date or dt.date.min for entry in whole]
    assert days == sorted(days, reverse=True)


def test_a_page_that_holds_the_last_entry_leads_nowhere():
    actor = ActorFactory.create()
    for _number in range(2):
        ContactFactory.create(actors=[actor])
    streams = of_actor(actor, person())
    leads_on = {size: page_of(streams, size=size).next is not None for size in (1, 2, 3)}
    assert leads_on == {1: True, 2: False, 3: False}


def test_what_is_logged_meanwhile_moves_nothing_to_the_next_page():
    actor = ActorFactory.create()
    for number in range(4):
        ContactFactory.create(actors=[actor], subject=f"Anruf {number}")
    first = page_of(of_actor(actor, person()), size=2)
    ContactFactory.create(actors=[actor], subject="Neu", date=dt.date(2021, 1, 1))
    rest = titles(of_actor(actor, person()), after=first.next)
    assert [entry.title for entry in first.entries] + rest == ["Anruf 3", "Anruf 2", "Anruf 1", "Anruf 0"]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (dt.date(2020, 5, 20), dt.date(2020, 5, 20), ["Anruf", "Renamed, until then: Alt"]),
        (dt.date(2020, 5, 21), None, ["Später"]),
        (None, dt.date(2020, 5, 19), ["Früher"]),
    ],
)
def test_both_days_of_a_period_belong_to_it(since, until, expected):
    actor = ActorFactory.create()
    for day, subject in ((19, "Früher"), (20, "Anruf"), (21, "Später")):
        ContactFactory.create(actors=[actor], subject=subject, date=dt.date(2020, 5, day))
    FormerNameFactory.create(actor=actor, name="Alt", used_until=dt.date(2020, 5, 21))
    ParticipationFactory.create(actor=actor, event=EventFactory.create(start_date=None))
    assert titles(of_actor(actor, person()), window=Window(since, until)) == expected


def test_years_are_offered_from_the_first_to_the_last():
    actor = ActorFactory.create()
    ContactFactory.create(actors=[actor], date=dt.date(2018, 3, 1))
    ParticipationFactory.create(actor=actor, event=EventFactory.create(start_date=dt.date(2020, 3, 1)))
    assert years_of(of_actor(actor, person())) == [2020, 2019, 2018]


def test_a_contact_shows_what_was_talked_about():
    contact = ContactFactory.create()
    DiscussionPointFactory.create(contact=contact, text="Der Raum", topic=TopicFactory.create(code="räume"))
    [entry] = page_of(of_actor(contact.actors.get(), person())).entries
    assert entry.points == ("Räume: Der Raum",)


def full_actor(**logged_by):
    """A person with one entry of each kind, all on different days."""
    actor = PersonFactory.create()
    contact = ContactFactory.create(actors=[actor], subject="Anruf", date=dt.date(2020, 5, 9), **logged_by)
    ParticipationFactory.create(
        actor=actor, event=EventFactory.create(title="Fest", start_date=dt.date(2020, 5, 8))
    )
    concern = ConcernFactory.create(raised_by=actor, text="Laterne", raised_on=dt.date(2020, 5, 7))
    new, done = concern.status, ConcernStatusFactory.create(code="done")
    ConcernStepFactory.create(concern=concern, from_status=None, to_status=new, at=NOON)
    ConcernStepFactory.create(concern=concern, from_status=new, to_status=done, at=NOON)
    FollowUpFactory.create(
        contact=contact, text="Zurückrufen", done_at=NOON - dt.timedelta(days=1), done_by=contact.staff
    )
    FollowUpFactory.create(contact=contact, text="Offen")
    ConsentFactory.create(person=actor, given_on=dt.date(2020, 5, 6), withdrawn_on=dt.date(2020, 5, 10))
    AffiliationFactory.create(
        person=actor, organisation=ActorFactory.create(name="Verein"), valid_from=dt.date(2020, 5, 5)
    )
    return actor


OFFICE_SEES = [
    "New → Done",
    "Done: Zurückrufen",
    "Consent withdrawn: Contact",
    "Anruf",
    "Participation: Fest",
    "Concern: Laterne",
    "Consent given: Contact",
    "New tie: Verein",
]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("management", OFFICE_SEES),
        ("staff", OFFICE_SEES),
        ("volunteer", ["Participation: Fest", "New tie: Verein"]),
    ],
)
def test_each_role_sees_the_kinds_it_may_see(role, expected):
    assert titles(of_actor(full_actor(), person(role))) == expected


def test_what_a_person_agreed_to_and_took_back_opens_the_consent():
    consent = ConsentFactory.create(given_on=dt.date(2020, 5, 6), withdrawn_on=dt.date(2020, 5, 10))
    entries = page_of(of_actor(consent.person, person())).entries
    assert [entry.url for entry in entries] == [consent.get_absolute_url()] * 2


def test_volunteers_see_the_contacts_they_logged():
    helper = person("volunteer")
    entries = titles(of_actor(full_actor(staff=helper), helper))
    assert entries == ["Anruf", "Participation: Fest", "New tie: Verein"]


def test_volunteers_see_their_own_follow_ups_when_they_are_done():
    helper = person("volunteer")
    contact = ContactFactory.create(subject="Anruf", staff=helper)
    FollowUpFactory.create(contact=contact, assignee=helper, text="Eigene", done_at=NOON, done_by=helper)
    FollowUpFactory.create(contact=contact, text="Fremde", done_at=NOON, done_by=helper)
    entries = titles(of_actor(contact.actors.get(), helper))
    assert [title.rpartition(" ")[2] for title in entries] == ["Eigene", "Anruf"]


def test_an_actor_shows_what_was_forwarded_to_it():
    office = ActorFactory.create(name="Amt")
    forwarded = ConcernStatusFactory.create(code="forwarded")
    concern = ConcernFactory.create(text="Laterne")
    ConcernStepFactory.create(
        concern=concern, from_status=concern.status, to_status=forwarded, forwarded_to=office, at=NOON
    )
    assert titles(of_actor(office, person())) == ["New → Forwarded: Amt"]


def event_with_everything(**fields):
    event = EventFactory.create(title="Rundgang", start_date=dt.date(2020, 5, 10), **fields)
    contact = EventContactFactory.create(
        event=event, contact=ContactFactory.create(subject="Anruf", date=dt.date(2020, 5, 12))
    ).contact
    DecisionFactory.create(event=event, text="Wir pflanzen.")
    brought = ConcernFactory.create(text="Gebracht", raised_on=dt.date(2020, 5, 11))
    EventConcernFactory.create(event=event, concern=brought)
    at_stop = ConcernFactory.create(text="Gefunden", raised_on=dt.date(2020, 5, 10))
    TourStopFactory.create(event=event, concern=at_stop)
    FollowUpFactory.create(concern=at_stop, text="Nachsehen", done_at=NOON, done_by=contact.staff)
    return event


def last_words(streams):
    return [title.rpartition(": ")[2] for title in titles(streams)]


def test_an_event_shows_contacts_decisions_concerns_and_what_was_done_about_them():
    event = event_with_everything()
    EventContactFactory.create()
    expected = ["Nachsehen", "Anruf", "Gebracht", "Gefunden", "Wir pflanzen."]
    assert last_words(of_event(event, person())) == expected
    assert last_words(of_event(event, person("volunteer"))) == ["Wir pflanzen."]


def test_a_measure_shows_its_events_and_what_belongs_to_them():
    measure = MeasureFactory.create()
    event_with_everything(measure=measure)
    EventFactory.create(title="Anderes")
    expected = ["Nachsehen", "Anruf", "Gebracht", "Gefunden", "Wir pflanzen.", "Rundgang"]
    assert last_words(of_measure(measure, person())) == expected
    assert last_words(of_measure(measure, person("reader"))) == ["Rundgang"]


def test_a_concern_shows_the_way_it_took():
    contact = ContactFactory.create(subject="Anruf", date=dt.date(2020, 5, 1))
    concern = ConcernFactory.create(
        contact=contact, text="Laterne", raised_on=dt.date(2020, 5, 1), told_on=dt.date(2020, 5, 21)
    )
    ConcernStepFactory.create(
        concern=concern,
        from_status=concern.status,
        to_status=ConcernStatusFactory.create(code="answered"),
        at=NOON,
    )
    FollowUpFactory.create(concern=concern, text="Nachsehen", done_at=NOON, done_by=contact.staff)
    assert len(page_of(of_concern(concern, person())).entries) == 5
    assert last_words(of_concern(concern, person()))[2:] == ["Nachsehen", "Anruf", "Laterne"]


def test_more_entries_are_added_below_and_say_their_year_only_once():
    actor = ActorFactory.create()
    for _ in range(41):
        ContactFactory.create(actors=[actor])
    client = Client()
    client.force_login(person())
    first = client.get(f"/actors/{actor.pk}/timeline/", HTTP_HX_REQUEST="true")
    more = client.get(first.context["more_url"], HTTP_HX_REQUEST="true")
    assert (first.content.count(b"<li>\n    <span"), more.content.count(b"<li>\n    <span")) == (40, 1)
    assert (b'class="year"' in first.content, b'class="year"' in more.content) == (True, False)
    without_script = client.get(first.context["more_url"])
    assert b'class="year"' in without_script.content or without_script.context["after"] is not None
