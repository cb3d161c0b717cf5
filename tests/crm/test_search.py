"""The one search over everything."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.search import LATEST, find
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, FormerNameFactory, PersonFactory, PhoneNumberFactory
from tests.factories.contacts import ContactFactory
from tests.factories.events import EventFactory, EventSeriesFactory, SeriesFormerNameFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def titles(text, *, role="staff", limit=10):
    groups = find(text, user=UserFactory.create(role=role), limit=limit)
    return {group.icon: [hit.title for hit in group.hits] for group in groups}


def client_of(role="staff"):
    client = Client()
    client.force_login(UserFactory.create(role=role))
    return client


@pytest.fixture
def _neighbourhood():
    ActorFactory.create(name="Bürgerverein Mühlenfeld")
    series = EventSeriesFactory.create(name="Bürgerfest")
    SeriesFormerNameFactory.create(series=series, name="Stadtteilfest")
    EventFactory.create(title="Bürgerfest 2019", series=series)
    ContactFactory.create(subject="Bürgersteig", note="Die Platten am Markt sind lose")


@pytest.mark.parametrize(("number", "said"), [(15, "15"), (16, "die ersten 15")])
def test_a_group_of_hits_says_whether_it_holds_all(number, said):
    for at in range(number):
        PersonFactory.create(given_name="Ada", family_name="Muster", street=f"Weg {at}")

    page = client_of().get("/search/", {"q": "ada muster"}, headers={"Accept-Language": "de"})

    assert len(page.context["groups"][0].hits) == 15
    assert f'<span class="cnt">{said}</span>' in page.content.decode()


@pytest.mark.usefixtures("_neighbourhood")
@pytest.mark.parametrize("text", ["bürger", "BÜRGER", "buerger"])
def test_everything_is_found_in_groups(text):
    titles_of = titles(text)
    assert titles_of["address-book"] == ["Bürgerverein Mühlenfeld"]
    assert titles_of["repeat"] == ["Bürgerfest"]
    assert titles_of["calendar-event"] == ["Bürgerfest 2019"]


@pytest.mark.usefixtures("_neighbourhood")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mühlenfeld bürger", {"address-book": ["Bürgerverein Mühlenfeld"]}),
        ("mühlnefeld", {"address-book": ["Bürgerverein Mühlenfeld"]}),
        ("stadteilfest", {"repeat": ["Bürgerfest"]}),
        ("platten markt", {"message-2": ["Bürgersteig"]}),
        ("xyzxyz", {}),
    ],
)
def test_order_slips_former_names_and_notes(text, expected):
    assert titles(text) == expected


@pytest.mark.parametrize("text", ["", "a", "  ", "\x00", "\x00\x00a", "--", "x" * 20_000, "%%", "_"])
def test_odd_questions_get_an_answer(text):
    ActorFactory.create(name="Verein")
    response = client_of().get("/search/", {"q": text})
    assert (response.status_code, response.context["groups"]) == (200, [])


def test_digits_find_who_is_calling_as_far_as_the_number_may_be_seen():
    club = PhoneNumberFactory.create(number="+49 5361 12345", actor=ActorFactory.create(name="Verein")).actor
    person = PhoneNumberFactory.create(number="+49 5361 12399", actor=PersonFactory.create()).actor
    assert titles("0536112") == {"address-book": [person.name, club.name]}
    assert titles("0536112", role="volunteer") == {"address-book": [club.name]}
    assert titles("0536112", role="reader") == {}


def test_a_volunteer_finds_only_contacts_that_were_logged_by_themselves():
    ContactFactory.create(subject="Räumung droht")
    assert titles("räumung") == {"message-2": ["Räumung droht"]}
    assert titles("räumung", role="volunteer") == {}


def test_a_reader_finds_no_persons_and_no_contacts():
    person = PersonFactory.create(given_name="Ada", family_name="Zeisig")
    ContactFactory.create(subject="Zeisig", actors=[person])
    ActorFactory.create(name="Zeisig-Chor")
    assert titles("zeisig", role="reader") == {"address-book": ["Zeisig-Chor"]}


def test_a_volunteer_sees_of_a_contact_only_actors_he_may_see():
    user = UserFactory.create(role="volunteer")
    contact = ContactFactory.create(
        subject="Gespräch", actors=[ActorFactory.create(name="Verein")], staff=user
    )
    [group] = find("gespräch", user=user, limit=5)
    assert group.hits[0].url == contact.get_absolute_url()
    assert group.hits[0].hint.endswith("Verein")


def test_enter_opens_the_first_hit():
    actor = ActorFactory.create(name="Verein Nord")
    assert client_of().get("/search/", {"q": "ver", "go": "1"})["Location"] == actor.get_absolute_url()


def test_enter_without_a_hit_says_so():
    response = client_of().get("/search/", {"q": "xyz", "go": "1"})
    assert (response.status_code, response.context["groups"]) == (200, [])


def test_suggestions_are_a_fragment_and_never_lead_away():
    ActorFactory.create(name="<script>alert(1)</script>")
    response = client_of().get("/search/", {"q": "script", "go": "1"}, **HTMX)
    assert response.templates[0].name == "search/suggestions.html"
    assert b"<script>" not in response.content


def test_suggestions_are_few_and_the_page_shows_more():
    for number in range(8):
        ActorFactory.create(name=f"Verein {number}")
    client = client_of()
    suggested = client.get("/search/", {"q": "verein"}, **HTMX).context["groups"][0].hits
    hits = client.get("/search/", {"q": "verein"}).context["groups"][0].hits
    assert (len(suggested), len(hits)) == (5, 8)


def test_suggestions_know_the_latest_contacts_only(monkeypatch):
    monkeypatch.setattr("crm.search.LATEST", 1)
    ContactFactory.create(subject="Laterne alt", date=dt.date(2019, 1, 1))
    ContactFactory.create(subject="Neues", date=dt.date(2020, 1, 1))
    assert titles("laterne", limit=5) == {}
    assert titles("laterne") == {"message-2": ["Laterne alt"]}
    assert LATEST > 1


def test_the_search_asks_as_much_for_many_hits_as_for_few():
    client = client_of()

    def queries():
        client.get("/search/", {"q": "verein"})
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/", {"q": "verein"})
        return len(captured)

    def add(number):
        for _ in range(number):
            FormerNameFactory.create(actor=ActorFactory.create(name="Verein"))
            EventFactory.create(title="Vereinstag", series=EventSeriesFactory.create())
            ContactFactory.create(subject="Verein")

    add(1)
    once = queries()
    add(6)
    assert queries() <= once


def test_nobody_searches_without_signing_in():
    assert "/accounts/login/" in Client().get("/search/", {"q": "ada"})["Location"]
